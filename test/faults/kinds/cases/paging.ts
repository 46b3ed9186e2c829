import type { SocketCase } from './case.ts';
import { FIRST_TARIFF, LIST } from './ground.ts';

const LINK = /^Link: <(.*)>; rel="next"$/;

/** Another Link header, made of the URL there was; undefined: none. */
function link(write: (url: string) => string | undefined) {
  return {
    lines: (lines: readonly string[]) =>
      lines.flatMap(line => {
        const url = LINK.exec(line)?.[1];
        if (url === undefined) return [line];
        const written = write(url);
        return written === undefined ? [] : [`Link: ${written}`];
      }),
  };
}

function header(name: string, value: string | undefined) {
  return {
    lines: (lines: readonly string[]) =>
      lines.flatMap(line => {
        if (!line.startsWith(`${name}: `)) return [line];
        return value === undefined ? [] : [`${name}: ${value}`];
      }),
  };
}

const SECOND_TARIFF = FIRST_TARIFF.replace('"T1"', '"T2"').replace('01-01T', '01-02T');
const FILTERED = { ask: 'GET sender/tariffs?date_from=2025-12-31T00:00:00Z&limit=1' } as const;
const SECOND_PAGE = { ask: 'GET sender/tariffs?offset=1&limit=1' } as const;
const LAST_PAGE = { ask: 'GET sender/tariffs?offset=2&limit=2' } as const;
/** Which tariffs arrived, and where the next page is. */
function page(...ids: readonly string[]) {
  return (arrived: string): void => {
    const found = [...arrived.matchAll(/"id":"(T\d)"/g)].map(([, id]) => id);
    if (found.join() !== ids.join()) throw new Error(`${found.join()} arrived, not ${ids.join()}: ${arrived}`);
  };
}

export const PAGING_CASES: readonly SocketCase[] = [
  { kind: 'paging.link-missing', on: LIST, becomes: link(() => undefined), did: 'the Link header was left out' },
  {
    kind: 'paging.link-on-last',
    on: { ask: 'GET sender/tariffs?limit=9' },
    arrives: /\r\nLink: <http:\/\/[^/]+\/ocpi\/2\.2\.1\/sender\/tariffs\?offset=3&limit=\d+>; rel="next"\r\n/,
  },
  {
    kind: 'paging.link-loop',
    on: LIST,
    becomes: link(url => `<${url.replace(/\?.*/, '?limit=2')}>; rel="next"`),
  },
  {
    kind: 'paging.link-relative',
    on: LIST,
    becomes: link(url => `<${url.replace(/^http:\/\/[^/]+/, '')}>; rel="next"`),
  },
  { kind: 'paging.link-http', on: LIST, becomes: link(url => `<${url.replace('http:', 'https:')}>; rel="next"`) },
  {
    kind: 'paging.link-other-host',
    parameters: { host: 'backend.local:8080' },
    on: LIST,
    becomes: link(url => `<${url.replace(/\/\/[^/]+/, '//backend.local:8080')}>; rel="next"`),
  },
  { kind: 'paging.link-none', on: LIST, becomes: link(() => 'None'), did: 'the Link header said None' },
  {
    kind: 'paging.link-none',
    how: 'on the last page too',
    parameters: { word: 'null' },
    on: LAST_PAGE,
    arrives: /\r\nLink: null\r\n/,
  },
  { kind: 'paging.link-empty', on: LIST, becomes: link(() => '<>; rel="next"') },
  {
    kind: 'paging.filters-lost',
    on: FILTERED,
    becomes: link(url => `<${url.replace(/date_from=[^&]*&?/, '').replace(/&$/, '')}>; rel="next"`),
  },
  {
    kind: 'paging.limit-lost',
    on: LIST,
    becomes: link(url => `<${url.replace(/&?limit=2/, '').replace('?&', '?')}>; rel="next"`),
  },
  { kind: 'paging.limit-lies', parameters: { limit: 7 }, on: LIST, becomes: header('X-Limit', '7') },
  {
    kind: 'paging.total-drifts',
    parameters: { by: 1 },
    on: LIST,
    arrives: /\r\nX-Total-Count: [24]\r\n/,
    did: /^X-Total-Count went from 3 to [24]$/,
  },
  { kind: 'paging.total-missing', on: LIST, becomes: header('X-Total-Count', undefined) },
  {
    kind: 'paging.item-twice',
    parameters: { object: 'first' },
    on: LIST,
    becomes: { body: body => body.replace(FIRST_TARIFF, `${FIRST_TARIFF},${FIRST_TARIFF}`) },
  },
  {
    kind: 'paging.item-skipped',
    parameters: { object: 'last' },
    on: LIST,
    becomes: { body: body => body.replace(`,${SECOND_TARIFF}`, '') },
    did: 'object 2 was left out',
  },
  { kind: 'paging.page-shifts', parameters: { by: 1 }, on: SECOND_PAGE, arrives: page('T3') },
  { kind: 'paging.page-shifts', how: 'backwards', parameters: { by: -1 }, on: SECOND_PAGE, arrives: page('T1') },
  { kind: 'paging.capped', parameters: { most: 1 }, on: LIST, arrives: page('T1') },
  { kind: 'paging.offset-ignored', on: SECOND_PAGE, arrives: page('T1'), did: 'offset was ignored' },
  {
    kind: 'paging.date-from-ignored',
    on: { ask: 'GET sender/tariffs?date_from=2026-01-03T00:00:00Z' },
    arrives: page('T1', 'T2', 'T3'),
  },
];
