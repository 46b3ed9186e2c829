import type { ReplayVerdict } from '../../../core/contract/replay.ts';
import type { Texts } from '../../texts/use-texts.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';

const TONES: Readonly<Record<ReplayVerdict, Tone>> = {
  waiting: 'plain',
  running: 'accent',
  same: 'ok',
  different: 'bad',
  missing: 'bad',
  failed: 'bad',
  skipped: 'plain',
};

/** Without hooks: cells of tables call it. */
export function VerdictChip({ verdict, t }: { readonly verdict: ReplayVerdict; readonly t: Texts<'replay'> }) {
  return <Chip tone={TONES[verdict]}>{t(`verdict-${verdict}`)}</Chip>;
}
