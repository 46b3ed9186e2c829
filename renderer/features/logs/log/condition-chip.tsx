import type { LogCondition } from '../../../../core/contract/session-log.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';

/** Without hooks: cells of tables. How whole a file is. */
export function ConditionChip({ condition, t }: { readonly condition: LogCondition; readonly t: Texts<'logs'> }) {
  return (
    <Chip tone={condition === 'whole' ? 'ok' : 'warn'} title={t(`condition-${condition}-hint`)}>
      {t(`condition-${condition}`)}
    </Chip>
  );
}
