import { describe, expect, it } from 'vitest';
import { differences, envelopeOf, IDS, type Made, NOW, places, ROUTING, spoken } from './made.ts';

const SESSION = {
  country_code: 'NL',
  party_id: 'TNM',
  id: 'S1',
  start_date_time: '2026-05-04T09:00:00Z',
  kwh: 3.5,
  cdr_token: { country_code: 'SE', party_id: 'WBX', uid: 'T1', type: 'RFID', contract_id: 'SE-WBX-C1' },
  auth_method: 'COMMAND',
  location_id: 'LOC1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: [
    { start_date_time: '2026-05-04T09:00:00Z', dimensions: [{ type: 'ENERGY', volume: 1.5 }] },
    { start_date_time: '2026-05-04T09:10:00Z', dimensions: [{ type: 'ENERGY', volume: 2 }] },
  ],
  status: 'ACTIVE',
  last_updated: '2026-05-04T09:10:00Z',
};
const answered = (answer: unknown, more: Made = {}) => spoken({ answer, ...more });
const session = (change: Record<string, unknown> = {}, more: Made = {}) => answered({ ...SESSION, ...change }, more);

describe('an answer', () => {
  it('is as recorded where only times, the session id that was learned and measured numbers are others', () => {
    const change = {
      id: 'OTHER9',
      kwh: 7.25,
      start_date_time: '2026-05-04T10:00:01Z',
      last_updated: '2026-05-04T10:11:01Z',
      charging_periods: [{ start_date_time: '2026-05-04T10:00:01Z', dimensions: [{ type: 'ENERGY', volume: 7.25 }] }],
    };
    const met = session(change, { startedAt: NOW + 900_000 });
    expect(differences(session(), met, { bound: [['session', 'S1', 'OTHER9']] })).toEqual([]);
  });

  it('is as recorded while nobody knows yet what the partner calls the session', () => {
    expect(differences(session(), session({ id: 'NEW' }))).toEqual([]);
  });

  it('differs where an id that is known refers to something else', () => {
    const [found] = differences(session(), session({ id: 'S2' }), { bound: [['session', 'S1', 'OTHER9']] });
    expect(found).toMatchObject({
      layer: 'object',
      where: 'answer/data/id',
      expected: '"OTHER9"',
      met: '"S2"',
      meaning: 'It refers to another session than before.',
    });
  });

  it.each([
    ['a field that is missing', { currency: undefined }, 'object answer/data/currency'],
    ['a field of the partner’s own', { vendor_note: 'x' }, 'object answer/data/vendor_note'],
    ['a value', { status: 'INVALID' }, 'object answer/data/status'],
    ['null for a value', { currency: null }, 'object answer/data/currency'],
    ['a number that became text', { kwh: '3.5' }, 'object answer/data/kwh'],
    ['energy below zero', { kwh: -3.5 }, 'object answer/data/kwh'],
    ['energy no meter has', { kwh: 1e300 }, 'object answer/data/kwh'],
    ['an id in another case', { evse_uid: 'e1' }, 'object answer/data/evse_uid'],
    ['a time that does not exist', { last_updated: '2026-05-04T09:10:66Z' }, 'object answer/data/last_updated'],
    ['a time with an offset', { last_updated: '2026-05-04T09:10:00+00:00' }, 'object answer/data/last_updated'],
    ['a time without a zone', { last_updated: '2026-05-04T09:10:00' }, 'object answer/data/last_updated'],
    ['a fraction no time had', { last_updated: '2026-05-04T09:10:00.123Z' }, 'object answer/data/last_updated'],
    ['a time in the future', { last_updated: '2026-05-05T09:10:00Z' }, 'object answer/data/last_updated'],
    ['no period any more', { charging_periods: [] }, 'object answer/data/charging_periods'],
  ])('differs by %s', (_what, change, place) => {
    const known = { bound: [['evse', 'E1', 'E1']] } as const;
    expect(places(session(), session(change), known)).toEqual([place]);
  });

  it('differs by measured numbers and the number of periods where they have to be the same', () => {
    const met = session({ kwh: 4, charging_periods: SESSION.charging_periods.slice(0, 1) });
    expect(places(session(), met, { strict: true })).toEqual([
      'object answer/data/kwh',
      'object answer/data/charging_periods/1',
    ]);
  });

  it('differs by HTTP, told by what the status means', () => {
    expect(differences(session(), answered(SESSION, { status: 201 }))[0]?.meaning).toBe(
      'HTTP 201, a success as before, with another status.',
    );
    const refused = differences(session(), spoken({ answer: envelopeOf(undefined, 3000), status: 500 }));
    expect(refused.map(({ layer, where }) => `${layer} ${where}`)).toEqual([
      'http answer:status',
      'ocpi answer/status_code',
    ]);
    expect(refused[0]?.meaning).toBe('HTTP 500 is a failure of the server; 200 was a success.');
  });

  it.each([
    ['another code', envelopeOf(SESSION, 1001), ['ocpi answer/status_code']],
    ['a refusal', envelopeOf(undefined, 2003), ['ocpi answer/status_code']],
    ['the code as text', envelopeOf(SESSION).replace('1000', '"1000"'), ['ocpi answer/status_code']],
    ['no data', envelopeOf(undefined), ['ocpi answer/data']],
    ['data that is null', envelopeOf(null), ['ocpi answer/data']],
    ['a list for an object', envelopeOf([SESSION]), ['object answer/data']],
    [
      'no status_message',
      envelopeOf(SESSION).replace('"status_message":"Success",', ''),
      ['ocpi answer/status_message'],
    ],
    ['another wording', envelopeOf(SESSION).replace('Success', 'Fine'), []],
    ['a field of the envelope', envelopeOf(SESSION).replace('{', '{"took":3,'), ['ocpi answer/took']],
    ['no timestamp', envelopeOf(SESSION).replace(/,"timestamp":"[^"]*"/, ''), ['ocpi answer/timestamp']],
    [
      'an odd timestamp',
      envelopeOf(SESSION).replace(/"timestamp":"[^"]*"/, '"timestamp":"now"'),
      ['ocpi answer/timestamp'],
    ],
    ['no envelope', JSON.stringify(SESSION), ['ocpi answer']],
    ['HTML', '<html>Bad Gateway</html>', ['object answer']],
    ['what is no JSON', envelopeOf(SESSION).slice(0, -1), ['object answer']],
    ['a byte behind it', `${envelopeOf(SESSION)}}`, ['object answer']],
    ['nothing', '', ['object answer']],
    ['a byte order mark', `\ufeff${envelopeOf(SESSION)}`, ['object answer']],
    ['bytes that are not UTF-8', envelopeOf(SESSION).replace('Success', 'Succe\ufffd'), ['object answer']],
    ['a name that stands twice', envelopeOf(SESSION).replace('"kwh"', '"kwh":1,"kwh"'), ['object answer']],
  ])('with %s', (_what, text, expected) => {
    expect(places(session(), spoken({ answer: text }))).toEqual(expected);
  });

  it.each([
    ['another charset', [['Content-Type', 'application/json; charset=latin1']], 'header answer:header:Content-Type'],
    ['no ids', [['Content-Type', 'application/json']], 'header answer:header:X-Request-ID'],
    ['another request id', [...IDS.slice(1), ['X-Request-ID', 'other']], 'header answer:header:X-Request-ID'],
    ['a line that stands twice', [...IDS, ['X-Request-ID', 'r2']], 'header answer:header:X-Request-ID'],
    ['parties not swapped', [...IDS, ...ROUTING], 'header answer:header:OCPI-to-party-id'],
    ['no parties', IDS, 'header answer:header:OCPI-to-party-id'],
    ['compression', [...IDS, ['Content-Encoding', 'gzip']], 'header answer:header:Content-Encoding'],
  ] as const)('differs by a header: %s', (_what, headers, place) => {
    expect(places(session(), answered(SESSION, { headers: headers.map(([name, value]) => [name, value]) }))).toContain(
      place,
    );
  });

  it('does not differ by lines of the transport, nor by a charset that means the same', () => {
    const recorded = session();
    const lines = recorded.answer?.headers ?? [];
    const other: [string, string][] = lines.map(([name, value]) => [
      name.toLowerCase(),
      name === 'Content-Type' ? 'application/json; charset=utf-8' : value,
    ]);
    const met = answered(SESSION, { headers: [...other, ['Date', 'now'], ['Server', 'x'], ['Connection', 'close']] });
    expect(differences(recorded, met)).toEqual([]);
  });

  it.each([
    ['reset', { how: 'reset', received: 0 }],
    ['timeout', { how: 'timeout', phase: 'first-byte', afterMs: 60_000 }],
    ['malformed', { how: 'malformed', detail: 'x' }],
  ])('that did not come whole (%s) is a difference of the network', (_how, ended) => {
    const met = { ...session(), ended, answer: undefined };
    expect(places(session(), met)).toEqual(['network']);
    expect(places({ ...met }, met)).toEqual([]);
    expect(places(met, session())).toEqual(['network']);
  });

  it('that was cut off is told by that, not by what is missing of it', () => {
    const text = envelopeOf(SESSION);
    const met = spoken({ answer: text.slice(0, 40), ended: { how: 'cut', received: 40 } });
    expect(places(session(), met)).toEqual(['network']);
  });

  it('differs by its time where it took over a second and three times as long', () => {
    const slow = answered(SESSION, { durationMs: 1200 });
    expect(places(session(), slow)).toEqual(['time']);
    expect(places(answered(SESSION, { durationMs: 500 }), slow)).toEqual([]);
    expect(places(answered(SESSION, { durationMs: null }), slow)).toEqual([]);
    expect(places(session(), answered(SESSION, { durationMs: 900 }))).toEqual([]);
  });

  it('of which nothing was recorded is any answer', () => {
    const recorded = { ...session(), answer: undefined, ended: { how: 'unknown' } };
    expect(differences(recorded, spoken({ answer: 'x', status: 500 }))).toEqual([]);
  });

  it('with a thousand differences tells a hundred, and how many more there are', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`field_${at}`, at]));
    const found = differences(session(), session(many));
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.meaning).toBe('900 further differences are not listed.');
  });
});

const POSTED = {
  operation: 'cdrs.post',
  method: 'POST',
  url: 'https://partner.example/cdrs',
  status: 201,
  body: { id: 'C1' },
};
const withLocation = (location: string | undefined): SpokenHeaders => [
  ...IDS,
  ...(location === undefined ? [] : ([['Location', location]] as [string, string][])),
];
type SpokenHeaders = [string, string][];

describe('a CDR that was taken', () => {
  it.each([
    ['elsewhere', 'https://partner.example/cdrs/9', []],
    ['nowhere', undefined, ['header answer:header:Location']],
    ['at a relative URL', '/cdrs/9', ['header answer:header:Location']],
  ])('and is kept %s', (_where, location, expected) => {
    const recorded = spoken({ ...POSTED, headers: withLocation('https://partner.example/cdrs/1') });
    expect(places(recorded, spoken({ ...POSTED, headers: withLocation(location) }))).toEqual(expected);
  });
});

describe('a request of the partner', () => {
  const PUT = { operation: 'sessions.put', method: 'PUT', body: SESSION, url: '/ocpi/2.2.1/sessions/NL/TNM/S1' };
  const put = (change: Made = {}) => spoken({ ...PUT, ...change });
  const them = { by: 'them' } as const;

  it('is as recorded whatever we answer to it', () => {
    expect(differences(put(), { ...put({ status: 500, answer: 'x' }) }, them)).toEqual([]);
  });

  it('differs by its body, its path and its query', () => {
    expect(places(put(), put({ body: { ...SESSION, status: 'COMPLETED' } }), them)).toEqual(['object request/status']);
    expect(places(put(), put({ url: '/ocpi/2.2.1/sessions/ZZ/ZZZ/S1' }), them)).toEqual([
      'http request:url:country_code',
      'http request:url:party_id',
    ]);
    expect(places(put(), put({ url: '/ocpi/2.2.1/sessions/NL/TNM/S1/' }), them)).toEqual(['http request:url']);
    expect(places(put(), put({ url: `${PUT.url}?force=1` }), them)).toEqual(['http request:query:force']);
    const known = { by: 'them', bound: [['session', 'S1', 'S9']] } as const;
    expect(places(put(), put({ url: '/ocpi/2.2.1/sessions/NL/TNM/S8' }), known)).toEqual([
      'http request:url:session_id',
      'object request/id',
    ]);
  });

  it('differs by how its token is written, not by which token it is', () => {
    const token = (text: string) => put({ requestHeaders: [...IDS, ...ROUTING, ['Authorization', text]] });
    const recorded = token('Token {token:abc:base64:44}');
    expect(places(recorded, token('Token {token:xyz:base64:40}'), them)).toEqual([]);
    expect(places(recorded, token('Token {token:xyz:raw:40}'), them)).toEqual(['header request:header:Authorization']);
    expect(places(recorded, put(), them)).toContain('header request:header:Authorization');
  });

  it('that did not come whole is a difference of the network', () => {
    expect(places(put(), put({ ended: { how: 'cut', received: 4 }, body: '{"id"' }), them)).toEqual(['network']);
  });
});
