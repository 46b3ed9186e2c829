import { describe, expect, it } from 'vitest';
import { ask, connectRaw, request } from '../support/raw-client.ts';
import { AUTHORIZATION, house } from './house.ts';

const JSON_TYPE = 'Content-Type: application/json';

describe('a server with manners of its own', () => {
  it('has none unless told: no path is redirected, errors are envelopes', async () => {
    const { port } = await house();
    for (const path of ['/ocpi/versions', '/ocpi/versions/']) {
      expect((await ask({ port }, request(`GET ${path}`, [AUTHORIZATION]))).status).toBe(200);
    }
    const refused = await ask({ port }, request('GET /ocpi/versions'));
    expect(JSON.parse(refused.body)).toMatchObject({ status_code: 2000 });
  });

  it.each([
    ['/ocpi/versions', '/ocpi/versions/'],
    ['/ocpi/2.2.1/credentials?a=/b', '/ocpi/2.2.1/credentials/?a=/b'],
    ['/ocpi/2.2.1/credentials?', '/ocpi/2.2.1/credentials/?'],
  ])('redirects %s to %s, with the status that it is given', async (path, location) => {
    for (const slashRedirect of [301, 307, 308] as const) {
      const { port } = await house({ manners: { slashRedirect } });
      const answer = await ask({ port }, request(`GET ${path}`, [AUTHORIZATION]));
      expect([answer.status, answer.header('Location')]).toEqual([slashRedirect, location]);
      expect((await ask({ port }, request(`GET ${location}`, [AUTHORIZATION]))).status).toBe(200);
    }
  });

  it('never redirects to another host, whatever the path looks like', async () => {
    const { port } = await house({ manners: { slashRedirect: 307 } });
    for (const path of ['//evil.example/ocpi/versions', '/\\evil.example', '//evil.example']) {
      const answer = await ask({ port }, request(`GET ${path}`, [AUTHORIZATION]));
      expect([answer.status, answer.header('Location')]).toEqual([404, undefined]);
    }
  });

  it('goes on with the same connection behind a redirect, the body of the refused request read', async () => {
    const { port } = await house({ manners: { slashRedirect: 307 } });
    const client = await connectRaw({ port });
    await client.send(request('POST /ocpi/2.2.1/credentials', [AUTHORIZATION, JSON_TYPE], '{"token":"t"}'));
    await client.send(request('GET /ocpi/versions/', [AUTHORIZATION]));
    const answers = await client.answers(2);
    client.destroy();
    expect(answers.map(({ status }) => status)).toEqual([307, 200]);
  });

  it('records what the caller was answered', async () => {
    const { port, recorder } = await house({ manners: { frameworkErrors: true } });
    const answer = await ask({ port }, request('GET /ocpi/versions'));
    expect([answer.status, answer.body]).toEqual([403, expect.stringMatching(/^\{"detail":".*"\}$/)]);
    const recorded = recorder.exchanges.at(-1)?.response;
    expect([recorded?.status, Buffer.from(recorded?.body ?? '').toString()]).toEqual([403, answer.body]);
  });
});
