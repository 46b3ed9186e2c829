import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SetSchedule } from '../../../../core/contract/pulls.ts';
import { EVERY_UNITS, everyOf, readEvery, readJitter } from '../../../../renderer/features/health/schedules/every.ts';

describe('how often something is pulled', () => {
  it('is told in the largest unit that tells it exactly', () => {
    expect(everyOf(900_000)).toEqual({ count: 15, unit: 'minutes' });
    expect(everyOf(5_400_000)).toEqual({ count: 90, unit: 'minutes' });
    expect(everyOf(86_400_000)).toEqual({ count: 1, unit: 'days' });
    expect(everyOf(1500)).toEqual({ count: 1.5, unit: 'seconds' });
  });

  it('reads back as it was told, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 31 * 86_400_000 }), ms => {
        const { count, unit } = everyOf(ms);
        expect(readEvery(String(count), unit)).toBe(ms);
      }),
    );
  });

  it('says what is wrong with what was typed', () => {
    expect(readEvery(' 1,5 ', 'hours')).toBe(5_400_000);
    expect(readEvery('', 'hours')).toBe('everyMissing');
    expect(readEvery('soon', 'hours')).toBe('everyNumber');
    expect(readEvery('-5', 'minutes')).toBe('everyNumber');
    expect(readEvery('0', 'days')).toBe('everyShort');
    expect(readEvery('0.5', 'seconds')).toBe('everyShort');
    expect(readEvery('32', 'days')).toBe('everyLong');
  });

  it('whatever is typed, what is sent is what the contract takes', () => {
    const typed = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
    fc.assert(
      fc.property(typed, typed, fc.constantFrom(...EVERY_UNITS), (count, share, unit) => {
        const [every, jitter] = [readEvery(count, unit), readJitter(share)];
        if (typeof every !== 'number' || typeof jitter !== 'number') return;
        expect(SetSchedule.safeParse({ name: 'volta', module: 'cdrs', every, jitter }).success).toBe(true);
      }),
    );
  });

  it('is shifted by a share from none to half', () => {
    expect(readJitter('10')).toBe(0.1);
    expect(readJitter('12,5')).toBe(0.125);
    expect(readJitter('0')).toBe(0);
    for (const wrong of ['51', '', 'a little', '-1']) expect(readJitter(wrong)).toBe('jitterRange');
  });
});
