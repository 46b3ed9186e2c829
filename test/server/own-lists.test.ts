import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { readLink } from '../../core/ocpi/paging.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { createAddresses } from '../../core/server/addresses.ts';
import { ownDataResponders } from '../../core/server/modules/own-lists.ts';
import type { OwnData, OwnModule } from '../../core/server/own-data.ts';
import { ask, connectRaw, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house, TOKEN_A } from './house.ts';

const MODULES: readonly OwnModule[] = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens'];
const START = Date.UTC(2026, 0, 1);

interface Thing {
  readonly id: string;
  readonly at: number;
  readonly text?: string;
}

const at = (ms: number) => new Date(ms).toISOString();
const textOf = ({ id, at: ms, text }: Thing) => text ?? `{"id":"${id}","last_updated":"${at(ms)}"}`;
const things = (count: number): Thing[] =>
  Array.from({ length: count }, (_, index) => ({ id: `T${index}`, at: START + index * 1000 }));

/** Plain data: a list that is sorted anew for each question. */
function dataOf(current: () => readonly Thing[]): OwnData {
  return {
    page({ from = -Infinity, to = Infinity, offset, limit }) {
      const fits = [...current()].sort((a, b) => a.at - b.at).filter(({ at: ms }) => ms >= from && ms < to);
      return { total: fits.length, items: fits.slice(offset, offset + limit).map(textOf) };
    },
    get: ({ id }) => {
      const found = current().find(thing => thing.id.toLowerCase() === id.toLowerCase());
      return found && textOf(found);
    },
  };
}

interface Place {
  readonly bound?: number;
  readonly modules?: readonly OwnModule[];
  readonly publicUrl?: string;
}

async function serve(current: () => readonly Thing[], { bound = 10, modules = MODULES, publicUrl }: Place = {}) {
  let port = 0;
  const responders = ownDataResponders({
    data: dataOf(current),
    modules: () => modules,
    pageLimit: () => bound,
    urls: {
      endpointUrl: (...which) => createAddresses(`http://127.0.0.1:${port}`, publicUrl).endpointUrl(...which),
    },
    clock: systemClock,
  });
  const opened = await house({ responders, ...(publicUrl === undefined ? {} : { publicUrl }) });
  port = opened.port;
  const get = async (path: string) => {
    const answer = await ask({ port }, request(`GET ${path}`, [AUTHORIZATION]));
    return {
      ...answer,
      json: JSON.parse(answer.body) as { data?: unknown; status_code: number; status_message?: string },
    };
  };
  return { ...opened, get };
}

const list = (version: Version, module: string, query = '') =>
  `/ocpi/${version}/sender/${module}${query === '' ? '' : `?${query}`}`;
const idsOf = (data: unknown) => (data as { id: string }[]).map(({ id }) => id);

/** Follows Link headers until there is none. */
async function walk(get: Awaited<ReturnType<typeof serve>>['get'], first: string) {
  const ids: string[] = [];
  const sizes: number[] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    const { json, header } = await get(path);
    ids.push(...idsOf(json.data));
    sizes.push((json.data as unknown[]).length);
    const link = header('Link');
    const { next } = readLink(link === undefined ? [] : [link], 'http://127.0.0.1/');
    path = next?.replace(/^https?:\/\/[^/]+/, '');
  }
  return { ids, sizes };
}

describe.each(MODULES.flatMap(module => VERSIONS.map(version => [module, version] as const)))(
  'the list of %s in %s',
  (module, version) => {
    it('yields every object once, in order, by following Link', async () => {
      const { get } = await serve(() => things(25));
      const { ids, sizes } = await walk(get, list(version, module, 'date_from=2020-01-01T00:00:00Z'));
      expect(ids).toEqual(things(25).map(({ id }) => id));
      expect(sizes).toEqual([10, 10, 5]);
    });

    it('is advertised, as SENDER where there are sides', async () => {
      const { get, server } = await serve(() => []);
      const { json } = await get(`/ocpi/${version}`);
      expect((json.data as { endpoints: unknown[] }).endpoints).toContainEqual({
        identifier: module,
        ...(version !== '2.1.1' && { role: 'SENDER' }),
        url: server.endpointUrl(version, module, 'SENDER'),
      });
    });

    it('is an empty page where nothing fits', async () => {
      const { get } = await serve(() => []);
      const { status, json, header } = await get(list(version, module));
      expect([status, json.status_code, json.data]).toEqual([200, 1000, []]);
      expect([header('X-Total-Count'), header('X-Limit'), header('Link')]).toEqual(['0', '10', undefined]);
    });
  },
);

describe('a page', () => {
  it('says the bound in X-Limit on every page, and caps a limit above it', async () => {
    const { get } = await serve(() => things(25));
    const wide = await get(list('2.2.1', 'locations', 'limit=1000'));
    expect(idsOf(wide.json.data)).toHaveLength(10);
    expect(wide.header('X-Limit')).toBe('10');
    expect(wide.header('Link')).toMatch(/\?offset=10&limit=10>; rel="next"$/);
    const last = await get(list('2.2.1', 'locations', 'offset=20&limit=10'));
    expect([idsOf(last.json.data).length, last.header('X-Limit'), last.header('Link')]).toEqual([5, '10', undefined]);
    const behind = await get(list('2.2.1', 'locations', 'offset=99'));
    expect([behind.json.data, behind.header('X-Total-Count'), behind.header('Link')]).toEqual([[], '25', undefined]);
  });

  it('has the literal texts of its objects, between nothing but commas', async () => {
    const text = '{ "id":"Ä" , "kwh":1.00 }';
    const { get } = await serve(() => [{ id: 'Ä', at: START, text }, ...things(1)]);
    const { body } = await get(list('2.3.0', 'locations'));
    expect(body).toContain(`{"data":[${text},${textOf({ id: 'T0', at: START })}],"status_code":1000,`);
  });

  it.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=-1'],
    ['limit', 'limit=ten'],
    ['limit', 'limit=1.5'],
    ['limit', 'limit='],
    ['offset', 'offset=-1'],
    ['offset', 'offset=1e2'],
    ['date_from', 'date_from=yesterday'],
    ['date_from', 'date_from=2026-02-30T00:00:00Z'],
    ['date_to', 'date_to='],
    ['date_to', 'date_to=%zz'],
  ])('is refused with 2001 naming %s for ?%s', async (parameter, query) => {
    const { get, recorder } = await serve(() => things(3));
    const { status, json } = await get(list('2.2.1', 'tariffs', query));
    expect([status, json.status_code, json.data]).toEqual([200, 2001, undefined]);
    expect(json.status_message).toContain(parameter);
    expect(recorder.exchanges.at(-1)?.findings).toContainEqual(expect.objectContaining({ code: 'request.parameter' }));
  });

  it('keeps the filters of the request in its Link, byte for byte, under the public URL with its prefix', async () => {
    const publicUrl = 'https://partner.example/gate/';
    const { get } = await serve(() => things(25), { publicUrl });
    const filters = 'date_from=2025-12-31T23%3a00:00+01:00&date_to=2027-01-01&foo=b%20r';
    const { json, header } = await get(
      `/gate${list('2.2.1', 'sessions', `offset=5&${filters.replace('2027-01-01', '2027-01-01T00:00Z')}&limit=7`)}`,
    );
    expect(json.status_code).toBe(1000);
    const kept = filters.replace('2027-01-01', '2027-01-01T00:00Z');
    expect(header('Link')).toBe(
      `<https://partner.example/gate/ocpi/2.2.1/sender/sessions?${kept}&offset=12&limit=7>; rel="next"`,
    );
    const details = await get('/ocpi/2.2.1');
    expect(details.body).toContain('"https://partner.example/gate/ocpi/2.2.1/sender/sessions"');
  });

  it('lets nothing in a query end its Link early', async () => {
    const { get } = await serve(() => things(25));
    const { header } = await get(list('2.2.1', 'locations', 'x=%3E;"<>|'));
    expect(header('Link')).toMatch(/^<[^<>"]*>; rel="next"$/);
  });

  it('filters from date_from, inclusive, to date_to, exclusive', async () => {
    const { get } = await serve(() => things(5), { bound: 100 });
    const ids = async (query: string) => idsOf((await get(list('2.2.1', 'cdrs', query))).json.data);
    const [first, second, third] = [at(START + 1000), at(START + 2000), at(START + 3000)];
    expect(await ids(`date_from=${first}&date_to=${third}`)).toEqual(['T1', 'T2']);
    expect(await ids(`date_from=${second}&date_to=${second}`)).toEqual([]);
    expect(await ids(`date_from=${third}&date_to=${first}`)).toEqual([]);
    expect(await ids(`date_from=${at(START + 1001)}&date_to=${at(START + 3001)}`)).toEqual(['T2', 'T3']);
    expect(await ids(`date_from=2026-01-01T01:00:02%2B01:00`)).toEqual(['T2', 'T3', 'T4']);
    expect(await ids(`date_from=2026-01-01T01:00:02+01:00`)).toEqual(['T2', 'T3', 'T4']);
    expect(await ids('date_to=2026-01-01T00:00:01')).toEqual(['T0']);
  });

  it('of sessions without date_from is answered, with a warning', async () => {
    const { get, recorder } = await serve(() => things(2));
    expect(idsOf((await get(list('2.1.1', 'sessions'))).json.data)).toHaveLength(2);
    expect(recorder.exchanges.at(-1)?.findings.map(({ code }) => code)).toContain('request.date-from-missing');
  });

  it('is for registered partners only, and for modules that are ours', async () => {
    const { get, port } = await serve(() => things(2), { modules: ['tokens'] });
    const asked = request(`GET ${list('2.2.1', 'tokens')}`, [`Authorization: Token ${TOKEN_A}`]);
    expect((await ask({ port }, asked)).status).toBe(401);
    expect((await get(list('2.2.1', 'locations'))).status).toBe(404);
    expect((await get('/ocpi/2.2.1')).body).not.toContain('locations');
  });

  it('of a HEAD request has its headers and no body', async () => {
    const { port } = await serve(() => things(25));
    const client = await connectRaw({ port });
    await client.send(request(`HEAD ${list('2.2.1', 'tokens')}`, [AUTHORIZATION]));
    const [answer] = await client.answers(1, { bodyless: true });
    client.destroy();
    expect([answer?.status, answer?.header('X-Total-Count'), answer?.body]).toEqual([200, '25', '']);
  });
});

describe('paging', () => {
  it('misses nothing and repeats nothing under any limit and bound', async () => {
    let bound = 1;
    let count = 0;
    const responder = await serve(() => things(count), { bound: 1000 });
    const limited = await serve(() => things(count), { bound: 7 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (objects, limit, capped) => {
          count = objects;
          bound = capped ? 7 : 1000;
          const { get } = capped ? limited : responder;
          const { ids, sizes } = await walk(get, list('2.2.1', 'locations', `limit=${limit}`));
          expect(ids).toEqual(things(count).map(({ id }) => id));
          expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(Math.min(limit, bound));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('under shifting data, shows every object that stays as it was to who goes back where the total fell', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ page: fc.nat({ max: 6 }), which: fc.nat({ max: 19 }) }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        async (changes, limit) => {
          let current = things(20);
          const until = START + 1_000_000;
          let now = until;
          const { get } = await serve(() => current, { bound: 100 });
          const seen = new Set<string>();
          let [offset, before, page] = [0, 20, 0];
          for (let more = true; more; page++) {
            const query = `limit=${limit}&offset=${offset}&date_to=${at(until)}`;
            const { json, header } = await get(list('2.2.1', 'locations', query));
            const total = Number(header('X-Total-Count'));
            expect(total).toBe(current.filter(({ at: ms }) => ms < until).length);
            // Digest 1.6: an object left the result; what came behind it moved up.
            const fell = before - total;
            before = total;
            const ids = idsOf(json.data);
            for (const id of ids) seen.add(id);
            more = header('Link') !== undefined || fell > 0;
            offset = fell > 0 ? Math.max(0, offset - fell) : offset + ids.length;
            for (const { which } of changes.filter(change => change.page === page)) {
              current = current.map(thing => (thing.id === `T${which}` ? { ...thing, at: now++ } : thing));
            }
          }
          const [unchanged, changed] = [
            current.filter(({ at: ms }) => ms < until),
            current.filter(({ at: ms }) => ms >= until),
          ];
          expect([...seen]).toEqual(expect.arrayContaining(unchanged.map(({ id }) => id)));
          const next = await get(list('2.2.1', 'locations', `date_from=${at(until)}`));
          expect(idsOf(next.json.data).sort()).toEqual(changed.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('one location', () => {
  const text =
    '{"id":"LOC/1","evses":[{"uid":"a","connectors":[]},{"uid":"DE*ABC#1", "n":1.00,"connectors":[{"id":"1","k":2.50}]}]}';
  const serveOne = () => serve(() => [{ id: 'LOC/1', at: START, text }]);

  it.each(VERSIONS)(
    'is found in %s by its id, in any case and percent-encoded, as are its EVSEs and connectors',
    async version => {
      const { get } = await serveOne();
      const base = list(version, 'locations/loc%2F1');
      expect((await get(base)).body).toContain(`{"data":${text},"status_code":1000,`);
      const evse = await get(`${base}/de*abc%231`);
      expect(evse.body).toContain(
        '{"data":{"uid":"DE*ABC#1", "n":1.00,"connectors":[{"id":"1","k":2.50}]},"status_code"',
      );
      expect((await get(`${base}/DE*ABC%231/1`)).body).toContain('{"data":{"id":"1","k":2.50},"status_code":1000,');
    },
  );

  it.each([
    ['locations/none', 2003],
    ['locations/loc%2F1/none', 2001],
    ['locations/loc%2F1/a/1', 2001],
    ['locations/none/a/1', 2003],
  ])('that is not there (%s) is 404 with %i', async (path, code) => {
    const { get } = await serveOne();
    const { status, json } = await get(list('2.2.1', path));
    expect([status, json.status_code, json.data]).toEqual([404, code, undefined]);
  });
});
