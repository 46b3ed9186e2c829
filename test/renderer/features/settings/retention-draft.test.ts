import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_DAYS, Retention } from '../../../../core/contract/storage.ts';
import { draftOf, isSame, isTighter, readRetention } from '../../../../renderer/features/settings/retention-draft.ts';

const NONE = { age: null, count: null, size: null };

describe('how much is kept, as it is typed', () => {
  it('is without a bound where nothing stands, and no bound where nonsense does', () => {
    expect(readRetention({ age: '', count: ' ', size: '' })).toEqual(NONE);
    expect(readRetention({ age: '0.5', count: '1000', size: '1.5' })).toEqual({
      age: 0.5,
      count: 1000,
      size: 1_500_000,
    });
    for (const age of ['0', '-1', 'x', String(MOST_DAYS + 1)]) {
      expect(readRetention({ age, count: '', size: '' })).toBeUndefined();
    }
    for (const count of ['1.5', '0', '1e99']) expect(readRetention({ age: '', count, size: '' })).toBeUndefined();
    expect(readRetention({ age: '', count: '', size: '0.0000001' })).toBeUndefined();
  });

  it('is one the core takes, and reads as what it was', () => {
    const bound = fc.option(fc.integer({ min: 1, max: MOST_DAYS }));
    fc.assert(
      fc.property(bound, bound, bound, (age, count, size) => {
        const retention = { age, count, size };
        const read = readRetention(draftOf(retention));
        expect(Retention.parse(read)).toEqual(retention);
        expect(read !== undefined && isSame(read, retention)).toBe(true);
      }),
    );
  });

  it('lets more go where any bound is nearer than before', () => {
    expect(isTighter({ ...NONE, age: 10 }, { ...NONE, age: 90 })).toBe(true);
    expect(isTighter({ ...NONE, age: 10 }, NONE)).toBe(true);
    expect(isTighter({ age: 100, count: 5, size: null }, { ...NONE, age: 90 })).toBe(true);
    expect(isTighter(NONE, { age: 90, count: 5, size: 7 })).toBe(false);
    expect(isTighter({ ...NONE, age: 90 }, { ...NONE, age: 90 })).toBe(false);
  });
});
