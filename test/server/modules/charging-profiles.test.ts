import { describe, expect, it } from 'vitest';
import type { AskedProfile } from '../../../core/server/simulation.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { askedHouse } from './asked-house.ts';

const CALLBACK = 'https://rutt.example/cb?request_id=1';
const ENCODED = `response_url=${encodeURIComponent(CALLBACK)}`;

describe.each(['2.2.1', '2.3.0'] as const)('charging profiles in %s', version => {
  const path = `${version}/receiver/chargingprofiles/S1`;
  const set = { ...fixture(version, 'SetChargingProfile'), response_url: CALLBACK };
  const profile = (set as Record<string, unknown>)['charging_profile'];
  const CALLS = [
    { what: 'set', method: 'PUT', url: path, body: set },
    { what: 'get', method: 'GET', url: `${path}?duration=900&${ENCODED}`, body: undefined },
    { what: 'clear', method: 'DELETE', url: `${path}?${ENCODED}`, body: undefined },
  ] as const;

  it.each(CALLS)('$what is answered as accepted, and the result posted', async ({ what, method, url, body }) => {
    const { send, results, questions } = await askedHouse({ said: { answer: 'accept', later: 'REJECTED' } });
    const { codes, json } = await send(method, url, body);
    expect([...codes, json.data]).toEqual([200, 1000, { result: 'ACCEPTED', timeout: 30 }]);
    expect(await results(1)).toEqual([
      { linkId: 1, version, operation: 'chargingprofiles.result', url: CALLBACK, body: { result: 'REJECTED' } },
    ]);
    expect(questions[0]).toMatch(/^volta asks .*session S1/);
    expect(questions[0]?.includes('900 seconds')).toBe(what === 'get');
  });

  it.each(CALLS)('$what is simulated with what was read of it', async ({ what, method, url, body }) => {
    const asked: AskedProfile[] = [];
    const { send, posted } = await askedHouse({
      simulation: {
        profile: one => {
          asked.push(one);
          return { result: 'TOO_OFTEN', timeout: 1 };
        },
      },
    });
    expect((await send(method, url, body)).json.data).toEqual({ result: 'TOO_OFTEN', timeout: 1 });
    expect(asked).toMatchObject([{ what, session: 'S1', version, responseUrl: CALLBACK }]);
    expect(asked.map(one => [one.duration, one.profile])).toEqual([
      [what === 'get' ? 900 : undefined, what === 'set' ? profile : undefined],
    ]);
    expect(posted).toEqual([]);
  });

  it.each(CALLS)('$what is rejected as decided', async ({ method, url, body }) => {
    const { send } = await askedHouse({ said: { answer: 'reject' } });
    expect((await send(method, url, body)).json.data).toEqual({ result: 'REJECTED', timeout: 0 });
    const other = await askedHouse({ said: { answer: 'reject', result: '3000' } });
    expect((await other.send(method, url, body)).codes).toEqual([200, 3000]);
  });

  it.each<readonly [string, string, unknown, string]>([
    ['GET', '?duration=900', undefined, 'response-url.missing'],
    ['GET', `?${ENCODED}`, undefined, 'request.duration'],
    ['GET', `?duration=0&${ENCODED}`, undefined, 'request.duration'],
    ['GET', `?duration=soon&${ENCODED}`, undefined, 'request.duration'],
    ['GET', '?duration=900&response_url=%2Fcb', undefined, 'url.relative'],
    ['DELETE', '', undefined, 'response-url.missing'],
    ['DELETE', '?response_url=ftp%3A%2F%2Fx%2Fy', undefined, 'url.scheme'],
    ['PUT', '', { ...set, response_url: 'nowhere' }, 'url.unusable'],
    ['PUT', '', { response_url: CALLBACK }, 'field.missing'],
    ['PUT', '', { charging_profile: profile }, 'field.missing'],
  ])('%s with %s is answered with 2001, and nobody is asked', async (method, query, body, code) => {
    const { send, found, questions } = await askedHouse({ said: { answer: 'accept' } });
    expect((await send(method, `${path}${query}`, body)).codes).toEqual([200, 2001]);
    expect(found()).toContain(code);
    expect(questions).toEqual([]);
  });

  it('a response_url that was not encoded is called whole, with a finding (T14)', async () => {
    const { send, results, found } = await askedHouse({ said: { answer: 'accept', later: 'UNKNOWN' } });
    const url = `${CALLBACK}&more=1`;
    expect((await send('GET', `${path}?duration=900&response_url=${url}`)).codes).toEqual([200, 1000]);
    expect((await results(1)).map(result => result.url)).toEqual([url]);
    expect(found()).toContain('response-url.unencoded');
  });

  it('what was set is what is active, until it is cleared', async () => {
    const { send, results } = await askedHouse({ said: { answer: 'accept' } });
    for (const { method, url, body } of CALLS) await send(method, url, body);
    await send('GET', CALLS[1].url);
    expect((await results(4)).map(({ body }) => body)).toEqual([
      { result: 'ACCEPTED' },
      { result: 'ACCEPTED', profile: { start_date_time: expect.any(String), charging_profile: profile } },
      { result: 'ACCEPTED' },
      { result: 'UNKNOWN' },
    ]);
  });

  it.each([
    [{ max_electric_power: 11_000, max_voltage: 230, max_amperage: 99, power_type: 'AC_3_PHASE' }, 11_000],
    [{ max_voltage: 230, max_amperage: 16, power_type: 'AC_3_PHASE' }, 11_040],
    [{ max_voltage: 230, max_amperage: 10, power_type: 'AC_1_PHASE' }, 2300],
  ])('without one the connector gives all it can: %o', async (connector, limit) => {
    const own = {
      'sessions/S1': { location_id: 'L', evse_uid: 'e', connector_id: '1' },
      'locations/L': { evses: [{ uid: 'E', connectors: [{ id: '1', ...connector }] }] },
    };
    const { send, results } = await askedHouse({ said: { answer: 'accept' }, own });
    await send('GET', CALLS[1].url);
    const most = { duration: 900, charging_rate_unit: 'W', charging_profile_period: [{ start_period: 0, limit }] };
    expect((await results(1)).map(({ body }) => body)).toMatchObject([
      { result: 'ACCEPTED', profile: { charging_profile: most } },
    ]);
  });
});

describe.each(['2.2.1', '2.3.0'] as const)('charging preferences in %s', version => {
  const path = `${version}/sender/sessions/S1/charging_preferences`;
  const preferences = fixture(version, 'ChargingPreferences');

  it.each<readonly [string, { answer: 'accept' | 'reject'; result?: string }, number, number, unknown]>([
    ['accepted', { answer: 'accept' }, 200, 1000, 'ACCEPTED'],
    ['rejected', { answer: 'reject' }, 200, 1000, 'NOT_POSSIBLE'],
    ['told what is missing', { answer: 'reject', result: 'DEPARTURE_REQUIRED' }, 200, 1000, 'DEPARTURE_REQUIRED'],
    ['told that the EVSE is not capable', { answer: 'reject', result: '2001' }, 404, 2001, undefined],
    ['refused', { answer: 'reject', result: '3000' }, 200, 3000, undefined],
  ])('are %s with the bare result', async (_, said, status, code, data) => {
    const { send, questions } = await askedHouse({ said });
    const { codes, json } = await send('PUT', path, preferences);
    expect([...codes, json.data]).toEqual([status, code, data]);
    expect(questions).toEqual([
      `volta asks to charge in session S1 with the preference ${preferences['profile_type']}`,
    ]);
  });

  it('are simulated', async () => {
    const asked: unknown[] = [];
    const { send } = await askedHouse({
      simulation: {
        preferences: one => {
          asked.push(one);
          return asked.length === 1 ? { result: 'ACCEPTED' } : { statusCode: 2001, message: 'There is no session S1.' };
        },
      },
    });
    expect((await send('PUT', path, preferences)).json.data).toBe('ACCEPTED');
    expect((await send('PUT', path, preferences)).codes).toEqual([404, 2001]);
    expect(asked).toMatchObject([{ session: 'S1', preferences }, {}]);
  });

  it('that cannot be read are answered with 2001 or 400', async () => {
    const { send, questions } = await askedHouse({ said: { answer: 'accept' } });
    expect((await send('PUT', path, {})).codes).toEqual([200, 2001]);
    expect((await send('PUT', path, '[')).codes).toEqual([400, 2001]);
    expect(questions).toEqual([]);
  });
});
