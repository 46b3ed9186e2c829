import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TransactionSummary } from '../../../../core/contract/transaction.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { sameDay } from '../../../ui/time-format.ts';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { View } from '../../../ui/view.tsx';
import type { TransactionsSearch } from '../search.ts';
import { transactionColumns } from './columns.tsx';
import { ExportLink } from './export-link.tsx';
import { leaveList } from './last-list.ts';
import styles from './list.module.css';
import { NothingFits, NothingYet } from './nothing-yet.tsx';
import { useTransactionFilter } from './use-transaction-filter.ts';
import { useTransactions } from './use-transactions.ts';

const NO_LINKS: never[] = [];

/** Every charge there is, newest first, narrowed by the bar above. */
export function TransactionsPage({ search }: { readonly search: TransactionsSearch }) {
  const t = useTexts('transactions');
  const language = useLanguage();
  const go = useNavigate();
  const { q = '' } = search;
  const links = useLinks().data ?? NO_LINKS;
  const production = useMemo(() => productionNames(links), [links]);
  const { filter, kinds } = useTransactionFilter(q, links);
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = useTransactions(filter);
  const [selected, setSelected] = useState<number>();
  const [dated, setDated] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  useEffect(() => leaveList(search), [search]);
  const columns = useMemo(
    () => transactionColumns({ t, language, production, dated, room }),
    [t, language, production, dated, room],
  );
  const narrow = (text: string) =>
    void go({ to: '/transactions', search: { q: text === '' ? undefined : text }, replace: true });
  const seen = async (offset: number, limit: number, signal: AbortSignal) => {
    const rows = await page(offset, limit, signal);
    const oldest = rows.at(-1);
    // Once rows of another day show, there is room for days.
    if (!dated && oldest !== undefined && !sameDay(new Date(oldest.startedAt), new Date())) setDated(true);
    return rows;
  };
  return (
    <View title={t('title')}>
      <Toolbar label={t('tools')}>
        <div className={styles['filter']}>
          <FilterBar value={q} tokens={kinds} placeholder={t('filterPlaceholder')} onChange={narrow} />
        </div>
        <Counts count={counted.data?.count} behind={counted.data?.behind ?? 0} />
        <ExportLink q={q} kinds={kinds} />
      </Toolbar>
      {failed !== undefined && (
        <div className={styles['failed']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      <div ref={frame} className={styles['frame']}>
        {counted.data === undefined ? (
          counted.error === null && <Loading text={t('loading')} />
        ) : (
          <VirtualTable<TransactionSummary>
            label={t('title')}
            columns={columns}
            count={counted.data.count}
            page={seen}
            pageKey={pageKey}
            resetKey={resetKey}
            rowKey={({ id }) => id}
            rowTone={({ problem }) => (problem === 'error' ? 'bad' : problem === 'warning' ? 'warn' : undefined)}
            {...(selected !== undefined && { selected })}
            onSelect={({ id }) => setSelected(id)}
            onOpen={({ id }) => void go({ to: '/transactions/$id', params: { id: String(id) } })}
            onFailure={onFailure}
            emptyState={q === '' ? <NothingYet /> : <NothingFits onClear={() => narrow('')} />}
          />
        )}
      </div>
    </View>
  );
}

/** How many fit, and how much is not known yet. */
function Counts({ count, behind }: { readonly count: number | undefined; readonly behind: number }) {
  const t = useTexts('transactions');
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <span className={styles['counts']} role="status">
      {count !== undefined && count > 0 && <span>{t('counted', { count, number: numbers.format(count) })}</span>}
      {behind > 0 && <span>{t('behind', { count: behind, number: numbers.format(behind) })}</span>}
    </span>
  );
}
