import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { newDatabase, openPlatform } from '../support/platform.ts';
import { openTestSandbox } from './guest.ts';

const isListening = (versionsUrl: string | null) =>
  fetch(versionsUrl ?? '').then(
    () => true,
    () => false,
  );

describe('the built-in partner', () => {
  it('is started with one call: registered with us, its data there to be pulled', async () => {
    const { client } = await openPlatform();
    expect(await client.sandbox.get()).toMatchObject({ running: false, link: null, locations: 200, profile: 'strict' });
    const started = await client.sandbox.start({ locations: 12, seed: 'one call' });
    expect(started).toMatchObject({ running: true, link: 'sandbox', locations: 12, seed: 'one call' });
    expect(started.profiles.map(({ name }) => name)).toContain('hub-fifo');
    expect(await client.links.get({ name: 'sandbox' })).toMatchObject({ state: 'registered', version: '2.3.0' });
    const { runId } = await client.pulls.start({ name: 'sandbox', module: 'locations' });
    for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
    const { objects } = await client.objects.list({ name: 'sandbox', module: 'locations' });
    expect(objects).toHaveLength(12);
    expect(await client.sandbox.get()).toEqual(started);
  });

  it('has us listen first, where we did not', async () => {
    const { client } = await openPlatform({ serve: false });
    await client.sandbox.start({ locations: 5 });
    expect(await client.platform.get()).toMatchObject({ serving: true, servingFailure: null });
  });

  it('is not started where partners cannot reach us, and it is said why', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { client } = await openPlatform({ serve: false });
    await client.platform.configure({ port: (taken.address() as { port: number }).port });
    await expect(client.sandbox.start({})).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    expect(await client.sandbox.get()).toMatchObject({ running: false, link: null });
    taken.close();
  });

  it('is started once by two that press at the same time', async () => {
    const { client } = await openPlatform();
    const [one, other] = await Promise.all([client.sandbox.start({ locations: 5 }), client.sandbox.start({})]);
    expect(one).toEqual(other);
    expect(await client.links.list()).toHaveLength(1);
    expect(await client.runs.list({})).toHaveLength(1);
  });

  it('takes another profile by starting anew, and stays registered', async () => {
    const { client } = await openPlatform();
    const before = await client.sandbox.start({ locations: 5 });
    const after = await client.sandbox.start({ profile: 'trailing-slash' });
    expect(after).toEqual({ ...before, profile: 'trailing-slash' });
    expect((await fetch(after.versionsUrl ?? '', { redirect: 'manual' })).status).toBe(307);
    expect(await client.runs.list({})).toHaveLength(1);
  });

  it('goes on as it is where something was asked that it cannot be', async () => {
    const { client } = await openPlatform();
    const { versionsUrl } = await client.sandbox.start({ locations: 5 });
    await expect(client.sandbox.start({ profile: 'perfect' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(client.sandbox.start({ locations: 6 })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(await isListening(versionsUrl)).toBe(true);
  });

  it('comes back by itself with the platform, at its address, and without a word over the wire', async () => {
    const file = newDatabase();
    const first = await openPlatform({ file });
    const before = await first.client.sandbox.start({ locations: 5 });
    const said = (await first.client.exchanges.list({})).length;
    await first.close();
    expect(await isListening(before.versionsUrl)).toBe(false);

    const second = await openPlatform({ file });
    await expect.poll(() => second.client.sandbox.get()).toEqual(before);
    expect((await second.client.exchanges.list({})).length).toBe(said);
  });

  it('stays away once it was stopped, and its link is found again when it is started', async () => {
    const file = newDatabase();
    const first = await openPlatform({ file });
    const before = await first.client.sandbox.start({ locations: 5 });
    expect(await first.client.sandbox.stop()).toEqual({ ...before, running: false });
    expect(await isListening(before.versionsUrl)).toBe(false);
    await first.close();

    const second = await openPlatform({ file });
    expect(await second.client.sandbox.get()).toMatchObject({ running: false });
    expect(await second.client.sandbox.start({})).toEqual(before);
  });

  it('ends with a platform that is closed while it starts', async () => {
    const platform = await openPlatform();
    const starting = platform.client.sandbox.start({ locations: 5 }).catch(error => error as Error);
    await platform.close();
    const ended = await starting;
    const { versionsUrl } = ended instanceof Error ? { versionsUrl: 'http://127.0.0.1:9/' } : ended;
    expect(await isListening(versionsUrl)).toBe(false);
  });

  it('has no sandbox of its own', async () => {
    const sandbox = await openTestSandbox({ locations: 5 });
    await expect(sandbox.client.sandbox.start({})).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });

  it('is wrong on purpose where it is told to be, and its rules are its own; nobody can tell it while it does not run', async () => {
    const { client } = await openPlatform();
    const { faults } = client.sandbox;
    await expect(faults.list()).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await client.sandbox.start({ locations: 5 });
    await expect(faults.add({ kind: 'no.kind' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await faults.add({
      kind: 'envelope.ocpi-status',
      parameters: { code: 2001 },
      scope: { operation: 'locations.list' },
    });
    const { runId } = await client.pulls.start({ name: 'sandbox', module: 'locations' });
    for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
    const [pulled] = await client.exchanges.list({ limit: 1 });
    expect(pulled).toMatchObject({ operation: 'locations.list', ocpiStatus: 2001, faults: [] });
    const [rule] = await faults.list();
    expect(rule?.fired).toBeGreaterThan(0);
    expect(await faults.hits({ limit: 1 })).toMatchObject([
      { rule: 'envelope.ocpi-status', operation: 'locations.list', applied: true },
    ]);
    expect(await client.faults.list()).toEqual([]);
    expect((await faults.load({ pack: (await faults.packs())[0]?.name ?? '' })).length).toBeGreaterThan(3);
    await faults.remove({ all: true });
    expect((await faults.export()).rules).toEqual([]);
  }, 30_000);

  it('lives: its drivers come when they are asked for, and what they do is served; it cannot while it does not run', async () => {
    const { client } = await openPlatform();
    await expect(client.sandbox.life.get()).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await client.sandbox.start({ locations: 10, seed: 'alive' });
    // A drive leads to us, whose chargers it would have to know first.
    await expect(client.sandbox.life.start({ as: 'app' })).rejects.toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining('we know no free charger of workbench there'),
    });
    const { speed, charges } = await client.sandbox.life.set({ speed: 500, charges: 2 });
    expect({ speed, charges }).toEqual({ speed: 500, charges: 2 });
    await expect
      .poll(async () => (await client.sandbox.life.get()).finished, { timeout: 40_000, interval: 250 })
      .toBeGreaterThan(0);
    const { id } = await client.sandbox.life.start({ kwh: 5 });
    await client.sandbox.life.pause();
    const { running, charging, failures } = await client.sandbox.life.get();
    expect({ running, failures }).toEqual({ running: false, failures: [] });
    expect(charging.map(({ session }) => session)).toContain(id);
    // World and what was made since, in one list, in any version.
    for (const module of ['sessions', 'cdrs'] as const) {
      const { runId } = await client.pulls.start({ name: 'sandbox', module });
      for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
      expect(await client.pulls.result({ runId })).toMatchObject({ ok: true, findings: [] });
    }
    const { objects } = await client.objects.list({ name: 'sandbox', module: 'sessions', limit: 1000 });
    expect(objects.map(object => object.id)).toContain(id);
    expect(objects.length).toBeGreaterThan(52);
    await client.sandbox.life.resume();
  }, 60_000);
});
