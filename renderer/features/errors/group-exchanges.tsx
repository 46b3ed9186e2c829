import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ExchangeSummary } from '../../../core/contract/exchange.ts';
import { failureOf } from '../../bridge/failure.ts';
import { HttpChip, OcpiChip } from '../../exchange/statuses.tsx';
import { LinkName } from '../../links/link-name.tsx';
import { type Texts, useLanguage, useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { Column } from '../../ui/table/table-row.tsx';
import { VirtualTable } from '../../ui/table/virtual-table.tsx';
import { sameDay } from '../../ui/time-format.ts';
import { TimeText } from '../../ui/time-text.tsx';
import { type Chosen, trafficFilter } from './chosen.ts';
import type { AskedFilter } from './filter.ts';
import styles from './group-details.module.css';
import { useGroupExchanges } from './use-troubles.ts';

export interface GroupExchangesProps {
  readonly chosen: Chosen;
  readonly filter: AskedFilter;
  readonly production: ReadonlySet<string>;
}

/** Rows shown at a time; the others are scrolled to. */
const SHOWN = 8;
const ROW = 28;
const HEAD = 28;
const LEAST_EMPTY = 120;

/** The exchanges of a group, newest first, and the way to them in Traffic. */
export function GroupExchanges({ chosen, filter, production }: GroupExchangesProps) {
  const t = useTexts('errors');
  const traffic = useTexts('traffic');
  const numbers = new Intl.NumberFormat(useLanguage());
  const go = useNavigate();
  const { counted, page, pageKey, resetKey } = useGroupExchanges(chosen, filter);
  const count = counted.data?.count;
  const q = trafficFilter(chosen, filter);
  const ofMany = chosen.link === undefined;
  const dated = !sameDay(new Date(chosen.first), new Date());
  const columns = useMemo(
    () => exchangeColumns({ t, traffic, production, ofMany, dated, q }),
    [t, traffic, production, ofMany, dated, q],
  );
  const shown = count ?? chosen.times ?? 0;
  const height = count === 0 ? LEAST_EMPTY : Math.min(shown, SHOWN) * ROW + HEAD;
  return (
    <Panel
      title={t('exchanges')}
      actions={
        <>
          <Link to="/traffic" search={{ q }}>
            {t('showAll', { count: shown, number: numbers.format(shown) })}
          </Link>{' '}
          <Link to="/logs/export" search={{ q }}>
            {traffic('export')}
          </Link>
        </>
      }
    >
      {counted.error !== null && (
        <FailureNote failure={failureOf(counted.error)} onRetry={() => void counted.refetch()} />
      )}
      {counted.error === null && (
        <div className={styles['exchanges']} style={{ height }}>
          <VirtualTable<ExchangeSummary>
            label={t('exchanges')}
            columns={columns}
            count={count}
            page={page}
            pageKey={pageKey}
            resetKey={resetKey}
            rowKey={({ id }) => id}
            onOpen={({ id }) => void go({ to: '/traffic', search: { q, exchange: id, tab: 'explanation' } })}
            emptyState={<EmptyState title={t('exchangesNone')} text={t('exchangesNoneText')} />}
          />
        </div>
      )}
    </Panel>
  );
}

interface ColumnsOptions {
  readonly t: Texts<'errors'>;
  readonly traffic: Texts<'traffic'>;
  readonly production: ReadonlySet<string>;
  /** Of more than one link. */
  readonly ofMany: boolean;
  readonly dated: boolean;
  /** The traffic's filter that shows them. */
  readonly q: string;
}

function exchangeColumns(options: ColumnsOptions): readonly Column<ExchangeSummary>[] {
  const { t, traffic, production, ofMany, dated, q } = options;
  const words = { unknown: t('noLink'), production: t('production') };
  const link: Column<ExchangeSummary> = {
    id: 'link',
    header: t('columnWhose'),
    width: 96,
    cell: row => <LinkName link={row.link} production={row.link !== null && production.has(row.link)} words={words} />,
  };
  return [
    {
      id: 'number',
      header: t('columnNumber'),
      width: 82,
      cell: ({ id }) => (
        // The list has the keys: Enter opens the same.
        <Link to="/traffic" search={{ q, exchange: id, tab: 'explanation' }} tabIndex={-1}>
          {id}
        </Link>
      ),
    },
    {
      id: 'when',
      header: t('columnWhen'),
      width: dated ? 186 : 104,
      cell: ({ at }) => (
        <span className={styles['time']}>
          <TimeText at={at} />
        </span>
      ),
    },
    ...(ofMany ? [link] : []),
    {
      id: 'call',
      header: t('columnCall'),
      cell: ({ method, url }) => (
        <span className={styles['call']} title={url}>
          <strong>{method}</strong> {pathOf(url)}
        </span>
      ),
    },
    { id: 'http', header: t('columnHttp'), width: 72, cell: row => <HttpChip of={row} t={traffic} /> },
    { id: 'ocpi', header: t('columnOcpi'), width: 56, cell: row => <OcpiChip status={row.ocpiStatus} /> },
  ];
}

/** Host and scheme are the same in all of them as a rule. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/, '') || '/';
}
