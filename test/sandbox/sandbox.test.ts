import { describe, expect, it } from 'vitest';
import { openSandbox } from '../../core/sandbox/sandbox.ts';
import { endOf, must, newDatabase, openPlatform } from '../support/platform.ts';
import { asGuest, invitation, NOW, newSandboxFile, openTestSandbox } from './guest.ts';

const LOCATIONS = '/ocpi/2.2.1/sender/locations';

describe('a sandbox', () => {
  it('serves its whole world page by page, each object once, in the order of its changes', async () => {
    const sandbox = await openTestSandbox({ locations: 130 });
    const guest = asGuest(sandbox);
    for (const module of ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens'] as const) {
      for (const version of ['2.1.1', '2.2.1', '2.3.0'] as const) {
        const limit = Math.ceil(sandbox.world.counts[module] / 4);
        const { items, pages } = await guest.all(`/ocpi/${version}/sender/${module}?limit=${limit}`);
        expect(items).toEqual(
          Array.from({ length: sandbox.world.counts[module] }, (_, index) =>
            sandbox.world[module === 'tokens' ? 'token' : singular(module)](index, version),
          ),
        );
        expect(pages).toBe(Math.ceil(sandbox.world.counts[module] / limit));
      }
    }
  });

  it('comes back after a restart at the same port with the same bytes, changes included', async () => {
    const file = newSandboxFile();
    const first = await openTestSandbox({ file, seed: 'again', locations: 60, countries: ['SE', 'NO'] });
    const location = first.world.location(3, '2.2.1');
    must(first.setStatus({ location: location.id, evse: location.evses?.[0]?.uid ?? '', status: 'BLOCKED' }));
    must(first.touch({ module: 'locations', id: first.world.location(10, '2.2.1').id }));
    const before = await asGuest(first).all(LOCATIONS);
    await first.close();

    const second = must(await openSandbox({ file, keyStore: 'file' }));
    try {
      expect(second.port).toBe(first.port);
      expect(second.identity).toEqual(first.identity);
      const after = await asGuest(second).all(LOCATIONS);
      expect(after.texts).toBe(before.texts);
      // Order goes on where it stood: what changes now comes behind both.
      must(second.touch({ module: 'locations', id: second.world.location(0, '2.2.1').id }));
      const { items } = await asGuest(second).all(LOCATIONS);
      expect(items.slice(-3).map(({ id }) => id)).toEqual(
        [3, 10, 0].map(index => second.world.location(index, '2.2.1').id),
      );
    } finally {
      await second.close();
    }
  });

  it('gives the same bytes from the same seed in another database, and others from another seed', async () => {
    const texts = async (seed: string) => {
      const sandbox = await openTestSandbox({ seed, locations: 20 });
      return (await asGuest(sandbox).all(LOCATIONS)).texts;
    };
    const [one, same, other] = [await texts('one'), await texts('one'), await texts('other')];
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it.each([
    [{ seed: 'other' }, 'seed'],
    [{ locations: 11 }, 'locations'],
    [{ now: NOW + 1 }, 'now'],
    [{ countries: ['SE'] }, 'countries'],
  ])('does not become another world in a database that holds one: %j', async (wanted, what) => {
    const file = newSandboxFile();
    await (await openTestSandbox({ file, locations: 10 })).close();
    const refused = await openSandbox({ file, keyStore: 'file', ...wanted });
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: 'WRONG_STATE', message: expect.stringContaining(what) },
    });
    // The one that is kept is as it was.
    const again = must(await openSandbox({ file, keyStore: 'file' }));
    expect(again.identity).toMatchObject({ seed: 'sandbox', locations: 10, now: NOW });
    await again.close();
  });

  it('does not move into the database of a platform of your own', async () => {
    const file = newDatabase();
    await (await openPlatform({ file })).close();
    const refused = await openSandbox({ file, keyStore: 'file' });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'WRONG_STATE' } });
  });

  it('plays the roles it is given, and offers the versions', async () => {
    const sandbox = await openTestSandbox({ roles: ['EMSP'], versions: ['2.2.1'], locations: 10 });
    const guest = asGuest(sandbox);
    const details = JSON.parse((await guest.get('/ocpi/2.2.1')).body) as {
      data: { endpoints: { identifier: string; role: string }[] };
    };
    expect(details.data.endpoints.map(({ identifier, role }) => `${identifier} ${role}`).sort()).toEqual([
      'cdrs RECEIVER',
      'chargingprofiles SENDER',
      'commands SENDER',
      'credentials SENDER',
      'hubclientinfo RECEIVER',
      'locations RECEIVER',
      'sessions RECEIVER',
      'tariffs RECEIVER',
      'tokens SENDER',
    ]);
    expect((await guest.get(LOCATIONS)).status).toBe(404);
    expect((await guest.get('/ocpi/2.3.0')).status).toBe(404);
  });

  it('invites a guest, who registers and pulls', async () => {
    const sandbox = await openTestSandbox({ locations: 25 });
    const us = await openPlatform();
    const token = await invitation(sandbox);
    await us.client.links.add({ name: 'box', versionsUrl: sandbox.versionsUrl, token });
    expect(await endOf(us, await us.client.runs.register({ name: 'box' }))).toMatchObject({ state: 'done' });
    const pulled = await us.client.pulls.start({ name: 'box', module: 'locations' });
    await endOf(us, pulled);
    expect(await us.client.pulls.result(pulled)).toMatchObject({ ok: true, added: 25, findings: [] });
    // The next guest gets a link of its own.
    await invitation(sandbox);
    expect(sandbox.workbench.links.list().map(({ name }) => name)).toEqual(['guest', 'guest 2']);
  });

  it('keeps of a long page the beginning and its length, and of a short one all', async () => {
    const sandbox = await openTestSandbox({ locations: 200 });
    const guest = asGuest(sandbox);
    const [long, short] = [await guest.get(`${LOCATIONS}?limit=200`), await guest.get(`${LOCATIONS}?limit=2`)];
    const [shortId = 0, longId = 0] = (await sandbox.client.exchanges.list({ limit: 2 })).map(({ id }) => id);
    const [ofShort, ofLong] = [
      await sandbox.client.exchanges.get({ id: shortId }),
      await sandbox.client.exchanges.get({ id: longId }),
    ];
    expect(ofShort.response?.body).toMatchObject({ text: short.body });
    expect(ofLong.response?.body).toMatchObject({ length: Buffer.byteLength(long.body) });
    expect(long.body.startsWith(ofLong.response?.body?.text ?? 'nothing')).toBe(true);
  });

  it('serves the last page of a million locations as fast as the first', async () => {
    const sandbox = await openTestSandbox({ locations: 1_000_000 });
    const guest = asGuest(sandbox);
    must(sandbox.touch({ module: 'locations', id: sandbox.world.location(5, '2.2.1').id }));
    const timed = async (offset: number) => {
      const began = performance.now();
      const answer = await guest.get(`${LOCATIONS}?offset=${offset}&limit=1000`);
      const took = performance.now() - began;
      expect(answer.header('X-Total-Count')).toBe('1000000');
      expect((JSON.parse(answer.body) as { data: unknown[] }).data).toHaveLength(1000);
      return took;
    };
    await timed(0);
    const [first, last] = [await timed(1_000), await timed(999_000)];
    process.stdout.write(`a page of 1,000 of a million: first ${first.toFixed(0)} ms, last ${last.toFixed(0)} ms\n`);
  });
});

function singular(module: 'locations' | 'sessions' | 'cdrs' | 'tariffs') {
  return ({ locations: 'location', sessions: 'session', cdrs: 'cdr', tariffs: 'tariff' } as const)[module];
}
