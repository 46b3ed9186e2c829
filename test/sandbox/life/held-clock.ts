import type { Clock } from '../../../core/clock.ts';

/** Time that moves only when it is told to; whatever is due meanwhile happens in its order. */
export interface HeldClock extends Clock {
  /** Moves on, event by event, and lets whatever follows from each happen. */
  pass(ms: number): Promise<void>;
}

export function heldClock(begin: number): HeldClock {
  let now = begin;
  let timers: { readonly due: number; readonly late: () => void }[] = [];
  const deadline: Clock['deadline'] = (ms, late) => {
    const timer = { due: now + Math.max(0, ms), late };
    timers.push(timer);
    return {
      cancel: () => {
        timers = timers.filter(other => other !== timer);
      },
    };
  };
  return {
    now: () => now,
    elapsed: () => now,
    sleep: ms => new Promise(resolve => deadline(ms, resolve)),
    deadline,
    pass: async ms => {
      const end = now + ms;
      await settled();
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).toSorted((left, right) => left.due - right.due)[0];
        if (next === undefined) break;
        timers = timers.filter(other => other !== next);
        now = Math.max(now, next.due);
        next.late();
        await settled();
      }
      now = end;
    },
  };
}

/** Promises that are due have been followed. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>(resolve => setImmediate(resolve));
}
