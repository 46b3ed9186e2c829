import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowUp } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import { useClient } from '../../../bridge/client.ts';
import { worstOf } from '../../../exchange/findings-chip.tsx';
import { isWhole } from '../../../exchange/statuses.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import type { Tone } from '../../../ui/chip.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { sameDay } from '../../../ui/time-format.ts';
import { trafficColumns } from './columns.tsx';
import type { LiveRows } from './live-rows.ts';
import styles from './traffic-table.module.css';
import { useLiveState } from './use-live-rows.ts';

export interface TrafficTableProps {
  readonly live: LiveRows;
  readonly following: boolean;
  readonly production: ReadonlySet<string>;
  readonly selected: readonly number[];
  readonly onSelected: (ids: readonly number[]) => void;
  /** A row was reached: by pointer, or by key. */
  readonly onReach: (row: ExchangeSummary, how: 'pointer' | 'key') => void;
  readonly onOpen: (row: ExchangeSummary) => void;
  readonly onTop: (atTop: boolean) => void;
  /** The newest are wanted, wherever the table stands. */
  readonly onFresh: () => void;
  readonly emptyState: ReactNode;
}

/** Where details stand beside the table, there is no room for paths. */
const WIDE = 860;

/** Rows of any number of exchanges, up to the newest one the table was taken at. */
export function TrafficTable(props: TrafficTableProps) {
  const { following, production, onTop } = props;
  const t = useTexts('traffic');
  const numbers = new Intl.NumberFormat(useLanguage());
  const client = useClient();
  const { ref, width } = useElementSize();
  const [jumps, setJumps] = useState(0);
  const [dated, setDated] = useState(false);
  const how = useRef<'pointer' | 'key'>('pointer');
  const room = width === 0 || width >= WIDE ? 'wide' : 'narrow';
  const columns = useMemo(() => trafficColumns({ t, production, dated, room }), [t, production, dated, room]);
  const { filter, conditions, newest, rows, version, count, fresh } = useLiveState(props.live);

  /** Once rows of another day show, there is room for days. */
  const seen = (found: readonly ExchangeSummary[]) => {
    const oldest = found.at(-1);
    if (!dated && oldest !== undefined && !sameDay(new Date(oldest.at), new Date())) setDated(true);
    return found;
  };
  const page = async (offset: number, limit: number, signal: AbortSignal) => {
    if (offset === 0 && following) return seen(rows);
    return seen((await client.exchanges.page({ ...conditions, newest, offset, limit }, { signal })).rows);
  };
  const top = () => {
    setJumps(jumps + 1);
    props.onFresh();
  };
  return (
    <div
      className={styles['table']}
      ref={ref}
      onPointerDownCapture={() => {
        how.current = 'pointer';
      }}
      onKeyDownCapture={() => {
        how.current = 'key';
      }}
    >
      <VirtualTable<ExchangeSummary>
        label={t('title')}
        columns={columns}
        count={filter === '' ? undefined : count}
        page={page}
        pageKey={`${filter} ${newest} ${version}`}
        resetKey={`${filter} ${jumps}`}
        rowKey={keyOf}
        rowTone={toneOf}
        multiSelect
        selected={props.selected}
        onSelection={keys => props.onSelected(keys.map(Number))}
        onSelect={row => props.onReach(row, how.current)}
        onOpen={props.onOpen}
        onTop={onTop}
        onFailure={error => props.live.fail(error)}
        emptyState={props.emptyState}
      />
      {fresh > 0 && !following && (
        <Button className={styles['fresh'] ?? ''} leftSection={<IconArrowUp size={13} />} onClick={top}>
          {t('fresh', { count: fresh, number: numbers.format(fresh) })}
        </Button>
      )}
    </div>
  );
}

function keyOf(row: ExchangeSummary): number {
  return row.id;
}

/** A line at the edge: something failed, or is not as it should be. */
function toneOf({ ended, httpStatus, ocpiStatus, findings }: ExchangeSummary): Tone | undefined {
  if (ended === 'open') return undefined;
  if (!isWhole(ended) && ended !== 'unknown') return 'bad';
  if ((httpStatus ?? 0) >= 400 || (ocpiStatus !== null && (ocpiStatus < 1000 || ocpiStatus > 1999))) return 'bad';
  const worst = worstOf(findings);
  return worst === 'error' ? 'bad' : worst === 'warning' ? 'warn' : undefined;
}
