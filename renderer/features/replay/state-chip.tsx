import type { ReplaySummary } from '../../../core/contract/replay.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';

export type ShownState = 'running' | 'paused' | 'same' | 'different' | 'failed' | 'cancelled' | 'interrupted';

/** In one word: a replay that came to its end is told by whether all was the same. */
export function shownState({ state, paused, steps, same }: ReplaySummary): ShownState {
  switch (state) {
    case 'running':
      return paused ? 'paused' : 'running';
    case 'done':
      return 'same';
    case 'failed':
      // It came to its end, and not all was the same; or it could not go on.
      return same < steps ? 'different' : 'failed';
    default:
      return state;
  }
}

const TONES: Readonly<Record<ShownState, Tone>> = {
  running: 'accent',
  paused: 'warn',
  same: 'ok',
  different: 'bad',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'warn',
};

export function StateChip({ replay }: { readonly replay: ReplaySummary }) {
  const t = useTexts('replay');
  const state = shownState(replay);
  return <Chip tone={TONES[state]}>{t(`state-${state}`)}</Chip>;
}
