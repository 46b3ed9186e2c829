import { useRef } from 'react';
import type { Run } from '../../../../core/contract/run.ts';

export interface Due {
  readonly from: number;
  readonly until: number;
}

/** Until when a run waits, by what it told when it began to; undefined while it does not say. */
export function useDueAt({ progress, startedAt }: Run): Due | undefined {
  const seen = useRef<{ readonly due: Due; readonly seconds: number } | 'before'>(undefined);
  const seconds = progress?.secondsLeft;
  if (seconds === undefined) {
    seen.current ??= 'before';
    return undefined;
  }
  if (typeof seen.current !== 'object' || seen.current.seconds !== seconds) {
    // Who comes later does not know when the waiting began, but when the run did, which is nearly the same.
    const from = seen.current === undefined ? startedAt : Date.now();
    seen.current = { due: { from, until: from + seconds * 1000 }, seconds };
  }
  return seen.current.due;
}
