import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createGate } from '../../../core/history/objects/gate.ts';
import { createIngesting } from '../../../core/history/objects/ingesting.ts';
import { createObjectListing } from '../../../core/history/objects/object-listing.ts';
import type { ObjectQuery } from '../../../core/history/objects/objects.ts';
import { newFile } from '../folder.ts';
import { answer, pageOf } from './pages.ts';

interface Thing {
  readonly id: string;
  readonly city: string;
  readonly note: string;
  readonly evses: readonly { readonly uid: string; readonly status: string }[];
}

const CITIES = ['Gent', 'GENT', 'Lund', 'Åbo'];
const STATUSES = ['CHARGING', 'charging', 'BLOCKED', 'AVAILABLE'];
const NOTES = ['a', 'B', 'b'];

const thing = fc.record({
  id: fc.nat(70).map(number => `L${number}`),
  city: fc.constantFrom(...CITIES),
  note: fc.constantFrom(...NOTES),
  evses: fc.array(fc.record({ uid: fc.constantFrom('1', '2'), status: fc.constantFrom(...STATUSES) }), {
    maxLength: 3,
  }),
});
const page = fc.record({ things: fc.array(thing, { maxLength: 25 }), settled: fc.boolean() });
const query = fc.record({
  city: fc.option(fc.constantFrom(...CITIES, 'Nowhere')),
  status: fc.option(fc.constantFrom(...STATUSES, 'PLANNED')),
  note: fc.option(fc.constantFrom(...NOTES)),
  since: fc.option(fc.integer({ min: 999, max: 1006 })),
  limit: fc.integer({ min: 1, max: 30 }),
});

it('whatever is asked, the pages of the answer are the objects that hold, in the order in which they first came', async () => {
  const none = { candidates: () => () => [], behind: () => 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(page, { maxLength: 6 }),
      fc.array(query, { minLength: 1, maxLength: 6 }),
      async (pages, asked) => {
        const database = new Database(newFile());
        migrate(database);
        const ingesting = createIngesting(database, createGate());
        const kept = new Map<string, { thing: Thing; at: number }>();
        pages.forEach(({ things, settled }, number) => {
          const at = 1000 + number;
          ingesting.store(pageOf(answer(things), { runId: number + 1, seenAt: at }));
          const last = new Map(things.map(one => [one.id, one]));
          for (const [id, one] of last) {
            const before = kept.get(id);
            const same = before && JSON.stringify(before.thing) === JSON.stringify(one);
            kept.set(id, { thing: one, at: same ? before.at : at });
          }
          if (settled) ingesting.settle();
        });
        const list = createObjectListing(database, { words: none, clock: systemClock });
        for (const { city, status, note, since, limit } of asked) {
          const folded = (text: string | null) => text?.toLowerCase();
          const wanted = [...kept.values()].filter(
            ({ thing: one, at }) =>
              (city === null || folded(one.city) === folded(city)) &&
              (status === null || one.evses.some(evse => folded(evse.status) === folded(status))) &&
              (note === null || folded(one.note) === folded(note)) &&
              (since === null || at >= since),
          );
          const where = Object.entries({ city, 'evses.status': status, note }).flatMap(([path, value]) =>
            value === null ? [] : [`${path}=${value}`],
          );
          const base = { linkId: 1, module: 'locations', limit, where } satisfies ObjectQuery;
          const found: unknown[] = [];
          let after: number | undefined;
          do {
            const more = {
              ...(since === null ? {} : { changedSince: since }),
              ...(after === undefined ? {} : { after }),
            };
            const watch = { progress: () => {}, cancelled: () => false };
            const answered = await list({ ...base, ...more }, { name: 'Acme', party: '' }, watch);
            if (!answered.ok) throw new Error(answered.reason);
            expect(answered.objects.length).toBeLessThanOrEqual(limit);
            found.push(...answered.objects.map(({ object }) => object));
            after = answered.next;
          } while (after !== undefined);
          expect(found).toEqual(wanted.map(({ thing: one }) => one));
        }
        database.close();
      },
    ),
    { numRuns: 60 },
  );
});
