import type { Version } from '../../ocpi/versions.ts';
import { marksOf, requestMarks, targetOf } from '../rebase/message-marks.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';

/** The partner may be this many times slower than it was. */
const PATIENCE = 3;
const SLACK_MS = 10_000;
const SECOND_MS = 1000;

/**
 * How long each of the partner's messages is waited for: three times as long as it took then, and some more; a result at
 * least as long as the answer to its command said it may take.
 */
export function withWaits(steps: readonly RequestStep[], version: Version): RequestStep[] {
  /** When a result was asked for, and how long it may take, by the response_url. */
  const asked = new Map<string, { readonly at: number; readonly timeoutMs: number }>();
  let before = 0;
  return steps.map(step => {
    const { spoken, at, by, also = [] } = step;
    for (const { kind, value } of requestMarks(marksOf(spoken, version))) {
      if (kind === 'response_url') asked.set(targetOf(value), { at, timeoutMs: timeoutIn(spoken) });
    }
    const since = at - before;
    before = at;
    if (by === 'us') return step;
    const command = asked.get(targetOf(spoken.url));
    const last = also.at(-1);
    const delay = command === undefined ? since : at - command.at;
    const lasts = last === undefined ? 0 : last.startedAt - spoken.startedAt;
    const withinMs = Math.max((delay + lasts) * PATIENCE + SLACK_MS, command?.timeoutMs ?? 0);
    return { ...step, withinMs };
  });
}

/** Of the answer to a command, in seconds there. */
function timeoutIn({ answer }: SpokenExchange): number {
  const seconds = answer?.text === undefined ? undefined : /"timeout"\s*:\s*(\d{1,6})\b/.exec(answer.text)?.[1];
  return Number(seconds ?? 0) * SECOND_MS;
}
