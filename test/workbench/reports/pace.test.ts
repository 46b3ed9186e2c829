import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { createPace } from '../../../core/workbench/reports/pace.ts';

/** A pace on a clock that stands still, and milliseconds that a pause after so much work held up its thread. */
function paced(rest: number, worked: number): number {
  let at = 0;
  const pace = createPace({ elapsed: () => at });
  pace.begin(rest);
  at += worked;
  const began = systemClock.elapsed();
  pace.pause();
  return systemClock.elapsed() - began;
}

describe('a thread that reads while partners are answered', () => {
  it('rests times as long as it worked, and works again for a while before it rests anew', () => {
    expect(paced(3, 10)).toBeGreaterThanOrEqual(29);
    // Of a moment of work it would rest for seconds, of a whole day of it for days.
    expect(paced(1000, 3)).toBeLessThan(2500);
    expect(paced(0, 86_400_000)).toBeLessThan(2500);
  });
});
