import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance, type Lot } from '../../core/faults/chance.ts';

const LOT: Lot = { seed: '1', rule: 'envelope.data-null', link: 'volta', hit: 1, name: 'fires' };

describe('chance', () => {
  it('never changes: a seed written down years ago draws the same numbers', () => {
    const lots: readonly Partial<Lot>[] = [
      {},
      { hit: 2 },
      { seed: '2' },
      { link: '' },
      { name: 'ms' },
      { rule: 'Störung €' },
    ];
    expect(lots.map(lot => chance({ ...LOT, ...lot }))).toMatchInlineSnapshot(`
      [
        0.8226913784952131,
        0.8704914326571289,
        0.0753060040482132,
        0.6907741051851639,
        0.7819232663987239,
        0.8591140120472657,
      ]
    `);
  });

  it('is a number of 53 bits in [0, 1), the same for the same lot', () => {
    const text = fc.string({ unit: 'binary' });
    const lot = fc.record({ seed: text, rule: text, link: text, hit: fc.nat(), name: text });
    fc.assert(
      fc.property(lot, one => {
        const drawn = chance(one);
        expect(drawn).toBe(chance({ ...one }));
        expect(drawn >= 0 && drawn < 1 && Number.isInteger(drawn * 2 ** 53)).toBe(true);
      }),
    );
  });

  it('is spread evenly over hits, seeds and links, and hits next to each other do not hang together', () => {
    const series: readonly ((at: number) => Partial<Lot>)[] = [
      at => ({ hit: at }),
      at => ({ seed: String(at) }),
      at => ({ link: `link ${at}` }),
    ];
    for (const lotOf of series) {
      const drawn = Array.from({ length: 20_000 }, (_, at) => chance({ ...LOT, ...lotOf(at) }));
      expect(new Set(drawn).size).toBe(drawn.length);
      const buckets = new Array<number>(20).fill(0);
      for (const one of drawn) buckets[Math.floor(one * 20)] = (buckets[Math.floor(one * 20)] ?? 0) + 1;
      // Of 20,000 in 20 buckets 1,000 are due in each; five standard deviations are 154.
      for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(154);
      const rises = drawn.filter((one, at) => one > (drawn[at - 1] ?? 1)).length;
      expect(Math.abs(rises - 10_000)).toBeLessThan(300);
    }
  });

  it('tells seed, rule, link and name apart even where their texts run into each other', () => {
    const one = chance({ ...LOT, seed: 'ab', rule: 'c' });
    expect(one).not.toBe(chance({ ...LOT, seed: 'a', rule: 'bc' }));
    expect(one).not.toBe(chance({ ...LOT, seed: 'ab"', rule: 'c' }));
  });
});
