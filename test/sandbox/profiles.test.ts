import { describe, expect, it } from 'vitest';
import { type ProfileName, ProfileName as ProfileNames } from '../../core/contract/link-profile.ts';
import { openSandbox } from '../../core/sandbox/sandbox.ts';
import { endOf, must, openPlatform, verdicts } from '../support/platform.ts';
import { ask, request } from '../support/raw-client.ts';
import { asGuest, base64, invitation, newSandboxFile, openTestSandbox, raw } from './guest.ts';

const LIST = '/ocpi/2.2.1/sender/locations';

const playing = (profile: ProfileName, locations = 30) => openTestSandbox({ profile, locations });

describe('a sandbox that plays a profile', () => {
  it.each(ProfileNames.options)(
    '%s: lets itself be registered with and pulled from, in every version',
    async profile => {
      const [sandbox, us] = [await playing(profile, 10), await openPlatform()];
      for (const version of ['2.1.1', '2.2.1', '2.3.0'] as const) {
        const name = `box ${version}`;
        await us.client.links.add({ name, versionsUrl: sandbox.versionsUrl, token: await invitation(sandbox) });
        const run = await endOf(us, await us.client.runs.register({ name, version }));
        expect(verdicts(run).filter(verdict => verdict.startsWith('FAIL'))).toEqual([]);
        const pulled = await us.client.pulls.start({ name, module: 'locations' });
        await endOf(us, pulled);
        expect(await us.client.pulls.result(pulled)).toMatchObject({ ok: true, added: 10 });
      }
    },
  );

  it('may play another one after a restart', async () => {
    const file = newSandboxFile();
    await (await openTestSandbox({ file, profile: 'hub-fifo' })).close();
    const kept = must(await openSandbox({ file, keyStore: 'file' }));
    expect(kept.identity.profile).toBe('hub-fifo');
    await kept.close();
    const changed = must(await openSandbox({ file, keyStore: 'file', profile: 'strict' }));
    expect(changed.identity.profile).toBe('strict');
    await changed.close();
  });

  it('late-authorize lets whoever asks for an authorization wait for three seconds, and then answers', async () => {
    const [sandbox, us] = [await playing('late-authorize', 5), await openPlatform()];
    await us.client.links.add({ name: 'box', versionsUrl: sandbox.versionsUrl, token: await invitation(sandbox) });
    await endOf(us, await us.client.runs.register({ name: 'box', version: '2.2.1' }));
    const { uid, type } = sandbox.world.token(0, '2.2.1');
    const run = await endOf(us, await us.client.sending.authorize({ name: 'box', token: uid, type }));
    expect(run.result?.asked?.answered).toMatch(/^(ALLOWED|BLOCKED|EXPIRED|NO_CREDIT|NOT_ALLOWED)$/);
    const asked = await us.client.exchanges.get({ id: run.steps[0]?.exchangeIds[0] ?? 0 });
    expect(asked.durationMs).toBeGreaterThanOrEqual(2_990);
  });
});

describe('the forms of a token', () => {
  const LF = (token: string) => `Authorization: Token ${Buffer.from(`${token}\n`).toString('base64')}`;
  const PATHS = ['/ocpi/versions', '/ocpi/2.1.1/sender/locations', LIST, '/ocpi/2.3.0/sender/locations'];

  it.each([
    ['strict', { raw: [200, 200, 401, 401], base64: [200, 401, 200, 200], lf: [401, 401, 401, 401] }],
    ['raw-token-2.1.1', { raw: [200, 200, 200, 200], base64: [401, 401, 200, 200], lf: [401, 401, 200, 200] }],
    ['trailing-slash', { raw: [307, 307, 307, 307], base64: [307, 307, 307, 307], lf: [307, 307, 307, 307] }],
    ['hub-fifo', { raw: [200, 200, 200, 200], base64: [200, 200, 200, 200], lf: [200, 200, 200, 200] }],
    ['framework-errors', { raw: [200, 200, 200, 200], base64: [200, 200, 200, 200], lf: [200, 200, 200, 200] }],
  ] as const)('%s takes exactly those that it says', async (profile, expected) => {
    const guest = asGuest(await playing(profile));
    const answers = async (form: (token: string) => string) => {
      const statuses: number[] = [];
      for (const path of PATHS) statuses.push((await guest.get(path, [form(guest.token)])).status);
      return statuses;
    };
    expect({ raw: await answers(raw), base64: await answers(base64), lf: await answers(LF) }).toEqual(expected);
  });
});

describe('trailing-slash', () => {
  it('redirects what has no slash at its end, before the token is looked at, with the query kept', async () => {
    const sandbox = await playing('trailing-slash');
    const guest = asGuest(sandbox);
    const redirect = await guest.get(`${LIST}?limit=5&date_from=2026-01-01T00:00:00Z`, []);
    expect(redirect.status).toBe(307);
    expect(redirect.header('Location')).toBe(`${LIST}/?limit=5&date_from=2026-01-01T00:00:00Z`);
    expect(redirect.body).toBe('');
    const followed = await guest.get(redirect.header('Location') ?? '');
    expect(followed.status).toBe(200);
    expect((JSON.parse(followed.body) as { data: unknown[] }).data).toHaveLength(5);
  });

  it('keeps method and body of a POST (307), and leaves unknown paths 404', async () => {
    const { port } = await playing('trailing-slash');
    const posted = await ask(
      { port },
      request('POST /ocpi/2.2.1/credentials', ['Content-Type: application/json'], '{"token":"t"}'),
    );
    expect([posted.status, posted.header('Location')]).toEqual([307, '/ocpi/2.2.1/credentials/']);
    expect((await ask({ port }, request('GET /elsewhere'))).status).toBe(404);
  });
});

describe('hub-fifo', () => {
  it('gives no more than 100 locations and 20 CDRs on a page, and says so', async () => {
    const guest = asGuest(await playing('hub-fifo', 130));
    const [locations, cdrs, tariffs] = [
      await guest.get(`${LIST}?limit=1000`),
      await guest.get('/ocpi/2.2.1/sender/cdrs?limit=1000'),
      await guest.get('/ocpi/2.2.1/sender/tariffs?limit=1000'),
    ];
    const count = ({ body }: typeof locations) => (JSON.parse(body) as { data: unknown[] }).data.length;
    expect([count(locations), locations.header('X-Limit')]).toEqual([100, '100']);
    expect([count(cdrs), cdrs.header('X-Limit')]).toEqual([20, '20']);
    expect(tariffs.header('X-Limit')).toBe('1000');
    const { items, pages } = await guest.all(`${LIST}?limit=1000`);
    expect([new Set(items.map(({ id }) => id)).size, pages]).toEqual([130, 2]);
  });

  it('lets nobody rotate tokens, and whoever tries is told why', async () => {
    const [sandbox, us] = [await playing('hub-fifo'), await openPlatform()];
    const token = await invitation(sandbox);
    await us.client.links.add({ name: 'hub', versionsUrl: sandbox.versionsUrl, token });
    await endOf(us, await us.client.runs.register({ name: 'hub' }));
    const run = await endOf(us, await us.client.runs.rotate({ name: 'hub' }));
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toContain('405');
  });

  it('refuses PUT of credentials with 405 and names what may be done', async () => {
    const sandbox = await playing('hub-fifo');
    const { token } = asGuest(sandbox);
    const put = await ask(
      { port: sandbox.port },
      request('PUT /ocpi/2.2.1/credentials', [base64(token), 'Content-Type: application/json'], '{"token":"t"}'),
    );
    expect([put.status, put.header('Allow')]).toEqual([405, 'GET, HEAD, POST, DELETE']);
    expect((await asGuest(sandbox).get('/ocpi/2.2.1/credentials')).status).toBe(200);
    const everybody = await playing('late-authorize');
    const elsewhere = await ask(
      { port: everybody.port },
      request(
        'PUT /ocpi/2.2.1/credentials',
        [base64(asGuest(everybody).token), 'Content-Type: application/json'],
        '{"token":"t"}',
      ),
    );
    expect(elsewhere.status).toBe(200);
  });
});

describe('framework-errors', () => {
  it.each([
    ['an unknown token', '/ocpi/versions', 'unknown', 403],
    ['a parameter that is wrong', `${LIST}?limit=many`, undefined, 422],
    ['a path that is not there', '/ocpi/2.2.1/sender/nothing', undefined, 404],
    ['an object that is not there', `${LIST}/NOWHERE`, undefined, 404],
  ] as const)('answers %s without an envelope', async (_, path, token, status) => {
    const guest = asGuest(await playing('framework-errors'));
    const answer = await guest.get(path, [base64(token ?? guest.token)]);
    expect(answer.status).toBe(status);
    expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(['detail']);
    expect(answer.header('WWW-Authenticate')).toBeUndefined();
  });

  it('stands in the history as it was sent', async () => {
    const sandbox = await playing('framework-errors');
    const answer = await asGuest(sandbox).get('/ocpi/versions', [base64('unknown')]);
    const [newest] = await sandbox.client.exchanges.list({ limit: 1 });
    expect(newest).toMatchObject({ httpStatus: 403 });
    const view = await sandbox.client.exchanges.get({ id: newest?.id ?? 0 });
    expect(view.response?.body).toMatchObject({ text: answer.body });
  });

  it('answers a body that is no JSON with 422', async () => {
    const sandbox = await playing('framework-errors');
    const { token } = asGuest(sandbox);
    const answer = await ask(
      { port: sandbox.port },
      request('POST /ocpi/2.2.1/credentials', [base64(token), 'Content-Type: application/json'], '{"token"'),
    );
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toEqual({ detail: expect.stringContaining('JSON') });
  });

  it('serves ids in lower case and takes them in any, and changes nothing else', async () => {
    const sandbox = await playing('framework-errors');
    const guest = asGuest(sandbox);
    const { items } = await guest.all(LIST);
    const made = sandbox.world.location(0, '2.2.1');
    expect(items[0]).toEqual({
      ...made,
      id: made.id.toLowerCase(),
      evses: made.evses?.map(evse => ({
        ...evse,
        uid: evse.uid.toLowerCase(),
        connectors: evse.connectors.map(connector => ({
          ...connector,
          id: connector.id.toLowerCase(),
          ...(connector.tariff_ids && { tariff_ids: connector.tariff_ids.map(id => id.toLowerCase()) }),
        })),
      })),
    });
    expect(items[0]?.id).not.toBe(made.id);
    for (const id of [made.id, made.id.toLowerCase()]) {
      const { data } = JSON.parse((await guest.get(`${LIST}/${id}`)).body) as { data: { id: string } };
      expect(data.id).toBe(made.id.toLowerCase());
    }
  });
});
