import { useQueryClient } from '@tanstack/react-query';
import type { FaultRule } from '../../../../core/contract/fault.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import type { FaultDesk } from '../fault-desk.ts';
import { useConfirmed } from '../use-confirmed.ts';
import { movesOf, type Way } from './rule-order.ts';

/** What can be done with rules that are there. */
export interface RuleChanges {
  readonly arm: (rules: readonly FaultRule[], armed: boolean) => Promise<void>;
  /** One place up or down among all rules. */
  readonly move: (rules: readonly FaultRule[], way: Way) => Promise<void>;
  /** Whether they are gone: it is asked first. */
  readonly remove: (rules: readonly FaultRule[]) => Promise<boolean>;
  /** Hits are counted from 1 again. */
  readonly restart: (rules: readonly FaultRule[]) => Promise<void>;
}

export function useRuleChanges(desk: FaultDesk, all: readonly FaultRule[]): { changes: RuleChanges; doing: Doing } {
  const t = useTexts('faults');
  const queries = useQueryClient();
  const confirm = useConfirm();
  const confirmed = useConfirmed();
  const doing = useDoing();
  const { calls, queryKey } = desk;
  const change = async (act: () => Promise<unknown>) =>
    doing.run(async () => {
      const done = await act();
      await queries.invalidateQueries({ queryKey });
      return done;
    });
  const idsOf = (rules: readonly FaultRule[]) => rules.map(({ id }) => id);
  const changes: RuleChanges = {
    arm: async (rules, armed) => {
      await change(() => confirmed(yes => calls.arm({ ids: idsOf(rules), armed, ...(yes && { confirmed: true }) })));
    },
    move: async (rules, way) => {
      const moves = movesOf(idsOf(all), idsOf(rules), way);
      if (moves.length === 0) return;
      await change(() =>
        confirmed(async yes => {
          for (const { id, before } of moves) await calls.change({ id, before, ...(yes && { confirmed: true }) });
        }),
      );
    },
    remove: async rules => {
      const [only] = rules;
      const meant = await confirm({
        title:
          rules.length === 1 && only !== undefined
            ? t('removeTitle', { name: only.name })
            : t('removeSeveral', { count: rules.length }),
        text: t('removeText'),
        action: t('remove'),
        danger: true,
      });
      return meant && (await change(() => calls.remove({ ids: idsOf(rules) }))) !== undefined;
    },
    restart: async rules => {
      await change(() => calls.restart({ ids: idsOf(rules) }));
    },
  };
  return { changes, doing };
}
