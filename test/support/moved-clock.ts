import { type Clock, systemClock } from '../../core/clock.ts';

/** Real time, with a date that can be moved on. */
export interface MovedClock extends Clock {
  pass(ms: number): void;
}

export function movedClock(): MovedClock {
  let moved = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + moved,
    pass(ms) {
      moved += ms;
    },
  };
}
