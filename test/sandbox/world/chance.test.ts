import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chance, hashText, hashWords } from '../../../core/sandbox/world/chance.ts';

describe('the hashes behind all chance', () => {
  it('agree with the published values of MurmurHash3', () => {
    expect(hashWords(0, [])).toBe(0);
    expect(hashWords(1, [])).toBe(0x514e28b7);
    expect(hashWords(0xffffffff, [])).toBe(0x81f16f39);
    expect(hashWords(0, [0xffffffff])).toBe(0x76293b50);
    expect(hashWords(0, [0x87654321])).toBe(0xf55b516b);
    expect(hashWords(0x5082edee, [0x87654321])).toBe(0x2362f9de);
    // 'abcd' as one word
    expect(hashWords(0x9747b28c, [0x64636261])).toBe(0xf0478627);
  });

  it('agree with the published values of FNV-1a', () => {
    expect([hashText(''), hashText('a'), hashText('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });
});

describe('a draw', () => {
  it('never changes: these are the values of the first day', () => {
    const chance = Chance.from('seed');
    expect(chance.bits('a')).toBe(FIRST_DAY.bits);
    expect(chance.fraction('a')).toBe(FIRST_DAY.fraction);
    expect(chance.at('site', 734_112).fraction('a')).toBe(FIRST_DAY.deeper);
    expect(chance.at('site', 734_112).integer('b', 1, 1_000_000)).toBe(FIRST_DAY.integer);
  });

  it('depends on seed, label and index, and on nothing drawn before', () => {
    const draws = new Set<number>();
    for (const seed of ['a', 'b', '']) {
      for (const label of ['x', 'y', 'xy']) {
        for (const index of [0, 1, 2, 0x7fffffff]) draws.add(Chance.from(seed).at(label, index).fraction('draw'));
      }
    }
    expect(draws.size).toBe(36);
    const chance = Chance.from('a');
    const before = chance.fraction('x');
    chance.fraction('y');
    expect(chance.fraction('x')).toBe(before);
  });

  it('of an integer lies within its bounds and reaches both', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1_000, max: 1_000 }), fc.nat(50), (seed, least, span) => {
        const drawn = Chance.from(seed).integer('draw', least, least + span);
        return Number.isInteger(drawn) && drawn >= least && drawn <= least + span;
      }),
    );
    const chance = Chance.from('bounds');
    const drawn = new Set(Array.from({ length: 200 }, (_, at) => chance.at('one', at).integer('draw', 3, 5)));
    expect([...drawn].sort()).toEqual([3, 4, 5]);
  });

  it('spreads evenly: a chi-square of a hundred bins over 100,000 draws stays below the limit of one in a thousand', () => {
    const chance = Chance.from('even');
    const bins = new Array<number>(100).fill(0);
    for (let at = 0; at < 100_000; at++) {
      const bin = chance.at('one', at).integer('draw', 0, 99);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const square = bins.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    expect(square).toBeLessThan(149);
  });

  it('by weights gives each item its share, and one without weight never', () => {
    const chance = Chance.from('weights');
    const counts = { often: 0, seldom: 0, never: 0 };
    for (let at = 0; at < 10_000; at++) {
      counts[
        chance.at('one', at).weighted('w', [['often', 90] as const, ['never', 0] as const, ['seldom', 10] as const])
      ]++;
    }
    expect(counts.never).toBe(0);
    expect(counts.seldom).toBeGreaterThan(900);
    expect(counts.seldom).toBeLessThan(1_100);
  });

  it('from an empty list is a mistake', () => {
    expect(() => Chance.from('a').pick('x', [])).toThrow(RangeError);
  });
});

const FIRST_DAY = {
  bits: 3_830_601_597,
  fraction: 0.8918814307602109,
  deeper: 0.03353952610244282,
  integer: 191_662,
};
