import { Button } from '@mantine/core';
import type { ReportSource } from '../../../../core/contract/reports.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { FirstChargeButton, FirstChargeProgress } from '../../../first-charge/first-charge.tsx';
import { useFirstCharge } from '../../../first-charge/use-first-charge.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { numberText } from '../amounts.ts';
import styles from '../reports.module.css';
import type { ReportsSearch } from '../search.ts';
import { LeftOut } from './left-out.tsx';
import { useReport } from './use-report.ts';

export interface NothingCountedProps {
  readonly source: ReportSource;
  readonly search: ReportsSearch;
  /** The way out of whatever narrows. */
  readonly onAll: () => void;
  readonly onSource: (source: ReportSource) => void;
}

/** Nothing to count: because of what narrows, because it is known from elsewhere, or because there is nothing yet. */
export function NothingCounted({ source, search, onAll, onSource }: NothingCountedProps) {
  const t = useTexts('reports');
  const language = useLanguage();
  const other = source === 'cdrs' ? 'sessions' : 'cdrs';
  const all = useReport({ source, by: 'month' });
  const others = useReport({ source: other, by: 'month' });
  const failed = all.error ?? others.error;
  if (failed !== null) {
    return (
      <div className={styles['failed']}>
        <FailureNote
          failure={failureOf(failed)}
          onRetry={() => {
            void all.refetch();
            void others.refetch();
          }}
        />
      </div>
    );
  }
  if (all.data === undefined || others.data === undefined) return <Loading text={t('loading')} />;
  const { charges } = all.data.total;
  if (charges > 0) {
    return (
      <EmptyState
        title={t('nothingFits')}
        text={t('nothingFitsText', {
          count: charges,
          number: numberText(charges, language),
          first: all.data.first ?? '',
          last: all.data.last ?? '',
        })}
        actions={<Button onClick={onAll}>{t('showAll')}</Button>}
      />
    );
  }
  if (others.data.total.charges > 0) {
    return (
      <EmptyState
        title={t(`none-${source}`)}
        text={t(`noneText-${source}`)}
        actions={<Button onClick={() => onSource(other)}>{t(`show-${other}`)}</Button>}
      />
    );
  }
  return <NothingYet imported={all.data.leftOut} search={search} />;
}

/** What the area is for, and the one click that fills it. */
function NothingYet({ imported, search }: { readonly imported: readonly string[]; readonly search: ReportsSearch }) {
  const t = useTexts('reports');
  const charge = useFirstCharge();
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={
        <>
          <p>{t('emptyText')}</p>
          <p>{t('emptyTeach')}</p>
          <p>{t('emptyPull')}</p>
          {imported.length > 0 && (
            <p>
              <LeftOut names={imported} search={search} />
            </p>
          )}
          <FirstChargeProgress {...charge} />
        </>
      }
      actions={<FirstChargeButton {...charge} />}
    />
  );
}
