import type { Reproduction } from '../../../../core/contract/reproduction.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';

export interface ReproductionChipProps {
  readonly state: Reproduction['state'];
  readonly t: Texts<'logs'>;
}

/** Without hooks: cells of tables. */
export function ReproductionChip({ state, t }: ReproductionChipProps) {
  return <Chip tone={state === 'serving' ? 'accent' : 'plain'}>{t(`reproduction-${state}`)}</Chip>;
}
