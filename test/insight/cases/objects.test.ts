import { describe, expect, it } from 'vitest';
import type { Version } from '../../../core/ocpi/versions.ts';
import type { LiteralExchange } from '../../support/observed.ts';
import { found, shown } from '../found.ts';
import {
  answer,
  cdr,
  data,
  evse,
  FINE,
  list,
  location,
  period,
  secondsOn,
  session,
  TIMESTAMP,
  theySend,
  weRead,
  weSend,
} from './messages.ts';

const LOCATIONS = '/ocpi/2.2.1/locations';
const SESSION = '/ocpi/2.2.1/sessions/NL/TNM/S1';

const patch = (body: string, more: Partial<LiteralExchange> = {}) =>
  theySend({ method: 'PATCH', path: SESSION, body }, { operation: 'sessions.patch', ...more });
const put = (body: string, more: Partial<LiteralExchange> = {}) =>
  theySend({ method: 'PUT', path: SESSION, body }, more);
const post = (body: string, more: Partial<LiteralExchange> = {}) =>
  theySend(
    { method: 'POST', path: '/ocpi/2.2.1/cdrs', body },
    {
      operation: 'cdrs.post',
      response: answer(FINE, { more: 'Location: https://us.example/cdrs/1' }).replace(/OCPI-.*\n/g, ''),
      ...more,
    },
  );

describe('objects', () => {
  it('case 24: a PATCH without last_updated, with a list, with periods that were sent before', () => {
    expect(shown(24, found([patch('{"kwh":2}')]))).toEqual(['patch.last-updated-missing']);
    const listed = theySend(
      {
        method: 'PATCH',
        path: `${LOCATIONS}/NL/TNM/LOC1`,
        body: '{"facilities":["CAFE"],"last_updated":"2026-01-31T12:00:00Z"}',
      },
      { operation: 'locations.patch' },
    );
    expect(shown(24, found([listed]))).toEqual(['patch.list']);
    const children = theySend(
      {
        method: 'PATCH',
        path: `${LOCATIONS}/NL/TNM/LOC1`,
        body: `{"evses":[${evse()}],"last_updated":"2026-01-31T12:00:00Z"}`,
      },
      { operation: 'locations.patch' },
    );
    expect(shown(24, found([children]))).toEqual(['patch.children', 'patch.list']);
    const [first, second] = [period('2026-01-31T11:30:00Z'), period('2026-01-31T11:45:00Z')];
    const begun = put(session({ periods: first }));
    const appended = patch(`{"charging_periods":[${second}],"last_updated":"2026-01-31T12:05:00Z"}`, {
      at: secondsOn(300),
    });
    const repeated = patch(`{"charging_periods":[${first},${second}],"last_updated":"2026-01-31T12:05:00Z"}`, {
      at: secondsOn(300),
    });
    expect(shown(24, found([begun, appended]))).toEqual([]);
    expect(shown(24, found([begun, repeated]))).toEqual(['session.periods-repeated']);
  });

  it('case 24: periods that a receiver replaced instead of appending them', () => {
    const [first, second] = [period('2026-01-31T11:30:00Z'), period('2026-01-31T11:45:00Z')];
    const begun = weSend({ method: 'PUT', path: SESSION, body: session({ periods: first }) }, answer(FINE), {
      operation: 'sessions.put',
    });
    const more = weSend(
      {
        method: 'PATCH',
        path: SESSION,
        body: `{"charging_periods":[${second}],"last_updated":"2026-01-31T12:05:00Z"}`,
      },
      answer(FINE),
      { operation: 'sessions.patch', at: secondsOn(300) },
    );
    const back = (periods: string) =>
      weRead(SESSION, answer(data(session({ periods, updated: '2026-01-31T12:05:00Z' }))), {
        operation: 'sessions.get-pushed',
        at: secondsOn(310),
      });
    expect(shown(24, found([begun, more, back(second)]))).toEqual(['session.periods-replaced']);
    expect(shown(24, found([begun, more, back(`${first},${second}`)]))).toEqual([]);
  });

  it('case 25: an object refused for a value the partner does not know', () => {
    const body = location({ evse: evse({ status: 'CHARGING' }) });
    const refused = (said: string) =>
      weSend(
        { method: 'PUT', path: `${LOCATIONS}/NL/TNM/LOC1`, body },
        answer(`{"status_code":2001,"status_message":"${said}",${TIMESTAMP}}`),
      );
    expect(shown(25, found([refused("'IEC_62196_T2' is not one of the allowed values")]))).toEqual([
      'object.refused-for-value',
    ]);
    expect(shown(25, found([refused('id in URL and body differ')]))).toEqual([]);
  });

  it('case 26: coordinates with four decimals, an evse_id of another spelling, a text that is too long', () => {
    const push = (body: string) =>
      theySend({ method: 'PUT', path: `${LOCATIONS}/NL/TNM/LOC1`, body }, { operation: 'locations.put' });
    expect(shown(26, found([push(location().replace('51.047599', '51.0475'))]))).toEqual(['coordinates.spelling']);
    expect(shown(26, found([push(location().replace('51.047599', '151.047599'))]))).toContain('coordinates.range');
    expect(shown(26, found([push(location({ evse: evse({ id: 'BE-BEC-E041503001' }) }))]))).toEqual([
      'evse-id.spelling',
    ]);
    expect(shown(26, found([push(location().replace('Gent', 'G'.repeat(46)))]))).toEqual(['text.too-long']);
    for (const id of ['NL*TNM*E1', 'NLTNME1*2', '+49*810*000*438'])
      expect(shown(26, found([push(location({ evse: evse({ id }) }))]))).toEqual([]);
  });

  it('case 27: an optional field that is demanded, and null for what is required', () => {
    const refused = (answered: string, start = 'HTTP/1.1 200 OK') =>
      weSend({ method: 'PUT', path: `${LOCATIONS}/NL/TNM/LOC1`, body: location() }, answer(answered, { start }));
    const said = (words: string) => `{"status_code":2001,"status_message":"${words}",${TIMESTAMP}}`;
    expect(shown(27, found([refused(said('postal_code is required'))]))).toEqual(['field.optional-demanded']);
    const framework = '{"detail":[{"loc":["body","postal_code"],"msg":"field required"}]}';
    expect(shown(27, found([refused(framework, 'HTTP/1.1 422 Unprocessable Entity')]))).toEqual([
      'field.optional-demanded',
    ]);
    // What was sent, or is required, may be complained of.
    expect(shown(27, found([refused(said('city is required')), refused(said('time_zone must not be empty'))]))).toEqual(
      [],
    );
    const empty = theySend(
      { method: 'PUT', path: `${LOCATIONS}/NL/TNM/LOC1`, body: location().replace('"Gent"', 'null') },
      { operation: 'locations.put' },
    );
    expect(shown(27, found([empty]))).toEqual(['field.null']);
  });

  it('case 30: the URL of a CDR in the body, missing or relative, and a CDR that comes twice', () => {
    const stored = (body: string, more = '') =>
      weSend(
        { method: 'POST', path: '/ocpi/2.2.1/cdrs', body: cdr().replace('"TNM"', '"WBX"') },
        answer(body, { more }),
        { operation: 'cdrs.post' },
      );
    expect(shown(30, found([stored(data('"https://partner.example/cdrs/1"'))]))).toEqual(['cdr.location-in-body']);
    expect(shown(30, found([stored(FINE)]))).toEqual(['cdr.location-header-missing']);
    expect(shown(30, found([stored(FINE, 'Location: /cdrs/1')]))).toEqual(['cdr.location-header-relative']);
    expect(shown(30, found([stored(FINE, 'Location: https://partner.example/cdrs/1')]))).toEqual([]);
    const at = secondsOn(60);
    expect(shown(30, found([post(cdr()), post(cdr(), { at })]))).toEqual(['cdr.again']);
    expect(shown(30, found([post(cdr()), post(cdr({ energy: 11 }), { at })]))).toEqual(['cdr.changed']);
    expect(shown(30, found([post(cdr()), post(cdr({ id: 'CDR2' }), { at })]))).toEqual(['cdr.session-billed-twice']);
    expect(shown(30, found([post(cdr()), post(cdr({ id: 'CDR2', session: 'S2' }), { at })]))).toEqual([]);
    const credit = cdr({
      id: 'CDR1-C',
      costs: '"total_cost":{"excl_vat":-3.0,"incl_vat":-3.6},"credit":true,"credit_reference_id":"CDR1"',
    });
    expect(
      shown(30, found([post(cdr()), post(credit, { at }), post(cdr({ id: 'CDR2' }), { at: secondsOn(90) })])),
    ).toEqual([]);
  });

  it.each([
    [
      'a total that is not the sum of its parts',
      { costs: '"total_cost":{"excl_vat":3.5,"incl_vat":4.2},"total_energy_cost":{"excl_vat":3.0,"incl_vat":3.6}' },
      'cdr.sum-differs',
    ],
    [
      'another price than the tariff gives',
      { costs: '"total_cost":{"excl_vat":4.0,"incl_vat":4.8},"total_energy_cost":{"excl_vat":4.0,"incl_vat":4.8}' },
      'cdr.cost-differs',
    ],
    [
      'step_size left out',
      { energy: 10.2, step: 1000, costs: '"total_cost":{"excl_vat":3.06,"incl_vat":3.67}' },
      'cdr.step-size-differs',
    ],
  ])('case 31: %s', (_what, parts, code) => {
    expect(shown(31, found([post(cdr(parts))]))).toEqual([code]);
  });

  it('case 31: energy and time that are not those of the periods', () => {
    expect(shown(31, found([post(cdr().replace('"total_energy":10', '"total_energy":12'))]))).toEqual([
      'cdr.energy-differs',
    ]);
    expect(shown(31, found([post(cdr().replace('"total_time":0.5', '"total_time":0.75'))]))).toEqual([
      'cdr.time-differs',
    ]);
  });

  it('case 31 is not seen where the tariff gives the cost, to the last cent but one, or where nobody can tell', () => {
    expect(shown(31, found([post(cdr())]))).toEqual([]);
    const rounded = cdr({ energy: 10.2, step: 1000, costs: '"total_cost":{"excl_vat":3.30,"incl_vat":3.96}' });
    expect(shown(31, found([post(rounded)]))).toEqual([]);
    expect(shown(31, found([post(cdr({ costs: '"total_cost":{"excl_vat":3.01,"incl_vat":3.61}' }))]))).toEqual([]);
    const night =
      '{"country_code":"NL","party_id":"TNM","id":"T1","currency":"EUR","elements":[{"price_components":[{"type":"ENERGY","price":0.5,"step_size":1}],"restrictions":{"start_time":"20:00"}}],"last_updated":"2026-01-01T00:00:00Z"}';
    expect(shown(31, found([post(cdr({ tariff: night }))]))).toEqual([]);
  });

  it('case 31: times of day are read where the charger stands, if its country has but one zone', () => {
    // 11:00 to 11:30 UTC is 12:00 to 12:30 in Belgium: 10 kWh x 0.30 = 3.00 are due, not x 0.50.
    const noon = (country: string, costs: string) =>
      cdr({
        costs,
        tariff:
          '{"country_code":"NL","party_id":"TNM","id":"T1","currency":"EUR","elements":[{"price_components":[{"type":"ENERGY","price":0.5,"vat":20,"step_size":1}],"restrictions":{"end_time":"12:00"}},{"price_components":[{"type":"ENERGY","price":0.3,"vat":20,"step_size":1}]}],"last_updated":"2026-01-01T00:00:00Z"}',
      }).replace('"BEL"', `"${country}"`);
    const right = '"total_cost":{"excl_vat":3.0,"incl_vat":3.6}';
    const byUtc = '"total_cost":{"excl_vat":5.0,"incl_vat":6.0}';
    expect(shown(31, found([post(noon('BEL', right))]))).toEqual([]);
    expect(shown(31, found([post(noon('BEL', byUtc))]))).toEqual(['cdr.cost-differs']);
    // Spain has two zones: nobody can tell which.
    expect(shown(31, found([post(noon('ESP', byUtc))]))).toEqual([]);
  });

  it('case 31 is not seen where a bill guesses at what its periods do not tell', () => {
    const silent = cdr({ costs: '"total_cost":{"excl_vat":9.0,"incl_vat":10.8}' }).replace(
      '{"type":"ENERGY","volume":10},',
      '',
    );
    expect(shown(31, found([post(silent)]))).toEqual([]);
    expect(
      shown(31, found([post(silent.replace('{"type":"TIME","volume":0.5}', '{"type":"ENERGY","volume":10}'))])),
    ).toEqual(['cdr.cost-differs']);
  });

  it('case 32: a number where a price is due, no VAT, no tax_included', () => {
    expect(shown(32, found([post(cdr({ costs: '"total_cost":3.0' }))]))).toContain('price.other-shape');
    expect(shown(32, found([post(cdr({ costs: '"total_cost":{"excl_vat":3.0}' }))]))).toEqual([
      'cdr.vat-missing',
      'price.vat-missing',
    ]);
    expect(shown(32, found([post(cdr())]))).toEqual([]);
    const tariff = (version: Version, more = '') =>
      theySend(
        {
          method: 'PUT',
          path: `/ocpi/${version}/tariffs/NL/TNM/T1`,
          body: `{"country_code":"NL","party_id":"TNM","id":"T1","currency":"EUR",${more}"elements":[{"price_components":[{"type":"FLAT","price":1,"step_size":1}]}],"last_updated":"2026-01-31T11:00:00Z"}`,
        },
        { operation: 'tariffs.put', version },
      );
    expect(shown(32, found([tariff('2.3.0')]))).toEqual(['tariff.tax-included-missing']);
    expect(shown(32, found([tariff('2.3.0', '"tax_included":"NO",'), tariff('2.2.1')]))).toEqual([]);
  });

  it('case 33: pushes that come out of a queue, out of order, or once more', () => {
    const at = (minutes: number) => new Date(secondsOn(minutes * 60)).toISOString().replace('.000', '');
    const told = (kwh: number, changed: number, arrives: number) =>
      patch(`{"kwh":${kwh},"last_updated":"${at(changed)}"}`, { at: secondsOn(arrives) });
    const begun = put(session({ updated: at(0) }));
    const queued = [told(2, 5, 1800), told(3, 10, 1801), told(4, 15, 1802)];
    expect(shown(33, found([begun, ...queued]))).toEqual(['push.late']);
    const live = [told(2, 5, 300), told(3, 10, 600), told(4, 15, 900)];
    expect(shown(33, found([begun, ...live]))).toEqual([]);
    expect(shown(33, found([begun, told(3, 10, 600), told(2, 5, 601)]))).toEqual(['push.out-of-order']);
    expect(shown(33, found([begun, told(3, 10, 600), told(3, 10, 601)]))).toEqual(['push.again']);
    // All that a partner has, told for the first time.
    const firsts = [1, 2, 3, 4].map(number =>
      theySend(
        {
          method: 'PUT',
          path: `${LOCATIONS}/NL/TNM/L${number}`,
          body: location({ id: `L${number}`, updated: '2025-01-01T00:00:00Z' }),
        },
        { operation: 'locations.put', at: secondsOn(number) },
      ),
    );
    expect(shown(33, found(firsts))).toEqual([]);
  });

  it('a session that runs backwards or changes after its end, and a CDR before it, are found though they are no case', () => {
    const codes = (...exchanges: LiteralExchange[]) => [...new Set(found(exchanges).map(({ code }) => code))];
    const begun = put(session({ kwh: 5 }));
    const less = patch('{"kwh":3,"last_updated":"2026-01-31T12:05:00Z"}', { at: secondsOn(300) });
    expect(codes(begun, less)).toEqual(['session.kwh-falling']);
    expect(codes(begun, post(cdr(), { at: secondsOn(60) }))).toEqual(['cdr.before-session-end']);
    const over = put(session({ kwh: 5, status: 'COMPLETED' }));
    const changed = patch('{"kwh":6,"last_updated":"2026-01-31T12:05:00Z"}', { at: secondsOn(300) });
    expect(codes(over, changed)).toEqual(['session.changed-after-end']);
    expect(codes(over, post(cdr(), { at: secondsOn(60) }))).toEqual([]);
    const swapped = `${period('2026-01-31T11:45:00Z')},${period('2026-01-31T11:30:00Z')}`;
    expect(codes(put(session({ periods: swapped })))).toEqual(['charging-periods.order']);
  });

  it('of many objects with the same flaw ten are told, and how many there are', () => {
    const items = Array.from({ length: 60 }, (_, at) => location({ id: `L${at}` }).replace('51.047599', '51.04'));
    const read = weRead(LOCATIONS, answer(list(...items), { more: 'X-Total-Count: 60\nX-Limit: 100' }));
    const spelled = found([read]).filter(({ code }) => code === 'coordinates.spelling');
    expect(spelled).toHaveLength(10);
    expect(spelled.at(-1)?.met).toBe('51.04; and 50 more like it');
  });
});
