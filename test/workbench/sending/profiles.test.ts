import { beforeAll, describe, expect, it } from 'vitest';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { endOf, findingCodes } from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';
import { accepted, type Json, post } from './commanding.ts';
import { meetAll, partnerOf, says } from './meeting.ts';

beforeAll(meetAll);

describe('charging profiles', () => {
  const PROFILE = '{"charging_rate_unit":"W","charging_profile_period":[{"start_period":0,"limit":11000.0}]}';
  const FROM_22 = VERSIONS.filter(version => version !== '2.1.1');
  const WHAT = FROM_22.flatMap(version => (['set', 'get', 'clear'] as const).map(what => ({ version, what })));

  it.each(WHAT)('$what in $version: asked, answered, and the result taken', async ({ version, what }) => {
    const partner = partnerOf(version);
    const { us, name, at } = partner;
    const method = { set: 'PUT', get: 'GET', clear: 'DELETE' }[what];
    const path = at('chargingprofiles', 'receiver', 'S%2F1');
    partner.answer(method, path, accepted(version));
    const { runId } = await us.client.sending.profile({
      name,
      what,
      session: 'S/1',
      ...(what === 'set' ? { profile: PROFILE } : {}),
    });
    while (!(await us.client.runs.get({ runId })).steps.some(({ step }) => step === 'answer')) {
      await new Promise(resolve => setTimeout(resolve, 2));
    }
    const sent = partner.partner.requests.at(-1);
    const url = new URL(sent?.url ?? '', 'http://x');
    const given =
      what === 'set' ? (JSON.parse(sent?.text ?? '{}') as Json)['response_url'] : url.searchParams.get('response_url');
    if (what === 'set') expect(sent?.text).toContain(`"charging_profile":${PROFILE}`);
    if (what === 'get') expect(url.searchParams.get('duration')).toBe('900');
    const profile = { start_date_time: '2026-01-01T00:00:00Z', charging_profile: JSON.parse(PROFILE) as Json };
    const result = { result: 'ACCEPTED', ...(what === 'get' ? { profile } : {}) };
    expect(await post(partner, String(given), result)).toEqual([200, 1000]);
    const run = await endOf(us, { runId });
    expect(run).toMatchObject({ kind: 'profile', state: 'done', result: { asked: { detail: result } } });
  });

  it('TOO_OFTEN and UNKNOWN are failures', async () => {
    const partner = partnerOf('2.2.1');
    partner.answer(
      'DELETE',
      partner.at('chargingprofiles', 'receiver', 'S1'),
      says(200, 1000, { result: 'TOO_OFTEN', timeout: 0 }),
    );
    const run = await endOf(
      partner.us,
      await partner.us.client.sending.profile({ name: partner.name, what: 'clear', session: 'S1' }),
    );
    expect(run).toMatchObject({ state: 'failed', result: { asked: { answered: 'TOO_OFTEN' } } });
  });

  it('a change of the active profile is taken from the partner', async () => {
    const partner = partnerOf('2.2.1');
    const port = new URL(partner.us.versionsUrl).port;
    const token = Buffer.from(partner.partner.relation.outgoing ?? '').toString('base64');
    const headers = [`Authorization: Token ${token}`, 'Content-Type: application/json'];
    const put = (body: unknown) =>
      ask({ port: Number(port) }, request('PUT /ocpi/2.2.1/sender/chargingprofiles/S1', headers, JSON.stringify(body)));
    const active = { start_date_time: '2026-01-01T00:00:00Z', charging_profile: JSON.parse(PROFILE) as Json };
    expect((await put(active)).body).toContain('"status_code":1000');
    expect((await put({ charging_profile: 1 })).body).toContain('"status_code":2001');
  });
});

describe('an authorization', () => {
  const info = (version: Version, allowed: string): Json => ({
    allowed,
    ...(version === '2.1.1' ? {} : { token: fixture(version, 'Token') }),
  });
  const WORDS = ['ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT', 'NOT_ALLOWED'];
  it.each(VERSIONS)('in %s asks with type and location, and every answer is told', async version => {
    const { us, name, at, answer, partner } = partnerOf(version);
    const path = at('tokens', 'sender', 'T%201', 'authorize');
    for (const word of WORDS) {
      answer('POST', path, says(200, 1000, info(version, word)));
      const input = { name, token: 'T 1', location: 'L1', evses: ['E1'] };
      const run = await endOf(us, await us.client.sending.authorize(input));
      expect(run).toMatchObject({
        kind: 'authorization',
        state: word === 'ALLOWED' ? 'done' : 'failed',
        result: { asked: { operation: 'tokens.authorize', answered: word, results: [] } },
      });
    }
    expect(partner.requests.at(-1)).toMatchObject({
      url: `${path}?type=RFID`,
      text: '{"location_id":"L1","evse_uids":["E1"]}',
    });
    answer('POST', path, says(404, 2004));
    const unknown = await endOf(us, await us.client.sending.authorize({ name, token: 'T 1', type: 'OTHER' }));
    expect(unknown).toMatchObject({ state: 'failed', result: { summary: expect.stringContaining('404') } });
    expect(partner.requests.at(-1)).toMatchObject({ url: `${path}?type=OTHER`, text: '' });
  });

  it('BLOCKED sent as an HTTP error is read all the same, and found', async () => {
    const { us, name, at, answer } = partnerOf('2.2.1');
    answer(
      'POST',
      at('tokens', 'sender', 'T1', 'authorize'),
      says(403, 2000, info('2.2.1', 'BLOCKED')),
      says(403, 2000, info('2.2.1', 'BLOCKED')),
    );
    const run = await endOf(us, await us.client.sending.authorize({ name, token: 'T1' }));
    expect(run.result?.asked?.answered).toBe('BLOCKED');
    expect(findingCodes(run)).toContain('authorize.http-error');
  });
});

describe('charging preferences', () => {
  it('are put to the session, and the one word of the answer is read', async () => {
    const { us, name, at, answer, partner } = partnerOf('2.3.0');
    const path = at('sessions', 'sender', 'S1', 'charging_preferences');
    for (const [word, state] of [
      ['ACCEPTED', 'done'],
      ['DEPARTURE_REQUIRED', 'failed'],
    ] as const) {
      answer('PUT', path, says(200, 1000, word));
      const preferences = '{ "profile_type":"CHEAP" }';
      const run = await endOf(us, await us.client.sending.preferences({ name, session: 'S1', preferences }));
      expect(run).toMatchObject({ state, result: { asked: { answered: word } } });
      expect(partner.requests.at(-1)?.text).toBe(preferences);
    }
  });
});
