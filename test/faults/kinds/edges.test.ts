import { describe, expect, it } from 'vitest';
import { type Crossing, Playing, played } from './played.ts';

type Line = readonly [
  kind: string,
  parameters: object,
  crossing: Crossing & { direction: 'answer' | 'send' },
  said: string,
];

const answer = (operation: string, json: string, more: Partial<Crossing> = {}) =>
  ({ direction: 'answer', operation, json, ...more }) as const;
const send = (operation: string, json: string, more: Partial<Crossing> = {}) =>
  ({ direction: 'send', operation, json, ...more }) as const;

const LOCATIONS = answer('locations.list', '[{"id":"1","city":"X"}]');
const EMPTY = answer('locations.list', '[]');
const ERROR = answer('locations.list', '', { body: '{"status_code":2000,"timestamp":"x"}' });
const LINKED: Crossing['headers'] = [['Link', '<https://a.example/l?limit=2>; rel="next"']];

/** What there is nothing to do about, and what is said then. */
const NOTHING: readonly Line[] = [
  ['object.required-missing', {}, EMPTY, 'there is no OCPI object in this message'],
  ['object.required-missing', {}, ERROR, 'there is no OCPI object in this message'],
  [
    'object.required-missing',
    {},
    answer('locations.list', '', { body: '<html>' }),
    'there is no OCPI object in this message',
  ],
  [
    'object.required-missing',
    { field: 'nobody' },
    LOCATIONS,
    'there is no required field called nobody in what the message holds',
  ],
  ['object.unknown-enum', {}, LOCATIONS, 'there is no closed enum in what the message holds'],
  ['object.number-as-text', {}, answer('tokens.list', '[{"uid":"1"}]'), 'there is no number in what the message holds'],
  ['object.date-impossible', {}, LOCATIONS, 'there is no date and time in what the message holds'],
  [
    'object.date-with-offset',
    {},
    answer('tokens.list', '[{"last_updated":"yesterday"}]'),
    'there is no date that ends with Z in what the message holds',
  ],
  ['object.id-case', {}, LOCATIONS, 'there is no id that has another case in what the message holds'],
  [
    'object.id-case-url',
    {},
    send('sessions.put', '{}', { params: { session_id: '12' }, url: 'https://a.example/NL/X/12' }),
    'no id in the URL has another case',
  ],
  ['object.party-body', {}, LOCATIONS, 'no object of this message names its party'],
  [
    'object.party-url',
    {},
    send('sessions.put', '{}', { params: {}, url: 'https://a.example/x' }),
    'the URL names no other party',
  ],
  ['object.party-header', {}, { ...LOCATIONS, version: '2.1.1' }, '2.1.1 has no routing headers'],
  ['object.last-updated-stale', {}, LOCATIONS, 'there is no last_updated that could be another one'],
  [
    'object.parent-not-updated',
    {},
    answer('tokens.list', '[{"last_updated":"2026-01-01T00:00:00Z"}]'),
    'there is no last_updated that could be another one',
  ],
  ['object.unknown-property', { name: 'id' }, LOCATIONS, 'every object has a property called id already'],
  ['object.unusable', {}, answer('locations.list', '[{"city":"X"}]'), 'no object of the list has an id'],
  ['object.unusable', {}, EMPTY, 'there is no list of objects in this answer'],
  ['object.vanished', {}, EMPTY, 'there is no list of objects in this answer'],
  ['paging.link-missing', {}, LOCATIONS, 'there is no Link to a next page in this answer'],
  ['paging.link-relative', {}, LOCATIONS, 'there is no Link to a next page in this answer'],
  ['paging.link-on-last', {}, { ...LOCATIONS, headers: LINKED }, 'this is not the last page'],
  ['paging.filters-lost', {}, { ...LOCATIONS, headers: LINKED }, 'there are no filters in the Link'],
  [
    'paging.limit-lost',
    {},
    { ...LOCATIONS, headers: [['Link', '<https://a.example/l>; rel="next"']] },
    'there is no limit in the Link',
  ],
  ['paging.limit-lies', {}, LOCATIONS, 'there is no X-Limit in this answer'],
  [
    'paging.total-drifts',
    {},
    { ...LOCATIONS, headers: [['X-Total-Count', 'many']] },
    'there is no X-Total-Count in this answer',
  ],
  ['paging.total-missing', { limit: true }, LOCATIONS, 'there is no X-Total-Count or X-Limit in this answer'],
  ['paging.item-twice', {}, EMPTY, 'there is no list of objects in this answer'],
  [
    'paging.page-shifts',
    {},
    { ...LOCATIONS, url: '/l?offset=0&limit=2' },
    'there was nothing to change in what was asked',
  ],
  ['paging.capped', { most: 5 }, { ...LOCATIONS, url: '/l?limit=5' }, 'there was nothing to change in what was asked'],
  ['paging.offset-ignored', {}, { ...LOCATIONS, url: '/l?limit=5' }, 'there was nothing to change in what was asked'],
  ['push.patch-undated', {}, send('sessions.patch', '{"kwh":1}'), 'there is no last_updated in it'],
  ['push.patch-undated', {}, send('sessions.patch', '[1]'), 'the request has no JSON object as its body'],
  [
    'push.patch-list',
    { list: 'nobody' },
    send('sessions.patch', '{"kwh":1}'),
    'there is no list that it does not have already',
  ],
  [
    'push.periods-newest',
    {},
    send('sessions.put', '{"charging_periods":[{}]}'),
    'there are no two charging periods in it',
  ],
  ['push.slow-success', {}, answer('sessions.put', 'null', { status: 404 }), 'the answer is no success'],
  ['push.slow-success', {}, answer('sessions.put', '', { body: '{"status_code":2001}' }), 'the answer is no success'],
  ['async.timeout-then-session', {}, send('commands.result', '{"result":"REJECTED"}'), 'the result is not ACCEPTED'],
  [
    'async.deadline-short',
    {},
    answer('commands.stop-session', '{"result":"ACCEPTED"}', { version: '2.1.1' }),
    'the answer names no timeout',
  ],
  [
    'async.authorize-http-error',
    {},
    answer('tokens.authorize', '', { body: '{"status_code":2004}', status: 404 }),
    'the answer holds no AuthorizationInfo',
  ],
  ['async.allowed-anyway', {}, answer('tokens.authorize', '{"allowed":"ALLOWED"}'), 'the token is allowed anyway'],
  ['async.whitelist-contradicts', {}, send('tokens.put', '{"valid":false,"whitelist":"ALWAYS"}'), 'it says so already'],
  ['money.cdr-early', {}, send('sessions.put', '{"status":"ACTIVE"}'), 'the session does not end with it'],
  ['money.cdr-early', {}, answer('sessions.list', '[{"status":"ACTIVE"}]'), 'no session in it has ended'],
  ['money.cdr-duplicate-id', {}, send('cdrs.post', '{"id":7}'), 'no CDR of it has an id'],
  ['money.kwh-falls', {}, send('sessions.patch', '{"status":"ACTIVE"}'), 'no object of this message has kwh above 0'],
  ['money.total-off', {}, send('cdrs.post', '{"id":"C"}'), 'no object of this message has such a total'],
  [
    'money.step-size',
    {},
    send('cdrs.post', '{"id":"C","total_cost":{"excl_vat":1},"tariffs":[]}'),
    'no object of this message has a tariff with a price and a step_size in it',
  ],
  [
    'money.credit-unreferenced',
    {},
    send('cdrs.post', '{"id":"C","total_cost":1}', { version: '2.1.1' }),
    'no CDR of a version that knows credit CDRs is in this message',
  ],
  [
    'money.number-for-price',
    {},
    send('cdrs.post', '{"id":"C","total_cost":1}'),
    'there is no price that is an object in what the message holds',
  ],
  [
    'money.periods-overlap',
    {},
    send('cdrs.post', '{"charging_periods":[{"start_date_time":"now"},{}]}'),
    'no object of this message has charging periods with readable dates',
  ],
  ['money.cdr-url-in-body', {}, answer('cdrs.post', 'null'), 'the answer has no Location header'],
  ['hub.unknown-receiver', {}, { ...LOCATIONS, version: '2.1.1' }, 'a hub speaks OCPI 2.2.1 or 2.3.0'],
  ['hub.broken-party', {}, { ...LOCATIONS, version: '2.1.1' }, 'nothing in this list belongs to the broken party'],
  ['hub.party-errors', {}, LOCATIONS, 'the request was not addressed to the broken party'],
];

it.each(NOTHING)('%s with %o has nothing to do and says why', (kind, parameters, crossing, said) => {
  const before = crossing.body;
  const result = played(kind, crossing, parameters);
  expect({ applied: result.applied, did: result.did }).toEqual({ applied: false, did: said });
  if (before !== undefined) expect(result.text).toBe(before);
  else expect(crossing.direction === 'answer' ? result.data : result.text).toBe(crossing.json);
});

/** What becomes of a body. */
const BECOMES: readonly Line[] = [
  // Amounts in the shape of each version, taxes in proportion.
  [
    'money.total-off',
    { by: 1 },
    send('cdrs.post', '{"total_cost": 4.50}', { version: '2.1.1' }),
    '{"total_cost": 5.5}',
  ],
  [
    'money.total-off',
    { by: 1 },
    send('cdrs.post', '{"total_cost":{"before_taxes":4.00,"taxes":[{"name":"VAT","amount":0.84}]}}', {
      version: '2.3.0',
    }),
    '{"total_cost":{"before_taxes":5,"taxes":[{"name":"VAT","amount":1.05}]}}',
  ],
  [
    'money.total-off',
    { by: 1 },
    send('cdrs.post', '{"total_cost":{"excl_vat":0,"incl_vat":0}}'),
    '{"total_cost":{"excl_vat":1,"incl_vat":1}}',
  ],
  [
    'money.step-size',
    { steps: 2 },
    send(
      'cdrs.post',
      '{"total_cost":1,"tariffs":[{"elements":[{"price_components":[{"type":"TIME","price":6,"step_size":300}]}]}]}',
      { version: '2.1.1' },
    ),
    // Two steps of five minutes at 6 an hour.
    '{"total_cost":2,"tariffs":[{"elements":[{"price_components":[{"type":"TIME","price":6,"step_size":300}]}]}]}',
  ],
  [
    'money.periods-overlap',
    {},
    send('cdrs.post', '{"charging_periods":[{"a":1.0}]}'),
    '{"charging_periods":[{"a":1.0},{"a":1}]}',
  ],
  [
    'money.cdr-early',
    {},
    answer('sessions.list', '[{"status":"ACTIVE"},{"status":"COMPLETED","end_datetime":"x"}]', { version: '2.1.1' }),
    '[{"status":"ACTIVE"},{"status":"ACTIVE"}]',
  ],
  ['money.cdr-duplicate-id', {}, answer('cdrs.list', '[{"id":"A"}, {"id":"B"}]'), '[{"id":"A"}, {"id":"A"}]'],
  ['money.cdr-duplicate-id', {}, answer('cdrs.list', '[{"id":"A"}]'), '[{"id":"A"},{"id":"A"}]'],
  ['money.watt-hours', { what: 'totals' }, send('sessions.patch', '{"kwh":1.234567}'), '{"kwh":1234.567}'],
  // A part of an object may lack anything; which one it is and when it changed it has to say.
  [
    'object.optional-null',
    { every: true },
    send('sessions.patch', '{"id":"S","kwh":1,"last_updated":"x"}'),
    '{"id":"S","kwh":null,"last_updated":"x"',
  ],
  [
    'object.date-with-fraction',
    { digits: 1, every: true },
    send('sessions.put', '{"start_date_time":"2026-01-01T00:00:00.5Z","last_updated":"2026-01-01T00:00:00+01:00"}'),
    '{"start_date_time":"2026-01-01T00:00:00.5Z","last_updated":"2026-01-01T00:00:00.1+01:00"}',
  ],
  [
    'object.coordinate-decimals',
    { decimals: 0 },
    send('locations.put', '{"coordinates":{"latitude":"-0.5","longitude":4.5}}'),
    '{"coordinates":{"latitude":"-0","longitude":4.5}}',
  ],
  [
    'object.unusable',
    { object: 'last', how: 'empty' },
    answer('locations.list', '[{"id":"A"} , {"id":"B"}]'),
    '[{"id":"A"} , {}]',
  ],
  ['object.vanished', { share: 1 }, answer('locations.list', '[ {"id":"A"} , 5 , {"id":"B"} ]'), '[ 5 ]'],
  [
    'push.patch-list',
    {},
    send('sessions.patch', '{"kwh":1}'),
    '{"kwh":1,"charging_periods":[{"start_date_time":"2026-05-04T10:00:00Z","dimensions":[{"type":"ENERGY","volume":1}]}]}',
  ],
];

it.each(BECOMES)('%s with %o makes of %o what it says', (kind, parameters, crossing, expected) => {
  const result = played(kind, crossing, parameters);
  expect(result.did).not.toBe('');
  expect(result.applied).toBe(true);
  const became = String(crossing.direction === 'answer' ? result.data : result.text);
  if (expected.endsWith('}') || expected.endsWith(']')) expect(became).toBe(expected);
  else expect(became.startsWith(expected)).toBe(true);
});

describe('a PATCH of a part goes to what is around it', () => {
  const params = { country_code: 'NL', party_id: 'WBX', location_id: 'L/1', evse_uid: 'E1', connector_id: '1' };
  it.each([
    [
      '2.1.1',
      'locations.patch-connector',
      'https://p.example/l/NL/WBX/L%2F1/E1/1?a=1',
      'https://p.example/l/NL/WBX/L%2F1/E1?a=1',
      '{"connectors":[{"format":"CABLE","id":"1"}]}',
    ],
    [
      '2.3.0',
      'locations.patch-evse',
      'https://p.example/l/NL/WBX/L%2F1/E1/',
      'https://p.example/l/NL/WBX/L%2F1/',
      '{"evses":[{"format":"CABLE","uid":"E1"}]}',
    ],
  ] as const)('in %s, %s', (version, operation, url, wanted, json) => {
    const result = new Playing('push.patch-list').send({ operation, version, params, url, json: '{"format":"CABLE"}' });
    expect(result).toMatchObject({ url: wanted, text: json });
  });
});

describe('what is asked', () => {
  it.each([
    [
      'paging.capped',
      { most: 5 },
      'date_from=2026-01-01T00%3A00%3A00Z&limit=50',
      'date_from=2026-01-01T00%3A00%3A00Z&limit=5',
    ],
    ['paging.capped', { most: 5 }, '', 'limit=5'],
    ['paging.page-shifts', { by: -9 }, 'limit=2&offset=4', 'limit=2&offset=0'],
    ['paging.offset-ignored', {}, 'offset=4&limit=2', 'limit=2'],
    ['paging.date-from-ignored', {}, 'date_from=x&date_to=y', 'date_to=y'],
    ['hub.page-cap', { locations: 7 }, 'limit=8', 'limit=7'],
  ] as const)('by %s with %o of %s is %s', (kind, parameters, query, wanted) => {
    const url = `/ocpi/2.2.1/sender/locations${query === '' ? '' : `?${query}`}`;
    expect(new Playing(kind, parameters).answer({ operation: 'locations.list', json: '[]', url })).toMatchObject({
      query: wanted,
      applied: true,
    });
  });
});

describe('a Link on the last page', () => {
  const next = (url: string, json: string) =>
    new Playing('paging.link-on-last').answer({ operation: 'locations.list', json, url }).headers['Link'];

  it('leads on behind the objects that came, with the filters, for ever', () => {
    expect(next('/l?offset=4&limit=3&date_from=x', '[{"id":"1"},{"id":"2"}]')).toBe(
      '<https://workbench.example/l?date_from=x&offset=6&limit=3>; rel="next"',
    );
    expect(next('/l?date_from=x&offset=6&limit=3', '[]')).toBe(
      '<https://workbench.example/l?date_from=x&offset=9&limit=3>; rel="next"',
    );
    expect(next('/l', '[]')).toBe('<https://workbench.example/l?offset=50&limit=50>; rel="next"');
  });
});

describe('parameters that cannot be', () => {
  it.each([
    ['object.date-with-offset', { offset: 'Z' }],
    ['object.party-body', { party: 'NLTNMX' }],
    ['object.vanished', { share: 0 }],
    ['paging.page-shifts', { by: 0 }],
    ['paging.link-other-host', { host: 'a b' }],
    ['money.kwh-falls', { to: 1 }],
    ['money.total-off', { by: 0 }],
    ['hub.party-errors', { code: 999 }],
    ['async.late', { ms: -1 }],
    ['push.duplicate', { times: 0 }],
  ])('%s takes no %o', (kind, parameters) => {
    expect(() => played(kind, LOCATIONS, parameters)).toThrow();
  });
});
