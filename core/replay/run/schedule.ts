import type { Clock } from '../../clock.ts';

/** When the steps are due: at the recording's own gaps, divided by the speed. */
export interface Schedule {
  /** Milliseconds until a step is due; 0 where it is. */
  left(step: { readonly at: number }): number;
  /** Whatever the plan says, this one is due now, and those after it keep their distance to it. */
  isNow(step: { readonly at: number }): void;
  /** What came of this one came now. Where that is later than it should have been, those after it keep their distance. */
  isOver(step: { readonly at: number }): void;
  /** Nothing went on for so long. */
  stood(ms: number): void;
  /** Recorded milliseconds as they are here; as they were where there are no pauses at all. */
  scaled(ms: number): number;
}

/** It begins now, with the step that is at `from`. */
export function createSchedule(clock: Clock, of: { readonly from: number; readonly speed: number | 'fast' }): Schedule {
  const { from, speed } = of;
  let begin = clock.elapsed();
  if (speed === 'fast') {
    return { left: () => 0, isNow: () => {}, isOver: () => {}, stood: () => {}, scaled: ms => ms };
  }
  const distance = (at: number) => Math.max(0, at - from) / speed;
  return {
    left: ({ at }) => Math.max(0, begin + distance(at) - clock.elapsed()),
    isNow({ at }) {
      begin = clock.elapsed() - distance(at);
    },
    isOver({ at }) {
      begin = Math.max(begin, clock.elapsed() - distance(at));
    },
    stood(ms) {
      begin += ms;
    },
    scaled: ms => ms / speed,
  };
}
