import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../core/session-log/format/records.ts';
import { linkLine } from '../../session-log/support/lines.ts';
import { reproduce, theyAsked, weAsked } from '../../session-log/support/reproducing.ts';
import { newName, openPlatform, register, verdicts } from '../../support/platform.ts';

const ACME = 'https://acme.example';
const MADE_UP = 'The recording has no such request: the answer is made up of what the log says of the link.';
const SESSION = { id: 'S1', country_code: 'NL', party_id: 'ACM', status: 'ACTIVE' };

const endpoints = (version: string) =>
  ['credentials', 'sessions'].map(identifier => ({
    identifier,
    role: 'SENDER',
    url: `${ACME}/ocpi/${version}/${identifier}`,
  }));

/** Of one charge alone: neither versions nor credentials stand in it. */
function oneCharge(version: '2.1.1' | '2.2.1' = '2.2.1'): LogRecord[] {
  return [
    linkLine(1, { version, endpoints: endpoints(version) }),
    weAsked(7, `GET /ocpi/${version}/sessions`, { operation: 'sessions.list', version, answer: [SESSION] }),
  ];
}

const dataOf = ({ body }: { readonly body: string }) => (JSON.parse(body) as { data: Record<string, unknown> }).data;

describe('a recording without the versions and credentials of its partner', () => {
  it('is registered with as its link says, and then answers what was recorded', async () => {
    const reproducing = await reproduce(oneCharge());
    const { versionsUrl, token } = reproducing.view();
    const platform = await openPlatform();
    const name = newName();
    await platform.client.links.add({ name, versionsUrl, token });
    const run = await register(platform, { name, version: '2.2.1' });
    expect(verdicts(run).filter(verdict => !verdict.startsWith('ok'))).toEqual([]);
    expect(run.state).toBe('done');
    expect(await platform.client.links.get({ name })).toMatchObject({
      state: 'registered',
      version: '2.2.1',
      parties: [{ countryCode: 'NL', partyId: 'ACM', role: 'CPO' }],
    });
    expect((await reproducing.ask('GET /ocpi/2.2.1/sessions')).status).toBe(200);
    const told = reproducing.requests();
    expect(told.map(({ operation, status, recordedId }) => [operation, status, recordedId])).toEqual([
      ['versions.list', 200, null],
      ['versions.details', 200, null],
      ['credentials.post', 200, null],
      // With the token it was given.
      ['versions.list', 200, null],
      ['sessions.list', 200, 7],
    ]);
    for (const { recordedId, differences } of told) expect(differences).toEqual(recordedId === null ? [MADE_UP] : []);
  });

  it('tells addresses of this server, and a token that is taken', async () => {
    const { ask, origin, token, requests } = await reproduce(oneCharge());
    expect(dataOf(await ask('GET /ocpi/versions'))).toEqual([{ version: '2.2.1', url: `${origin}/ocpi/2.2.1` }]);
    expect(dataOf(await ask('GET /ocpi/2.2.1'))).toEqual({
      version: '2.2.1',
      endpoints: [
        { identifier: 'credentials', role: 'SENDER', url: `${origin}/ocpi/2.2.1/credentials` },
        { identifier: 'sessions', role: 'SENDER', url: `${origin}/ocpi/2.2.1/sessions` },
      ],
    });
    const body = { token: 'a-token-of-theirs', url: 'https://wbx.example/ocpi/versions', roles: [] };
    const given = dataOf(await ask('POST /ocpi/2.2.1/credentials', undefined, body));
    expect(given).toEqual({
      token: expect.stringMatching(/^[A-Za-z0-9]{36}$/),
      url: `${origin}/ocpi/versions`,
      roles: [{ role: 'CPO', business_details: { name: 'Acme' }, party_id: 'ACM', country_code: 'NL' }],
    });
    expect(given['token']).not.toBe(token);
    const now = `Authorization: Token ${Buffer.from(String(given['token'])).toString('base64')}`;
    await ask('GET /ocpi/2.2.1/sessions', [now]);
    expect(requests().at(-1)).toMatchObject({ recordedId: 7, differences: [] });
    const gone = await ask('DELETE /ocpi/2.2.1/credentials', ['Authorization: Token who-is-that']);
    expect(JSON.parse(gone.body)).toEqual({ status_code: 1000, timestamp: expect.any(String) });
    expect(requests().at(-1)?.differences).toEqual([MADE_UP, 'It carries a token that nobody gave it here.']);
    expect((await ask('PATCH /ocpi/2.2.1/credentials')).status).toBe(404);
    expect((await ask('GET /ocpi/2.2.1/tokens')).status).toBe(404);
  });

  it('speaks 2.1.1 where its link does', async () => {
    const { ask, origin, token } = await reproduce(oneCharge('2.1.1'));
    expect(dataOf(await ask('GET /ocpi/2.1.1'))).toEqual({
      version: '2.1.1',
      endpoints: ['credentials', 'sessions'].map(identifier => ({
        identifier,
        url: `${origin}/ocpi/2.1.1/${identifier}`,
      })),
    });
    expect(dataOf(await ask('GET /ocpi/2.1.1/credentials'))).toEqual({
      token,
      url: `${origin}/ocpi/versions`,
      business_details: { name: 'Acme' },
      party_id: 'ACM',
      country_code: 'NL',
    });
  });

  it('has the endpoints that were asked where its link names none, also on our side', async () => {
    const { ask, origin } = await reproduce(
      [
        linkLine(1, { endpoints: [] }),
        theyAsked(3, 'PUT /ocpi/2.2.1/receiver/sessions/NL/ACM/S1', {
          operation: 'sessions.put',
          body: SESSION,
          answer: null,
        }),
      ],
      { as: 'us', header: { redacted: [], platform: { parties: ['NL-WBX'], versions: ['2.2.1'], versionsUrl: null } } },
    );
    expect(dataOf(await ask('GET /ocpi/2.2.1'))).toEqual({
      version: '2.2.1',
      endpoints: [
        { identifier: 'credentials', role: 'SENDER', url: `${origin}/ocpi/2.2.1/credentials` },
        { identifier: 'sessions', role: 'RECEIVER', url: `${origin}/ocpi/2.2.1/receiver/sessions` },
      ],
    });
    expect(dataOf(await ask('GET /ocpi/2.2.1/credentials'))).toMatchObject({
      roles: [{ role: 'EMSP', party_id: 'WBX', country_code: 'NL' }],
    });
  });
});

describe('a recording with some of it', () => {
  it('answers what it has as recorded, and makes up nothing in its place', async () => {
    const { ask, origin, requests } = await reproduce([
      ...oneCharge(),
      weAsked(8, 'GET /ocpi/versions', {
        operation: 'versions.list',
        answer: [{ version: '2.2.1', url: `${ACME}/ocpi/details` }],
      }),
      weAsked(9, 'GET /ocpi/details', { operation: 'versions.details', status: 503, answer: 'later' }),
    ]);
    expect(dataOf(await ask('GET /ocpi/versions'))).toEqual([{ version: '2.2.1', url: `${origin}/ocpi/details` }]);
    expect((await ask('GET /ocpi/details')).status).toBe(503);
    expect((await ask('GET /ocpi/2.2.1')).status).toBe(404);
    expect(requests().map(({ recordedId }) => recordedId)).toEqual([8, 9, null]);
  });
});
