import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctPage, type ListHabits, type ListRequest, location } from '../../support/paging-server.ts';
import { runs } from '../../support/runs.ts';
import { codesOf, meet } from './pulling.ts';

interface Item {
  readonly id: string;
  updated: number;
}

type Change = { readonly kind: 'append' | 'prepend' | 'remove' | 'update'; readonly at: number };

const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('append' as const, 'prepend' as const, 'remove' as const, 'update' as const),
  at: fc.nat(),
});
/** What happens before each request, from the second one on; in the end the list comes to rest. */
const changes = fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 });
const lists = fc.record({ count: fc.integer({ min: 0, max: 40 }), pageSize: fc.integer({ min: 2, max: 9 }), changes });

/** A list in which things happen between one page and the next. */
function shiftingList(count: number, order: 'created' | 'oldest update first' | 'newest update first') {
  let items: Item[] = Array.from({ length: count }, (_, at) => ({ id: `L${at}`, updated: BEGIN + at * 1000 }));
  let made = count;
  let now = Date.now();
  const touched = new Set<string>();
  let resting = false;
  const apply = ({ kind, at }: Change) => {
    if (resting) return;
    now += 1000;
    if (kind === 'append' || kind === 'prepend') {
      const item = { id: `L${made++}`, updated: now };
      touched.add(item.id);
      items = kind === 'append' ? [...items, item] : [item, ...items];
      return;
    }
    const chosen = items[at % Math.max(1, items.length)];
    if (chosen === undefined) return;
    touched.add(chosen.id);
    if (kind === 'remove') items = items.filter(item => item !== chosen);
    else chosen.updated = now;
  };
  const sorted = () => {
    if (order === 'created') return items;
    const sign = order === 'oldest update first' ? 1 : -1;
    return items.toSorted((left, right) => sign * (left.updated - right.updated));
  };
  return {
    apply,
    touched,
    /** Those that were there all the time. */
    stayed: () => items.filter(({ id }) => Number(id.slice(1)) < count).map(({ id }) => id),
    rest: () => {
      resting = true;
    },
    /** Updated from one moment on and before another; NaN is no moment. */
    texts: (from: number, to: number) =>
      sorted()
        .filter(({ updated }) => !(updated < from) && !(updated >= to))
        .map(({ id, updated }) => location(id, new Date(updated).toISOString())),
  };
}

/** Not read whole, and said so: the next pull asks for it again. */
function saysSo(codes: readonly string[]): boolean {
  return ['paging.unsettled', 'paging.offset-ignored', 'paging.items-skipped'].some(code => codes.includes(code));
}

type Order = Parameters<typeof shiftingList>[1];

interface Reading {
  readonly plan: {
    readonly count: number;
    readonly pageSize: number;
    readonly changes: readonly (readonly Change[])[];
  };
  readonly order: Order;
  readonly habits: ListHabits;
  readonly dateTo?: string;
}

/** Reads a moving list, then what came since: nothing untouched may be missing first, nothing that is there at the end. */
async function readTwice({ plan, order, habits, dateTo }: Reading) {
  const list = shiftingList(plan.count, order);
  const moment = (request: ListRequest, name: string) => Date.parse(request.query.get(name) ?? '');
  const { pull, ids } = await meet({
    answer: request => {
      if (request.nth > 0) for (const one of plan.changes[request.nth - 1] ?? []) list.apply(one);
      return correctPage(list.texts(moment(request, 'date_from'), moment(request, 'date_to')), request, habits);
    },
  });
  const { pageSize } = plan;
  const first = await pull({ pageSize, ...(dateTo === undefined ? {} : { dateTo }) });
  expect(first.ok).toBe(true);
  if (saysSo(codesOf(first))) return;
  expect(await ids()).toEqual(expect.arrayContaining(list.stayed().filter(id => !list.touched.has(id))));
  list.rest();
  const second = await pull({ pageSize });
  expect(second.ok).toBe(true);
  expect(await ids()).toEqual(expect.arrayContaining(list.stayed()));
}

describe('a list that moves while it is read', () => {
  it('loses nothing when it is read with offsets: what changed meanwhile comes with the next pull', async () => {
    const orders = fc.constantFrom<Order>('created', 'oldest update first', 'newest update first');
    await fc.assert(
      fc.asyncProperty(lists, orders, fc.boolean(), (plan, order, total) =>
        readTwice({ plan, order, habits: { links: false, total } }),
      ),
      { numRuns: runs(50) },
    );
  });

  it('loses nothing when it is read with Links and a date_to, behind which changed objects disappear', async () => {
    const orders = fc.constantFrom<Order>('created', 'oldest update first');
    await fc.assert(
      fc.asyncProperty(lists, orders, (plan, order) =>
        readTwice({ plan, order, habits: {}, dateTo: '2026-06-01T00:00:00Z' }),
      ),
      { numRuns: runs(30) },
    );
  });
});
