import { useMemo } from 'react';
import type { CurvePoint } from '../../../../core/contract/transaction.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { numberText } from '../amounts.ts';
import styles from './curve.module.css';

export interface CurveTableProps {
  readonly curve: readonly CurvePoint[];
  readonly selected: number | undefined;
  readonly onOpen: (exchangeId: number) => void;
}

interface NumberedPoint {
  readonly at: number;
  readonly point: CurvePoint;
}

/** The same numbers that the lines are drawn of. */
export function CurveTable({ curve, selected, onOpen }: CurveTableProps) {
  const t = useTexts('transactions');
  const language = useLanguage();
  const rows = useMemo(() => curve.map((point, at): NumberedPoint => ({ at, point })), [curve]);
  const chosen = useMemo(
    () => rows.filter(({ point }) => point.exchangeId === selected).map(({ at }) => at),
    [rows, selected],
  );
  const columns = useMemo(
    (): readonly Column<NumberedPoint>[] => [
      {
        id: 'at',
        header: t('columnTime'),
        width: 190,
        cell: ({ point }) => (
          <Mono>
            <TimeText at={point.at} />
          </Mono>
        ),
      },
      {
        id: 'kwh',
        header: t('columnEnergy'),
        width: 90,
        align: 'end',
        cell: ({ point }) => point.kwh !== null && <Mono>{numberText(point.kwh, language, 2)}</Mono>,
      },
      {
        id: 'kw',
        header: t('columnPower'),
        width: 90,
        align: 'end',
        cell: ({ point }) => point.kw !== null && <Mono>{numberText(point.kw, language, 1)}</Mono>,
      },
      {
        id: 'source',
        header: t('columnSource'),
        cell: ({ point }) => <span className={styles['dim']}>{t(`source-${point.source}`)}</span>,
      },
      {
        id: 'exchange',
        header: t('columnExchange'),
        width: 90,
        align: 'end',
        cell: ({ point }) => <Mono>{point.exchangeId}</Mono>,
      },
    ],
    [t, language],
  );
  return (
    <VirtualTable<NumberedPoint>
      label={t('points')}
      columns={columns}
      count={rows.length}
      page={async (offset, limit) => rows.slice(offset, offset + limit)}
      pageKey={`${rows.length} ${curve.at(-1)?.at}`}
      rowKey={({ at }) => at}
      selected={chosen}
      onSelect={({ point }) => {
        if (selected !== undefined) onOpen(point.exchangeId);
      }}
      onOpen={({ point }) => onOpen(point.exchangeId)}
      emptyState={null}
    />
  );
}
