import type { LinkState } from '../../core/contract/link.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip, type Tone } from '../ui/chip.tsx';

const TONES: Readonly<Record<LinkState, Tone>> = {
  new: 'plain',
  invited: 'accent',
  registered: 'ok',
  adopted: 'accent',
  suspended: 'warn',
  unregistered: 'plain',
};

export function StateChip({ state }: { readonly state: LinkState }) {
  const t = useTexts('partners');
  return <Chip tone={TONES[state]}>{t(`state-${state}`)}</Chip>;
}
