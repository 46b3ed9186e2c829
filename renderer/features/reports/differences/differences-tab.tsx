import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { ChargeDifference } from '../../../../core/contract/reports.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { numberText } from '../amounts.ts';
import { chargeAddress } from '../charges/charge-address.ts';
import type { CountedTabProps } from '../counted/counted-tab.tsx';
import { FilterTools } from '../filter/filter-tools.tsx';
import { daysOf } from '../filter/period.ts';
import { useReportFilter, useReportTokens } from '../filter/use-report-filter.ts';
import styles from '../reports.module.css';
import { differenceColumns } from './difference-columns.tsx';
import { useDifferences, WHATS } from './use-differences.ts';

const NO_LINKS: never[] = [];
const NOTHING = {};
const ANY = '';

/** Where a session and its CDR do not say the same, or one of them is missing. */
export function DifferencesTab({ search, onSearch }: CountedTabProps) {
  const t = useTexts('reports');
  const language = useLanguage();
  const go = useNavigate();
  const links = useLinks().data ?? NO_LINKS;
  const production = useMemo(() => productionNames(links), [links]);
  const filter = useReportFilter(search.q ?? '');
  const tokens = useReportTokens(links, NOTHING);
  const what = WHATS.find(one => one === search.what);
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = useDifferences({
    ...daysOf(search, new Date()),
    ...(search.zone !== undefined && { zone: search.zone }),
    ...filter.conditions,
    ...(what !== undefined && { what }),
  });
  const [selected, setSelected] = useState<string>();
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const columns = useMemo(() => differenceColumns({ t, production, room }), [t, production, room]);
  const open = ({ session, cdr, link, party }: ChargeDifference) => {
    const charge =
      cdr !== null ? ({ kind: 'cdr', id: cdr } as const) : ({ kind: 'session', id: session ?? '' } as const);
    void go({ to: '/reports/charge', search: chargeAddress({ ...charge, link, party }) });
  };
  return (
    <div className={styles['tab']}>
      <FilterTools
        narrowing={search}
        tokens={tokens}
        words={filter.words}
        onChange={narrowing => onSearch({ ...search, ...narrowing })}
        before={
          <NativeSelect
            aria-label={t('whatDiffers')}
            title={t('whatDiffers')}
            value={what ?? ANY}
            onChange={event =>
              onSearch({ ...search, what: event.currentTarget.value === ANY ? undefined : event.currentTarget.value })
            }
            data={[{ value: ANY, label: t('whatAny') }, ...WHATS.map(value => ({ value, label: t(`what-${value}`) }))]}
          />
        }
        status={
          counted.data !== undefined && (
            <span className={styles['counts']} role="status">
              <span>
                {t('differencesCount', { count: counted.data.count, number: numberText(counted.data.count, language) })}
              </span>
              {counted.data.behind > 0 && (
                <span>
                  {t('behind', { count: counted.data.behind, number: numberText(counted.data.behind, language) })}
                </span>
              )}
            </span>
          )
        }
      />
      {failed !== undefined && (
        <div className={styles['failed']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      <div ref={frame} className={styles['frame']}>
        {counted.data === undefined ? (
          counted.error === null && <Loading text={t('comparing')} />
        ) : (
          <VirtualTable<ChargeDifference>
            label={t('tab-differences')}
            columns={columns}
            count={counted.data.count}
            page={page}
            pageKey={pageKey}
            resetKey={resetKey}
            rowKey={keyOf}
            {...(selected !== undefined && { selected })}
            onSelect={row => setSelected(keyOf(row))}
            onOpen={open}
            onFailure={onFailure}
            emptyState={<EmptyState title={t('noDifferences')} text={t('noDifferencesText')} />}
          />
        )}
      </div>
    </div>
  );
}

function keyOf({ what, link, party, session, cdr }: ChargeDifference): string {
  return [what, link ?? '', party, session ?? '', cdr ?? ''].join(' ');
}
