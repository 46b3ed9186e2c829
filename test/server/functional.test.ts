import { describe, expect, it } from 'vitest';
import type { OcpiRequest, Responder } from '../../core/server/responder.ts';
import { ask, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house, TOKEN_A } from './house.ts';

/** Answers locations on the sender's side with what it was asked. */
function locations(): { responder: Responder; asked: OcpiRequest[] } {
  const asked: OcpiRequest[] = [];
  const responder: Responder = {
    serves: ['locations.list', 'locations.get'],
    respond: call => {
      asked.push(call);
      return { status: 200, headers: [['X-Limit', '50']], envelope: { statusCode: 1000, data: [] } };
    },
  };
  return { responder, asked };
}

const IDS = ['X-Request-ID: r', 'X-Correlation-ID: c'];
const ROUTING = [
  'OCPI-to-party-id: WBX',
  'OCPI-to-country-code: NL',
  'OCPI-from-party-id: ABC',
  'OCPI-from-country-code: DE',
];

describe('functional modules', () => {
  it('are advertised with their side and served below it', async () => {
    const { responder, asked } = locations();
    const { port, server } = await house({ responders: [responder] });
    const details = await ask({ port }, request('GET /ocpi/2.2.1', [AUTHORIZATION]));
    const url = server.endpointUrl('2.2.1', 'locations', 'SENDER');
    expect(JSON.parse(details.body).data.endpoints).toEqual([{ identifier: 'locations', role: 'SENDER', url }]);
    const { pathname } = new URL(url);
    const list = await ask({ port }, request(`GET ${pathname}?limit=5&x=%20`, [AUTHORIZATION]));
    expect([list.status, list.header('X-Limit')]).toEqual([200, '50']);
    expect(asked[0]).toMatchObject({ version: '2.2.1', query: 'limit=5&x=%20', params: {} });
  });

  it('ids in the path are decoded once', async () => {
    const { responder, asked } = locations();
    const { port } = await house({ responders: [responder] });
    const path = '/ocpi/2.2.1/sender/locations/a%2Fb%20%2523*1';
    expect((await ask({ port }, request(`GET ${path}`, [AUTHORIZATION]))).status).toBe(200);
    expect(asked[0]?.params).toEqual({ location_id: 'a/b %23*1' });
    expect(asked[0]?.entry.id).toBe('locations.get');
  });

  it('addressee and sender change places in the answer, from 2.2 on', async () => {
    const { responder } = locations();
    const { port, recorder } = await house({ responders: [responder] });
    const get = (version: string) =>
      ask({ port }, request(`GET /ocpi/${version}/sender/locations`, [AUTHORIZATION, ...IDS, ...ROUTING]));
    const answer = await get('2.2.1');
    const lines = answer.headers.filter(([name]) => name.startsWith('OCPI-'));
    expect(lines).toEqual([
      ['OCPI-to-party-id', 'ABC'],
      ['OCPI-to-country-code', 'DE'],
      ['OCPI-from-party-id', 'WBX'],
      ['OCPI-from-country-code', 'NL'],
    ]);
    expect((await get('2.1.1')).literal).not.toContain('OCPI-');
    expect(recorder.exchanges[0]).toMatchObject({ fromParty: 'DE-ABC', toParty: 'NL-WBX', requestId: 'r' });
  });

  it('token A is answered 401 with an envelope, whatever the method', async () => {
    const { responder, asked } = locations();
    const { port } = await house({ responders: [responder] });
    for (const method of ['GET', 'PUT', 'OPTIONS']) {
      const tokenA = `Authorization: Token ${TOKEN_A}`;
      const answer = await ask({ port }, request(`${method} /ocpi/2.2.1/sender/locations`, [tokenA, ...IDS]));
      expect([answer.status, JSON.parse(answer.body).status_code]).toEqual([401, 2000]);
      expect(answer.header('X-Request-ID')).toBe('r');
    }
    expect(asked).toEqual([]);
  });

  it('a method that no responder answers is 405 with those that are', async () => {
    const { port } = await house({ responders: [locations().responder] });
    const answer = await ask({ port }, request('PUT /ocpi/2.2.1/sender/locations', [AUTHORIZATION]));
    expect([answer.status, answer.header('Allow')]).toEqual([405, 'GET, HEAD']);
  });
});
