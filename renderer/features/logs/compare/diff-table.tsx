import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import type { DiffPair, LogDiff } from '../../../../core/contract/log-diff.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import type { CompareSearch } from '../search.ts';
import compare from './compare.module.css';
import { isMissing, pairColumns } from './pair-columns.tsx';
import { PairDetails } from './pair-details.tsx';

export interface DiffTableProps {
  readonly diff: LogDiff;
  readonly search: CompareSearch;
  readonly to: (change: Partial<CompareSearch>, replace?: boolean) => void;
}

type Which = 'all' | 'different' | 'missing';

/** How much is the same, and every pair that is not; one of them beside the table. */
export function DiffTable({ diff, search, to }: DiffTableProps) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const columns = useMemo(() => pairColumns(t), [t]);
  const which: Which = search.only ?? 'all';
  const pairs = useMemo(
    () => diff.pairs.filter(pair => which === 'all' || isMissing(pair) === (which === 'missing')),
    [diff, which],
  );
  const chosen = diff.pairs.find(({ no }) => no === search.pair);
  const listed = diff.different + diff.onlyA + diff.onlyB;
  const table = (
    <div className={compare['column']}>
      <div className={compare['counts']} role="status">
        <Chip tone="ok">{t('diff-same', { count: diff.same, number: numbers.format(diff.same) })}</Chip>
        <Chip tone={diff.different > 0 ? 'bad' : 'plain'}>
          {t('diff-different', { count: diff.different, number: numbers.format(diff.different) })}
        </Chip>
        <Chip tone={diff.onlyA > 0 ? 'warn' : 'plain'}>
          {t('diff-onlyA', { count: diff.onlyA, number: numbers.format(diff.onlyA) })}
        </Chip>
        <Chip tone={diff.onlyB > 0 ? 'warn' : 'plain'}>
          {t('diff-onlyB', { count: diff.onlyB, number: numbers.format(diff.onlyB) })}
        </Chip>
        <span className={compare['view']}>{t(`view-${diff.view}`)}</span>
        <SegmentedControl<Which>
          aria-label={t('which')}
          value={which}
          onChange={next => to({ only: next === 'all' ? undefined : next, pair: undefined })}
          data={[
            { value: 'all', label: t('which-all') },
            { value: 'different', label: t('which-different') },
            { value: 'missing', label: t('which-missing') },
          ]}
        />
        {diff.pairs.length < listed && (
          <span className={compare['cut']}>{t('onlyFirst', { number: numbers.format(diff.pairs.length) })}</span>
        )}
      </div>
      <div className={compare['table']}>
        <VirtualTable<DiffPair>
          label={t('pairs')}
          columns={columns}
          count={pairs.length}
          page={async (offset, limit) => pairs.slice(offset, offset + limit)}
          pageKey={`${which} ${pairs.length}`}
          resetKey={which}
          rowKey={({ no }) => no}
          {...(chosen !== undefined && { selected: chosen.no })}
          onSelect={({ no }) => to({ pair: no }, search.pair !== undefined)}
          emptyState={
            <EmptyState
              title={t(listed === 0 ? 'allSame' : 'noneOfThese')}
              text={t(listed === 0 ? 'allSameText' : 'noneOfTheseText')}
            />
          }
        />
      </div>
    </div>
  );
  return (
    <SplitPane
      left={table}
      right={chosen === undefined ? null : <PairDetails key={chosen.no} pair={chosen} diff={diff} />}
      storageKey="log-diff"
      initial={520}
      onClose={() => to({ pair: undefined })}
      label={t('pairDetails')}
    />
  );
}
