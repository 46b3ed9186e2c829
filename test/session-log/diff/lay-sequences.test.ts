import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laySequences } from '../../../core/session-log/diff/lay-sequences.ts';

describe('two sequences laid beside each other', () => {
  it('keep what they share together, whatever one of them has more', () => {
    expect(laySequences([1, 2, 3, 4], [1, 9, 2, 3, 4])).toEqual([0, 2, 3, 4]);
    expect(laySequences([1, 9, 2, 3], [1, 2, 3])).toEqual([0, -1, 1, 2]);
    expect(laySequences([], [1])).toEqual([]);
    expect(laySequences([1], [])).toEqual([-1]);
  });

  it('share as many as they can, in the order of both', () => {
    const sequence = fc.array(fc.nat(4), { maxLength: 30 });
    fc.assert(
      fc.property(sequence, sequence, (a, b) => {
        const laid = laySequences(a, b);
        const pairs = laid.flatMap((at, index) => (at < 0 ? [] : [[a[index], b[at]]]));
        expect(pairs.every(([one, other]) => one === other)).toBe(true);
        const places = laid.filter(at => at >= 0);
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
        expect(places).toHaveLength(longestCommon(a, b));
      }),
    );
  });

  it('are laid in time that grows with their length only, and lose little where much is missing', () => {
    const a = Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 1000);
    const b = a.filter((_, at) => at % 97 !== 0);
    const laid = laySequences(a, b).filter(at => at >= 0);
    expect(laid.length).toBeGreaterThan(b.length * 0.99);
  });
});

function longestCommon(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    b.forEach((other, at) => {
      next.push(one === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
