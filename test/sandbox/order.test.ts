import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrder } from '../../core/sandbox/order.ts';

const COUNT = 40;
/** Objects are as old as their index; changes come after all of them. */
const FIRST_CHANGE = 1_000;

interface Naive {
  readonly index: number;
  readonly at: number;
}

/** The same order told the long way: a list that is sorted anew. */
function naiveOrder(changes: readonly (readonly [index: number, pause: number])[]): Naive[] {
  const objects = Array.from({ length: COUNT }, (_, index): Naive => ({ index, at: index }));
  let at = FIRST_CHANGE;
  let rest: Naive[] = objects;
  for (const [index, pause] of changes) {
    at += pause;
    rest = [...rest.filter(one => one.index !== index), { index, at }];
  }
  return rest;
}

const changesArbitrary = fc.array(fc.tuple(fc.nat(COUNT - 1), fc.nat(3)), { maxLength: 60 });
const bound = fc.option(fc.oneof(fc.nat(COUNT + 2), fc.integer({ min: FIRST_CHANGE, max: FIRST_CHANGE + 90 })), {
  nil: undefined,
});

describe('the order of objects of which some have changed', () => {
  it('is that of a list sorted by last change, on every page, in every range of time', () => {
    fc.assert(
      fc.property(
        changesArbitrary,
        bound,
        bound,
        fc.nat(COUNT + 5),
        fc.nat(COUNT + 5),
        (changes, from, to, offset, limit) => {
          const order = createOrder();
          let at = FIRST_CHANGE;
          for (const [index, pause] of changes) {
            at += pause;
            order.move(index, at);
          }
          const first = Math.min(from ?? 0, COUNT);
          const base = { first, end: Math.max(first, Math.min(to ?? COUNT, COUNT)) };
          const expected = naiveOrder(changes)
            .filter(one => (from === undefined || one.at >= from) && (to === undefined || one.at < to))
            .map(({ index }) => index);
          const { total, slice } = order.within(base, { from, to });
          expect(total).toBe(expected.length);
          expect(slice(offset, limit)).toEqual(expected.slice(offset, offset + limit));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('refuses a change before an earlier one', () => {
    const order = createOrder();
    order.move(1, 2_000);
    expect(() => order.move(2, 1_999)).toThrow('earlier');
  });
});
