import { describe, expect, it } from 'vitest';
import type { LiteralExchange } from '../../support/observed.ts';
import { found, shown } from '../found.ts';
import { answer, evse, HOST, list, location, secondsOn, TIMESTAMP, weRead } from './messages.ts';

const LIST = '/ocpi/2.2.1/locations';
const link = (query: string) => `Link: <${HOST}${LIST}?${query}>; rel="next"`;
const counts = (total: number, limit = 2) => `X-Total-Count: ${total}\nX-Limit: ${limit}`;

interface Page {
  readonly query?: string;
  readonly ids: readonly string[];
  readonly headers: string;
  readonly seconds?: number;
}

/** A page of locations of the partner. */
function page({ query = 'limit=2', ids, headers, seconds = 0 }: Page): LiteralExchange {
  const items = ids.map(id => location({ id }));
  return weRead(`${LIST}?${query}`, answer(list(...items), { more: headers }), { at: secondsOn(seconds) });
}

const HEALTHY = [
  page({ ids: ['L1', 'L2'], headers: `${link('limit=2&offset=2')}\n${counts(3)}` }),
  page({ query: 'limit=2&offset=2', ids: ['L3'], headers: counts(3), seconds: 1 }),
];

describe('lists', () => {
  it.each([
    ['of another host', 'Link: <http://internal:8080/locations?limit=2&offset=2>; rel="next"', 'paging.link.origin'],
    ['None', 'Link: None', 'paging.link.unusable'],
    ['relative', 'Link: </ocpi/2.2.1/locations?limit=2&offset=2>; rel="next"', 'paging.link.relative'],
    ['empty', 'Link:', 'paging.link.unusable'],
    ['without brackets', `Link: ${HOST}${LIST}?limit=2&offset=2; rel=next`, 'paging.link.spelling'],
    ['without the limit', link('offset=2'), 'paging.link.limit-lost'],
    ['missing', 'Cache-Control: no-store', 'paging.link.missing'],
  ])('case 11: a Link that is %s', (_what, header, code) => {
    const exchange = page({ ids: ['L1', 'L2'], headers: `${header}\n${counts(3)}` });
    expect(shown(11, found([exchange]))).toContain(code);
  });

  it('case 11: a Link that loses the date filter; a right one shows nothing', () => {
    const query = 'date_from=2026-01-01T00:00:00Z&limit=2';
    const lost = page({ query, ids: ['L1', 'L2'], headers: `${link('limit=2&offset=2')}\n${counts(3)}` });
    expect(shown(11, found([lost]))).toEqual(['paging.link.filters-lost']);
    expect(shown(11, found(HEALTHY))).toEqual([]);
  });

  it('case 12: objects that come twice or never, and a count that drifts', () => {
    const [first] = HEALTHY as [LiteralExchange];
    const twice = page({ query: 'limit=2&offset=2', ids: ['L2'], headers: counts(3), seconds: 1 });
    expect(shown(12, found([first, twice]))).toEqual(['paging.items-skipped', 'paging.items-twice']);
    const drifting = page({ query: 'limit=2&offset=2', ids: ['L3', 'L4'], headers: counts(4), seconds: 1 });
    expect(shown(12, found([first, drifting]))).toEqual(['paging.count.drifts']);
    const untrue = page({ ids: ['L1', 'L2'], headers: counts(1) });
    expect(shown(12, found([untrue]))).toEqual(['paging.count.untrue']);
    expect(shown(12, found(HEALTHY))).toEqual([]);
  });

  it('case 12 is not seen where a reader asks for the last object once more', () => {
    const overlapping = page({ query: 'limit=2&offset=1', ids: ['L2', 'L3'], headers: counts(3), seconds: 1 });
    const first = page({ ids: ['L1', 'L2'], headers: `${link('limit=2&offset=1')}\n${counts(3)}` });
    expect(shown(12, found([first, overlapping]))).toEqual([]);
  });

  it('case 13: an offset that changes nothing, a date that is not heeded, a Link in a circle', () => {
    const first = page({ ids: ['L1', 'L2'], headers: `${link('limit=2&offset=2')}\n${counts(9)}` });
    const same = page({ query: 'limit=2&offset=2', ids: ['L1', 'L2'], headers: counts(9), seconds: 1 });
    expect(shown(13, found([first, same]))).toEqual(['paging.offset-ignored']);
    const dated = page({ query: 'date_from=2026-01-31T11:30:00Z', ids: ['L1'], headers: counts(1, 50) });
    expect(shown(13, found([dated]))).toEqual(['paging.date-from-ignored']);
    const round = page({ ids: ['L1', 'L2'], headers: `${link('limit=2')}\n${counts(9)}` });
    expect(shown(13, found([round]))).toEqual(['paging.link.loop']);
    expect(shown(13, found(HEALTHY))).toEqual([]);
  });

  it('case 14: last_updated that moves alone, a change without it, and a location older than its EVSE', () => {
    const read = (item: string, seconds: number) =>
      weRead(LIST, answer(list(item), { more: counts(1, 50) }), { at: secondsOn(seconds) });
    const before = read(location({ more: '"name":"A",' }), 0);
    const moved = read(location({ more: '"name":"A",', updated: '2026-01-31T11:30:00Z' }), 60);
    const silent = read(location({ more: '"name":"B",' }), 60);
    const changed = read(location({ more: '"name":"B",', updated: '2026-01-31T11:30:00Z' }), 60);
    expect(shown(14, found([before, moved]))).toEqual(['objects.updated-without-change']);
    expect(shown(14, found([before, silent]))).toEqual(['objects.changed-without-update']);
    expect(shown(14, found([before, changed]))).toEqual([]);
    const stale = location({ evse: evse({ updated: '2026-01-31T11:30:00Z' }) });
    expect(shown(14, found([read(stale, 0)]))).toEqual(['last-updated.parent-older']);
    expect(shown(14, found([read(location({ evse: evse() }), 0)]))).toEqual([]);
  });

  it('case 15: a location and an EVSE that vanish without having been REMOVED', () => {
    const read = (seconds: number, ...items: readonly string[]) =>
      weRead(LIST, answer(list(...items), { more: counts(items.length, 50) }), { at: secondsOn(seconds) });
    const [one, two] = [
      location({ id: 'L1', evse: evse({ uid: 'E1' }) }),
      location({ id: 'L2', evse: evse({ uid: 'E2' }) }),
    ];
    expect(shown(15, found([read(0, one, two), read(60, one)]))).toEqual(['locations.vanished']);
    const both = location({ id: 'L1', evse: `${evse({ uid: 'E1' })},${evse({ uid: 'E9' })}` });
    expect(shown(15, found([read(0, both), read(60, one)]))).toEqual(['locations.vanished']);
    const removed = location({ id: 'L2', evse: evse({ uid: 'E2', status: 'REMOVED' }) });
    expect(shown(15, found([read(0, one, removed), read(60, one)]))).toEqual([]);
    // Of a list that was not read whole nothing is missed.
    const filtered = weRead(`${LIST}?date_from=2026-01-31T00:00:00Z`, answer(list(one), { more: counts(1, 50) }), {
      at: secondsOn(60),
    });
    expect(shown(15, found([read(0, one, two), filtered]))).toEqual([]);
  });

  it('case 18: an error with an empty list', () => {
    const broken = `{"data":[],"status_code":3000,"status_message":"oops",${TIMESTAMP}}`;
    expect(shown(18, found([weRead(LIST, answer(broken))]))).toEqual(['status.error-with-empty-list']);
    expect(shown(18, found([weRead(LIST, answer(list(), { more: counts(0) }))]))).toEqual([]);
    expect(shown(18, found([weRead(LIST, answer(`{"status_code":3000,${TIMESTAMP}}`))]))).toEqual([]);
  });

  it('case 25: one page that fails while others are answered, and an object with a value nobody knows', () => {
    const failing = (seconds: number) =>
      weRead(`${LIST}?limit=2&offset=2`, answer(`{"status_code":3000,${TIMESTAMP}}`), { at: secondsOn(seconds) });
    const [first] = HEALTHY as [LiteralExchange];
    const beyond = page({ query: 'limit=2&offset=4', ids: ['L5'], headers: counts(5), seconds: 3 });
    expect(shown(25, found([first, failing(1), beyond]))).toEqual(['paging.page-failed']);
    expect(shown(25, found([first, failing(1), failing(2)]))).toEqual(['paging.page-failed']);
    // Once may be chance.
    const healed = page({ query: 'limit=2&offset=2', ids: ['L3'], headers: counts(3), seconds: 2 });
    expect(shown(25, found([first, failing(1), healed]))).toEqual([]);
    const odd = location({ evse: evse({ status: 'SLEEPING' }) });
    expect(shown(25, found([weRead(LIST, answer(list(odd), { more: counts(1) }))]))).toEqual(['enum.unknown']);
  });

  it('case 34: a page that is capped below the limit asked for', () => {
    const capped = weRead(`${LIST}?limit=500`, answer(list(location()), { more: counts(1, 100) }));
    expect(shown(34, found([capped]))).toEqual(['paging.limit.capped']);
    expect(shown(34, found(HEALTHY))).toEqual([]);
  });

  it('lists that partners read from us are judged alike', () => {
    const theirs = (query: string, ids: readonly string[], headers: string, seconds: number): LiteralExchange => {
      const exchange = page({ query, ids, headers, seconds });
      return { ...exchange, direction: 'in', request: exchange.request.replace(HOST, '') };
    };
    const first = theirs('limit=2', ['L1', 'L2'], `${link('limit=2&offset=2')}\n${counts(3)}`, 0);
    expect(shown(12, found([first, theirs('limit=2&offset=2', ['L2'], counts(3), 1)]))).toContain('paging.items-twice');
    expect(shown(11, found([first]))).toEqual([]);
  });
});
