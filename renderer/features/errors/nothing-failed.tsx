import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type ErrorFilter, readMoment } from './filter.ts';
import { momentText } from './row-words.ts';
import { useRecorded } from './use-troubles.ts';

export interface NothingFailedProps {
  readonly filter: ErrorFilter;
  /** The bar holds something. */
  readonly filtered: boolean;
  readonly onAll: () => void;
  /** Absent where findings are shown. */
  readonly onFindings?: (() => void) | undefined;
}

/** Why the list is empty, and what it will be for. */
export function NothingFailed({ filter, filtered, onAll, onFindings }: NothingFailedProps) {
  const t = useTexts('errors');
  const numbers = new Intl.NumberFormat(useLanguage());
  const recorded = useRecorded();
  if (recorded === undefined) return null;
  if (recorded.count === 0) {
    return (
      <EmptyState
        title={t('nothingTitle')}
        text={t('nothingText')}
        actions={
          <Button component={Link} to="/start">
            {t('toStart')}
          </Button>
        }
      />
    );
  }
  if (filtered) {
    const since = filter.since === undefined ? undefined : readMoment(filter.since, Date.now());
    return (
      <EmptyState
        title={t('noneTitle')}
        text={since === undefined ? t('noneText') : t('noneSince', { since: momentText(since) })}
        actions={
          <Button variant="default" onClick={onAll}>
            {t('showEverything')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={
        <>
          <p>
            {t('emptyText', {
              count: recorded.count,
              number: numbers.format(recorded.count),
              since: recorded.since === undefined ? '' : momentText(Date.parse(recorded.since)),
            })}
          </p>
          <p>{t('emptyTeach')}</p>
        </>
      }
      actions={
        <>
          {onFindings !== undefined && <Button onClick={onFindings}>{t('showFindings')}</Button>}
          <Button variant="default" component={Link} to="/traffic">
            {t('toTraffic')}
          </Button>
        </>
      }
    />
  );
}
