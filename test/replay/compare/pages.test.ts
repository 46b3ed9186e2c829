import { describe, expect, it } from 'vitest';
import { differences, IDS, type Made, places, spoken } from './made.ts';

const tariff = (id: unknown, more: Record<string, unknown> = {}) => ({ id, currency: 'EUR', elements: [], ...more });
const PAGE = 'https://partner.example/ocpi/2.2.1/tariffs?limit=2';

interface Page {
  readonly objects?: readonly unknown[];
  readonly link?: string | null;
  readonly total?: string | null;
  readonly limit?: string | null;
  readonly url?: string;
}

const NEXT = '<https://partner.example/ocpi/2.2.1/tariffs?offset=2&limit=2>; rel="next"';

/** The first page of three tariffs, unless said otherwise. */
function page({ objects = [tariff('A'), tariff('B')], link = NEXT, total = '3', limit = '2', url = PAGE }: Page = {}) {
  const lines: [string, string | null][] = [
    ['Link', link],
    ['X-Total-Count', total],
    ['X-Limit', limit],
  ];
  const headers = lines.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]));
  const made: Made = { operation: 'tariffs.list', url, answer: objects, headers: [...IDS, ...headers] };
  return spoken(made);
}

const LINK = 'header answer:header:Link';
const TOTAL = 'header answer:header:X-Total-Count';

describe('a page of a list', () => {
  it('is as recorded where the list has grown and other objects are on it', () => {
    expect(differences(page(), page({ objects: [tariff('A'), tariff('X')], total: '5' }))).toEqual([]);
  });

  it('is as recorded where the list has grown past its end, and a next page is there', () => {
    const recorded = page({ objects: [tariff('A')], link: null, total: '1' });
    expect(differences(recorded, page({ total: '3' }))).toEqual([]);
    expect(places(recorded, page({ total: '3', link: null, objects: [tariff('A'), tariff('B')] }))).toContain(
      LINK.replace('Link', 'X-Total-Count'),
    );
  });

  it.each<[string, Page, readonly string[]]>([
    ['no Link', { link: null }, [LINK]],
    ['a Link with nothing in it', { link: '<>; rel="next"' }, [LINK]],
    ['None', { link: 'None' }, [LINK]],
    ['a relative Link', { link: NEXT.replace('https://partner.example', '') }, [LINK]],
    ['a Link to another host', { link: NEXT.replace('partner.example', 'backend.local') }, [LINK]],
    ['a Link to another scheme', { link: NEXT.replace('https', 'http') }, [LINK]],
    ['a Link to the same page', { link: NEXT.replace('offset=2&', '') }, [LINK]],
    ['a Link that loses the limit', { link: NEXT.replace('&limit=2', '') }, [LINK]],
    ['another page size', { limit: '7' }, ['header answer:header:X-Limit']],
    ['no number of all', { total: null }, [TOTAL]],
    ['a number of all that is none', { total: 'many' }, [TOTAL]],
    ['fewer of all', { total: '2' }, [TOTAL]],
    ['one object left out', { objects: [tariff('A')] }, ['object answer/data']],
    ['none', { objects: [] }, ['object answer/data']],
    ['other objects', { objects: [tariff('B'), tariff('C')] }, ['object answer/data']],
    ['one twice', { objects: [tariff('A'), tariff('A'), tariff('B')] }, ['object answer/data/1', 'object answer/data']],
    ['one without an id', { objects: [tariff('A'), tariff(null)], total: '5' }, ['object answer/data/1']],
    ['a text for an object', { objects: [tariff('A'), 'B'], total: '5' }, ['object answer/data/1']],
    ['another price', { objects: [tariff('A', { currency: 'SEK' }), tariff('B')] }, ['object answer/data/0/currency']],
    ['a field less', { objects: [{ id: 'A', currency: 'EUR' }, tariff('B')] }, ['object answer/data/0/elements']],
    ['an id in another case', { objects: [tariff('a'), tariff('B')] }, ['object answer/data/0/id']],
  ])('differs by %s', (_what, change, expected) => {
    expect(places(page(), page(change))).toEqual(expected);
  });

  it('may have lost objects where it was asked for by date, or is a list of what comes and goes', () => {
    const filtered = 'https://partner.example/ocpi/2.2.1/tariffs?date_from=2026-01-01T00:00:00Z';
    const none = { link: null, limit: null };
    expect(differences(page({ ...none, url: filtered }), page({ ...none, url: filtered, total: '2' }))).toEqual([]);
  });

  it('keeps the date of the request in its Link, whichever date that is', () => {
    const dated = (date: string, kept: string | undefined) =>
      page({
        url: `${PAGE}&date_from=${date}`,
        link: NEXT.replace('?', kept === undefined ? '?' : `?date_from=${kept}&`),
      });
    const [then, now] = ['2026-01-01T00:00:00Z', '2026-05-01T00:00:00Z'];
    expect(places(dated(then, then), dated(now, now))).toEqual([]);
    expect(places(dated(then, then), dated(now, undefined))).toEqual([LINK]);
    expect(places(dated(then, then), dated(now, then))).toEqual([LINK]);
  });
});

describe('a list of locations', () => {
  const located = (status: unknown, more: Record<string, unknown> = {}) =>
    spoken({
      operation: 'locations.list',
      url: 'https://partner.example/ocpi/2.2.1/locations',
      answer: [{ id: 'L', evses: [{ uid: 'E', status, ...more }] }],
    });

  it('is as recorded whatever its EVSEs are doing, as long as it is told as before', () => {
    expect(differences(located('AVAILABLE'), located('CHARGING'))).toEqual([]);
    expect(places(located('AVAILABLE'), located(null))).toEqual(['object answer/data/0/evses/0/status']);
    expect(places(located('AVAILABLE'), located('AVAILABLE', { floor_level: '1' }))).toEqual([
      'object answer/data/0/evses/0/floor_level',
    ]);
  });
});
