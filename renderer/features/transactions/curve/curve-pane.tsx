import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CurvePoint } from '../../../../core/contract/transaction.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import styles from './curve.module.css';
import { CurveTable } from './curve-table.tsx';

const CurveChart = lazy(async () => ({ default: (await import('./curve-chart.tsx')).CurveChart }));

export interface CurvePaneProps {
  readonly curve: readonly CurvePoint[];
  /** Absent: lines. */
  readonly as: 'table' | undefined;
  readonly onAs: (as: 'table' | undefined) => void;
  /** Whose details are open. */
  readonly selected: number | undefined;
  readonly onOpen: (exchangeId: number) => void;
}

/** Energy and power over time, as lines or as numbers; each point leads to the exchange that told it. */
export function CurvePane({ curve, as, onAs, selected, onOpen }: CurvePaneProps) {
  const t = useTexts('transactions');
  if (curve.length === 0) return <EmptyState title={t('curveNone')} text={t('curveNoneText')} />;
  return (
    <div className={styles['pane']}>
      <div className={styles['tools']}>
        <SegmentedControl
          aria-label={t('curveAs')}
          value={as ?? 'lines'}
          onChange={value => onAs(value === 'table' ? 'table' : undefined)}
          data={[
            { value: 'lines', label: t('asLines') },
            { value: 'table', label: t('asTable') },
          ]}
        />
      </div>
      {as === 'table' ? (
        <CurveTable curve={curve} selected={selected} onOpen={onOpen} />
      ) : (
        <Suspense fallback={<Loading text={t('curveReading')} />}>
          <CurveChart curve={curve} selected={selected} onOpen={onOpen} />
        </Suspense>
      )}
    </div>
  );
}
