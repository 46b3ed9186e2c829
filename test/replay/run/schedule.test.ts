import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createSchedule } from '../../../core/replay/run/schedule.ts';

/** Time that stands until it is moved. */
function still() {
  let now = 1000;
  const pass = (ms: number) => {
    now += ms;
  };
  return { clock: { ...systemClock, elapsed: () => now }, pass };
}

describe('the schedule of a replay', () => {
  it('keeps the gaps of the recording, divided by the speed, from its first step on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(0.5, 1, 10, 100),
        (moments, speed) => {
          const [from = 0, ...steps] = moments.toSorted((left, right) => left - right);
          const schedule = createSchedule(still().clock, { from, speed });
          for (const at of steps) expect(schedule.left({ at })).toBeCloseTo((at - from) / speed, 6);
        },
      ),
    );
  });

  it('moves what follows where the partner took longer than then, and not where it was faster', () => {
    const { clock, pass } = still();
    const schedule = createSchedule(clock, { from: 0, speed: 10 });
    pass(50);
    schedule.isOver({ at: 1000 });
    expect(schedule.left({ at: 2000 })).toBe(150);
    pass(250);
    schedule.isOver({ at: 2000 });
    expect(schedule.left({ at: 3000 })).toBe(100);
  });

  it('stands while it is paused, and begins anew at a step that is done by hand', () => {
    const { clock, pass } = still();
    const schedule = createSchedule(clock, { from: 0, speed: 1 });
    pass(500);
    schedule.stood(500);
    expect(schedule.left({ at: 1000 })).toBe(1000);
    schedule.isNow({ at: 1000 });
    expect(schedule.left({ at: 1000 })).toBe(0);
    expect(schedule.left({ at: 1300 })).toBe(300);
  });

  it('as fast as possible knows no pauses', () => {
    const schedule = createSchedule(still().clock, { from: 0, speed: 'fast' });
    expect(schedule.left({ at: 3_600_000 })).toBe(0);
  });
});
