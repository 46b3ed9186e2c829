import { useMemo } from 'react';
import type { FaultKindView, FaultRule } from '../../../../core/contract/fault.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { ruleColumns } from './rule-columns.tsx';

export interface RuleTableProps {
  readonly rules: readonly FaultRule[];
  readonly kinds: readonly FaultKindView[];
  readonly selected: readonly number[];
  readonly onSelected: (ids: readonly number[]) => void;
  readonly onOpen: (rule: FaultRule) => void;
  readonly onArm: (rule: FaultRule, armed: boolean) => void;
}

/** All rules are here already: the table asks for those it shows. */
export function RuleTable({ rules, kinds, selected, onSelected, onOpen, onArm }: RuleTableProps) {
  const t = useTexts('faults');
  const traffic = useTexts('traffic');
  const language = useLanguage();
  const places = useMemo(() => new Map(rules.map(({ id }, at) => [id, at + 1])), [rules]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onArm` does the same from render to render.
  const columns = useMemo(
    () =>
      ruleColumns({
        t,
        operation: operationWords(traffic),
        numbers: new Intl.NumberFormat(language),
        titles: new Map(kinds.map(({ kind, title }) => [kind, title])),
        place: id => places.get(id) ?? 0,
        onArm,
      }),
    [t, traffic, language, kinds, places],
  );
  const pageKey = useMemo(() => JSON.stringify(rules), [rules]);
  return (
    <VirtualTable<FaultRule>
      label={t('tab-rules')}
      columns={columns}
      count={rules.length}
      page={async (offset, limit) => rules.slice(offset, offset + limit)}
      pageKey={pageKey}
      rowKey={({ id }) => id}
      rowHeight={30}
      multiSelect
      selected={selected}
      onSelection={keys => onSelected(keys.map(Number))}
      onOpen={onOpen}
      emptyState={null}
    />
  );
}
