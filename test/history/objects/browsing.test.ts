import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { ObjectLine, StoredObject } from '../../../core/contract/objects.ts';
import { createObjectBrowser } from '../../../core/history/browse/browser.ts';
import { areasOf, type Bounds, placeOf } from '../../../core/history/browse/place.ts';
import type { BrowseFound, BrowseQuery } from '../../../core/history/browse/queries.ts';
import { migrate } from '../../../core/history/migrations/list.ts';
import { createFullText } from '../../../core/history/objects/full-text.ts';
import { createGate } from '../../../core/history/objects/gate.ts';
import { createIngesting } from '../../../core/history/objects/ingesting.ts';
import { createObjectListing } from '../../../core/history/objects/object-listing.ts';
import { createObjectIndex } from '../../../core/history/worker/object-index.ts';
import { openTextIndex } from '../../../core/history/worker/text-index.ts';
import { newFile } from '../folder.ts';
import { answer, location, pageOf } from './pages.ts';

interface Site {
  readonly id: string;
  readonly city: string;
  readonly name: string;
  readonly coordinates: unknown;
  readonly evses: readonly { readonly uid: string; readonly status: string }[];
}

interface StoredPage {
  readonly link: number;
  readonly sites: readonly Site[];
  readonly whole: boolean;
  readonly settled: boolean;
}

const CITIES = ['Gent', 'GENT', 'Lund', 'Åbo'];
const STATUSES = ['CHARGING', 'charging', 'BLOCKED', 'AVAILABLE', 'OUTOFORDER', 'NEVER HEARD OF'];
const NAMES = ['harbour', 'Harbour north', 'station'];
const degrees = (most: number) => fc.integer({ min: -most * 1000, max: most * 1000 }).map(number => number / 1000);
const coordinates = fc.oneof(
  { weight: 6, arbitrary: fc.record({ latitude: degrees(90).map(String), longitude: degrees(180).map(String) }) },
  fc.constantFrom<unknown>(
    null,
    'somewhere',
    {},
    { latitude: '52,1', longitude: '5,1' },
    { latitude: '91.0', longitude: '5.1' },
    { latitude: '52.1', longitude: '181' },
    { latitude: 52.1, longitude: 5.1 },
    { latitude: '52.1' },
    { latitude: '', longitude: '' },
  ),
);
const site: fc.Arbitrary<Site> = fc.record({
  id: fc.nat(90).map(number => `L${number}`),
  city: fc.constantFrom(...CITIES),
  name: fc.constantFrom(...NAMES),
  coordinates,
  evses: fc.array(fc.record({ uid: fc.constantFrom('1', '2'), status: fc.constantFrom(...STATUSES) }), {
    maxLength: 3,
  }),
});
const page: fc.Arbitrary<StoredPage> = fc.record({
  link: fc.constantFrom(1, 2),
  sites: fc.array(site, { maxLength: 40 }),
  whole: fc.boolean(),
  settled: fc.boolean(),
});
const bounds = fc
  .tuple(degrees(90), degrees(400), degrees(90), degrees(400))
  .map(
    ([one, west, other, east]): Bounds => [
      Math.min(one, other),
      Math.min(west, east),
      Math.max(one, other),
      Math.max(west, east),
    ],
  );
const NARROWING = {
  city: fc.constantFrom(...CITIES, 'Nowhere'),
  statuses: fc.subarray(STATUSES, { minLength: 1, maxLength: 2 }),
  name: fc.constantFrom(...NAMES),
  search: fc.constantFrom('harbour', 'north harbour', 'stat*', 'nothing'),
  changedSince: fc.integer({ min: 999, max: 1007 }),
  vanished: fc.boolean(),
  finding: fc.constantFrom('error' as const, 'warning' as const, 'note' as const, 'any' as const),
  within: bounds,
};
/** Few conditions at once: many together leave nothing to compare. */
const narrowing = fc
  .tuple(fc.record(NARROWING), fc.subarray(Object.keys(NARROWING), { maxLength: 3 }))
  .map(
    ([all, kept]): Partial<typeof all> => Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key))),
  );
const query = fc.record({
  links: fc.subarray([1, 2], { minLength: 1 }),
  narrowing,
  bounds,
  zoom: fc.integer({ min: 0, max: 20 }),
  limit: fc.integer({ min: 1, max: 30 }),
});

const LINKS = [
  { linkId: 1, name: 'Acme', party: 'NL-ACM' },
  { linkId: 2, name: 'Bolt', party: '' },
];

/** The writing side of a store and what is derived of it, all on this thread. */
function openStore() {
  const file = newFile();
  const database = new Database(file);
  // Nothing is kept: waiting for the disk would be most of the test.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  migrate(database);
  const ingesting = createIngesting(database, createGate());
  const index = openTextIndex(file, 'one');
  const objectIndex = createObjectIndex(database, index.connection, systemClock);
  const words = createFullText(file, database);
  const browser = createObjectBrowser(database, { file, words, clock: systemClock });
  const list = createObjectListing(database, { words, clock: systemClock });
  return {
    ingesting,
    browser,
    list,
    derive: () => {
      while (objectIndex.indexBatch(1000));
    },
    close() {
      browser.close();
      words.close();
      index.close();
      database.close();
    },
  };
}

async function found<Kind extends 'lines' | 'count' | 'offset' | 'map' | 'lists'>(
  kind: Kind,
  answered: Promise<BrowseFound>,
) {
  const one = await answered;
  if (!one.ok) throw new Error(one.reason);
  if (one.kind !== kind) throw new Error(`an answer about ${one.kind}`);
  return one as Extract<BrowseFound, { kind: Kind }>;
}

const wanted = () => false;

describe('tables and maps of stored objects', () => {
  it('whatever is asked, lines by position are what holds, the count is how many, and marks count those within bounds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(page, { maxLength: 6 }),
        fc.array(query, { minLength: 1, maxLength: 5 }),
        async (pages, asked) => {
          const store = openStore();
          pages.forEach(({ link, sites, whole, settled }, number) => {
            const at = 1000 + number;
            const runId = number + 1;
            store.ingesting.store(pageOf(answer(sites), { linkId: link, runId, seenAt: at }));
            if (whole) store.ingesting.finish({ linkId: link, module: 'locations', runId, at: at + 0.5 });
            if (settled) store.ingesting.settle();
          });
          store.derive();
          const firstMet = (linkId: number) => pages.findIndex(({ link }) => link === linkId);
          for (const { links, narrowing: narrow, bounds: shown, zoom, limit } of asked) {
            const { city, statuses = [], name, ...more } = narrow;
            const where = [
              ...(city === undefined ? [] : [`city=${city}`]),
              ...statuses.map(status => `evses.status=${status}`),
              ...(name === undefined ? [] : [`name=${name}`]),
            ];
            const browsed = LINKS.filter(({ linkId }) => links.includes(linkId));
            const conditions: BrowseQuery = { links: browsed, module: 'locations', where, ...more };
            const expected: StoredObject[] = [];
            for (const link of [...browsed].sort((one, other) => firstMet(one.linkId) - firstMet(other.linkId))) {
              const { finding, within, ...listed } = more;
              const options = { ...listed, linkId: link.linkId, module: 'locations' as const, limit: 1000 };
              const single = where.filter(text => !text.startsWith('evses.status'));
              const answered = await store.list({ ...options, where: single }, link, {
                progress: () => {},
                cancelled: wanted,
              });
              if (!answered.ok) throw new Error(answered.reason);
              const bad = { error: 1, warning: 2, note: 3, any: 3 }[finding ?? 'any'];
              expected.push(
                ...answered.objects.filter(
                  ({ object, findings }) =>
                    (statuses.length === 0 || statuses.some(status => hasStatus(object as Site, status))) &&
                    (finding === undefined || findings.some(({ severity }) => RANK[severity] <= bad)) &&
                    (within === undefined || lies(object as Site, within)),
                ),
              );
            }
            const lines: ObjectLine[] = [];
            for (let offset = 0; ; offset += limit) {
              const some = await found(
                'lines',
                store.browser.answer({ kind: 'lines', query: conditions, offset, limit }, wanted),
              );
              expect(some.lines.length).toBeLessThanOrEqual(limit);
              lines.push(...some.lines);
              if (some.lines.length < limit) break;
            }
            const told = ({ link, id, party, revision, vanished, lastUpdated }: ObjectLine) =>
              [link, id, party, revision, vanished, lastUpdated] as const;
            expect(lines.map(told)).toEqual(
              expected.map(one => [one.link, one.id, one.party, one.revision, one.vanished, one.lastUpdated]),
            );
            const { count } = await found('count', store.browser.answer({ kind: 'count', query: conditions }, wanted));
            expect(count).toBe(expected.length);
            const at = Math.floor(expected.length / 2);
            const middle = expected[at];
            if (middle) {
              const linkId = LINKS.find(({ name: known }) => known === middle.link)?.linkId ?? 0;
              const key = { linkId, module: 'locations' as const, id: middle.id };
              const asking = store.browser.answer({ kind: 'offset', query: conditions, key }, wanted);
              expect((await found('offset', asking)).offset).toBe(at);
            }
            const map = await found(
              'map',
              store.browser.answer({ kind: 'map', query: conditions, bounds: shown, zoom }, wanted),
            );
            const placed = expected.filter(({ object }) => lies(object as Site, shown));
            expect(map.total).toBe(placed.length);
            expect(map.marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(placed.length);
            expect(map.marks.length).toBeLessThanOrEqual(2000);
            expect(map.behind).toBe(0);
          }
          store.close();
        },
      ),
      { numRuns: 80 },
    );
  });

  it('a broken position is no position, and the line is there all the same', async () => {
    const store = openStore();
    const broken = [
      location(1, { coordinates: { latitude: '52,09', longitude: '5,10' } }),
      location(2, { coordinates: 'Utrecht' }),
      location(3, { coordinates: { latitude: '5.104480', longitude: '192.0' } }),
      location(4),
    ];
    store.ingesting.store(pageOf(answer(broken)));
    store.derive();
    const query = { links: LINKS.slice(0, 1), module: 'locations' as const };
    const { lines } = await found(
      'lines',
      store.browser.answer({ kind: 'lines', query, offset: 0, limit: 10 }, wanted),
    );
    expect(lines.map(({ id, position }) => [id, position])).toEqual([
      ['LOC1', null],
      ['LOC2', null],
      ['LOC3', null],
      ['LOC4', [52.092876, 5.10448]],
    ]);
    const map = await found(
      'map',
      store.browser.answer({ kind: 'map', query, bounds: [-90, -180, 90, 180], zoom: 3 }, wanted),
    );
    expect(map.marks).toMatchObject([{ count: 1, link: 'Acme', id: 'loc4', party: 'nl-tnm', status: 'BLOCKED' }]);
    expect(map.marks[0]?.latitude).toBeCloseTo(52.092876, 5);
    store.close();
  });

  it('marks that lie together tell how many there are, where, and the most urgent status among them', async () => {
    const store = openStore();
    const near = [1, 2, 3].map(number =>
      location(number, {
        coordinates: { latitude: `52.0${number}`, longitude: '5.1' },
        evses: [{ uid: '1', status: ['AVAILABLE', 'BLOCKED', 'PLANNED'][number - 1], connectors: [] }],
      }),
    );
    store.ingesting.store(pageOf(answer(near)));
    store.derive();
    const query = { links: LINKS.slice(0, 1), module: 'locations' as const };
    const map = await found(
      'map',
      store.browser.answer({ kind: 'map', query, bounds: [50, 4, 54, 7], zoom: 5 }, wanted),
    );
    expect(map.marks).toMatchObject([{ count: 3, status: 'BLOCKED' }]);
    const [south = 0, , north = 0] = map.marks[0]?.extent ?? [];
    expect([south, north]).toEqual([expect.closeTo(52.01, 4), expect.closeTo(52.03, 4)]);
    store.close();
  });

  it('lists tell how many objects a link gave of each module, and how many of them vanished', async () => {
    const store = openStore();
    store.ingesting.store(pageOf(answer([location(1), location(2)]), { seenAt: 1000 }));
    store.ingesting.store(pageOf(answer([location(2)]), { runId: 2, seenAt: 2000 }));
    store.ingesting.finish({ linkId: 1, module: 'locations', runId: 2, at: 2001 });
    const { lists } = await found('lists', store.browser.answer({ kind: 'lists', links: LINKS }, wanted));
    expect(lists).toEqual([{ link: 'Acme', module: 'locations', objects: 2, vanished: 1 }]);
    store.close();
  });

  it('a selection nobody waits for any more ends, and is made anew when it is asked for again', async () => {
    const store = openStore();
    const many = Array.from({ length: 3000 }, (_, number) => location(number));
    for (let at = 0; at < 3; at++)
      store.ingesting.store(pageOf(answer(many.slice(at * 1000, at * 1000 + 1000)), { page: at }));
    store.derive();
    const query: BrowseQuery = { links: LINKS.slice(0, 1), module: 'locations', where: ['address=Street 3'] };
    let looks = 0;
    const given = await store.browser.answer({ kind: 'count', query }, () => ++looks > 2);
    expect(given).toEqual({ ok: false, reason: 'cancelled' });
    const { count } = await found('count', store.browser.answer({ kind: 'count', query }, wanted));
    expect(count).toBe(many.filter(({ address }) => address === 'Street 3').length);
    store.close();
  });
});

const RANK = { error: 1, warning: 2, note: 3 } as const;

function hasStatus({ evses }: Site, status: string): boolean {
  return evses.some(evse => evse.status.toLowerCase() === status.toLowerCase());
}

function lies({ coordinates: given }: Site, within: Bounds): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const { latitude, longitude } = given as Record<string, unknown>;
  const [north, east] = [latitude, longitude].map(value =>
    typeof value === 'number' || (typeof value === 'string' && /^-?[\d.]+$/.test(value)) ? Number(value) : Number.NaN,
  );
  if (north === undefined || east === undefined || !(Math.abs(north) <= 90) || !(Math.abs(east) <= 180)) return false;
  const { x, y } = placeOf([north, east]);
  return areasOf(within).some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
}
