import type { Draft, WireStep } from '../draft.ts';
import type { FaultKind } from '../kind.ts';

export const BOTH_DIRECTIONS: FaultKind['directions'] = ['answer', 'send'];

/** `answer` or `request`: what is about to cross. */
export function crossing({ message }: Draft): 'answer' | 'request' {
  return message.side === 'answer' ? 'answer' : 'request';
}

/** Why a message cannot be broken off once more; undefined where it still ends as HTTP has it. */
export function brokenOff(draft: Draft): string | undefined {
  return draft.steps.at(-1)?.do === 'end' ? undefined : `an earlier rule breaks the ${crossing(draft)} off already`;
}

export type Place = 'nothing' | 'head' | 'body';

/** The steps until as much has left: only the waits before the head; the head; all of the body. */
export function stepsUntil(steps: readonly WireStep[], place: Place): WireStep[] {
  if (place === 'body') return steps.filter(step => step.do !== 'end');
  const head = steps.findIndex(step => step.do === 'head');
  const end = head < 0 ? steps.length : head;
  const before = steps.slice(0, end).filter(step => step.do === 'wait' || step.do === 'raw');
  return place === 'head' && head >= 0 ? [...before, { do: 'head' }] : before;
}

/** The steps until so many bytes of a body of `length` have left. */
export function stepsUntilByte(steps: readonly WireStep[], at: number, length: number): WireStep[] {
  const kept: WireStep[] = [];
  let left = at;
  for (const step of steps) {
    if (step.do === 'end') break;
    if (step.do !== 'body') {
      kept.push(step);
      continue;
    }
    const to = Math.min(step.to ?? length, length);
    const size = Math.min(to - step.from, left);
    kept.push({ ...step, to: step.from + size });
    left -= size;
    if (left === 0) break;
  }
  return kept;
}

/** The draft with other steps. */
export function withSteps(draft: Draft, steps: readonly WireStep[]): Draft {
  return { ...draft, steps };
}
