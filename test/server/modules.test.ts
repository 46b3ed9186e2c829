import { describe, expect, it } from 'vitest';
import { credentialsResponder } from '../../core/server/modules/credentials.ts';
import type { RegistrarCallWithCredentials } from '../../core/server/registrar.ts';
import { ask, request } from '../support/raw-client.ts';
import { AUTHORIZATION, CREDENTIALS, house, politeRegistrar, TOKEN_A } from './house.ts';

const JSON_TYPE = 'Content-Type: application/json';
const path = (version: string) => `/ocpi/${version}/credentials`;

describe('versions', () => {
  it('the list holds what is offered, oldest first, in whatever order it was set', async () => {
    const { port } = await house({ versions: () => ['2.3.0', '2.1.1'] });
    const answer = await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]));
    expect(JSON.parse(answer.body)).toEqual({
      data: [
        { version: '2.1.1', url: `http://127.0.0.1:${port}/ocpi/2.1.1` },
        { version: '2.3.0', url: `http://127.0.0.1:${port}/ocpi/2.3.0` },
      ],
      status_code: 1000,
      status_message: 'Success',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  it('a change of the offered versions shows at once', async () => {
    let versions: ('2.1.1' | '2.2.1')[] = ['2.1.1'];
    const { port } = await house({ versions: () => versions });
    const list = async () =>
      JSON.parse((await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]))).body).data;
    expect(await list()).toHaveLength(1);
    versions = ['2.1.1', '2.2.1'];
    expect(await list()).toHaveLength(2);
  });

  it.each([
    ['2.1.1', undefined],
    ['2.2.1', 'SENDER'],
    ['2.3.0', 'SENDER'],
  ])('the details of %s list credentials once, with the role %s', async (version, role) => {
    const { port } = await house();
    const answer = await ask({ port }, request(`GET /ocpi/${version}`, [AUTHORIZATION]));
    expect(JSON.parse(answer.body).data).toEqual({
      version,
      endpoints: [
        { identifier: 'credentials', ...(role && { role }), url: `http://127.0.0.1:${port}${path(version)}` },
      ],
    });
  });

  it('what no responder answers is not advertised', async () => {
    const only230 = { ...credentialsResponder(politeRegistrar()), versions: ['2.3.0'] as const };
    const { port } = await house({ responders: [only230] });
    const details = async (version: string) =>
      JSON.parse((await ask({ port }, request(`GET /ocpi/${version}`, [AUTHORIZATION]))).body).data.endpoints.length;
    expect([await details('2.2.1'), await details('2.3.0')]).toEqual([0, 1]);
    expect((await ask({ port }, request(`GET ${path('2.2.1')}`, [AUTHORIZATION]))).status).toBe(404);
  });

  it('the timestamp moves with the clock', async () => {
    let now = Date.UTC(2026, 0, 1);
    const { systemClock } = await import('../../core/clock.ts');
    const { port } = await house({ clock: { ...systemClock, now: () => now } });
    const stamp = async () => {
      const answer = await ask({ port }, request('GET /ocpi/versions', [AUTHORIZATION]));
      return [JSON.parse(answer.body).timestamp, answer.header('Date')];
    };
    expect(await stamp()).toEqual(['2026-01-01T00:00:00Z', 'Thu, 01 Jan 2026 00:00:00 GMT']);
    now += 1_500;
    expect(await stamp()).toEqual(['2026-01-01T00:00:01Z', 'Thu, 01 Jan 2026 00:00:01 GMT']);
  });
});

describe('credentials', () => {
  it('GET answers with our credentials in the shape of the version', async () => {
    const { port } = await house();
    const get = async (version: string) =>
      JSON.parse((await ask({ port }, request(`GET ${path(version)}`, [AUTHORIZATION]))).body).data;
    const details = { business_details: { name: 'Workbench' }, party_id: 'WBX', country_code: 'NL' };
    const head = { token: 'our-new-token', url: 'http://127.0.0.1/ocpi/versions' };
    expect(await get('2.1.1')).toEqual({ ...head, ...details });
    expect(await get('2.2.1')).toEqual({ ...head, roles: [{ role: 'CPO', ...details }] });
  });

  it.each(['POST', 'PUT'] as const)(
    '%s hands the read credentials to the registrar, inside an open exchange',
    async method => {
      const calls: RegistrarCallWithCredentials[] = [];
      const note = async (call: RegistrarCallWithCredentials) => {
        calls.push(call);
        return { kind: 'done', runId: 7, linkId: 9 } as const;
      };
      const responders = [credentialsResponder(politeRegistrar({ [method.toLowerCase()]: note }))];
      const { port, recorder } = await house({ responders });
      const tokenA = `Authorization: Token ${TOKEN_A}`;
      const answer = await ask({ port }, request(`${method} ${path('2.2.1')}`, [tokenA, JSON_TYPE], CREDENTIALS));
      expect(answer.status).toBe(200);
      expect(calls).toMatchObject([
        {
          version: '2.2.1',
          exchangeId: 1,
          caller: { linkId: 2, registered: false, form: 'raw' },
          credentials: { token: 'their-token', roles: [{ role: 'EMSP', countryCode: 'DE', partyId: 'ABC' }] },
        },
      ]);
      expect((await recorder.settled(1))[0]).toMatchObject({ runId: 7, linkId: 9, ocpiStatus: 1000 });
    },
  );

  it('DELETE that is done answers 1000 without data', async () => {
    const { port } = await house();
    const answer = await ask({ port }, request(`DELETE ${path('2.2.1')}`, [AUTHORIZATION]));
    expect(JSON.parse(answer.body)).toMatchObject({ status_code: 1000 });
    expect(JSON.parse(answer.body)).not.toHaveProperty('data');
  });

  it('what the registrar does not allow is answered 405 with what it does', async () => {
    const allow = ['GET', 'PUT', 'DELETE'];
    const registrar = politeRegistrar({
      post: async () => ({ kind: 'not-allowed', allow, message: 'Registered already.' }),
    });
    const { port, recorder } = await house({ responders: [credentialsResponder(registrar)] });
    const answer = await ask({ port }, request(`POST ${path('2.1.1')}`, [AUTHORIZATION, JSON_TYPE], CREDENTIALS));
    expect([answer.status, answer.header('Allow')]).toEqual([405, 'GET, PUT, DELETE']);
    expect(JSON.parse(answer.body)).toMatchObject({ status_code: 2000, status_message: 'Registered already.' });
    expect((await recorder.settled(1))[0]?.findings.map(({ code }) => code)).toContain('request.method');
  });

  it('a refusal of the registrar reaches the peer with its OCPI code and message', async () => {
    const registrar = politeRegistrar({
      post: async () => ({ kind: 'refused', http: 200, ocpi: 3001, message: 'Your versions URL answered 401.' }),
    });
    const { port, recorder } = await house({ responders: [credentialsResponder(registrar)] });
    const answer = await ask({ port }, request(`POST ${path('2.2.1')}`, [AUTHORIZATION, JSON_TYPE], CREDENTIALS));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      status_code: 3001,
      status_message: 'Your versions URL answered 401.',
    });
    expect((await recorder.settled(1))[0]).toMatchObject({ ocpiStatus: 3001, ended: { how: 'answered' } });
  });
});
