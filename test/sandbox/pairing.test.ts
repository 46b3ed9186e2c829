import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pair } from '../../core/sandbox/pairing.ts';
import { must, newDatabase, openPlatform } from '../support/platform.ts';
import { newSandboxFile, openTestSandbox } from './guest.ts';

const exchangesOf = async (platform: Awaited<ReturnType<typeof openPlatform>>) =>
  (await platform.client.exchanges.list({ limit: 1_000 })).length;

describe('a sandbox next to your own platform', () => {
  it('is registered once, and found registered at every later start without a word', async () => {
    const [file, ours] = [newSandboxFile(), newDatabase()];
    const [sandbox, us] = [await openTestSandbox({ file, locations: 10 }), await openPlatform({ file: ours })];
    expect(must(await pair(us.workbench, sandbox))).toEqual({ link: 'sandbox' });
    expect(await us.client.links.get({ name: 'sandbox' })).toMatchObject({ state: 'registered', version: '2.3.0' });
    const said = await exchangesOf(us);
    must(await pair(us.workbench, sandbox));
    await us.close();
    await sandbox.close();

    const [again, usAgain] = [await openTestSandbox({ file }), await openPlatform({ file: ours })];
    must(await pair(usAgain.workbench, again));
    expect(await exchangesOf(usAgain)).toBe(said);
  });

  it('is registered anew when its database was thrown away', async () => {
    const file = newSandboxFile();
    const us = await openPlatform();
    const first = await openTestSandbox({ file, locations: 10 });
    must(await pair(us.workbench, first));
    await first.close();
    rmSync(file);
    const second = await openTestSandbox({ file, locations: 10, port: first.port });
    must(await pair(us.workbench, second));
    expect(await us.client.links.get({ name: 'sandbox' })).toMatchObject({ state: 'registered' });
    expect(second.workbench.links.list()).toMatchObject([{ name: 'workbench', state: 'registered' }]);
  });

  it('is registered anew when the link was removed, or ended, or never finished', async () => {
    const us = await openPlatform();
    const sandbox = await openTestSandbox({ locations: 10 });
    await us.client.links.add({ name: 'sandbox', versionsUrl: 'http://127.0.0.1:9/versions', token: 'not-it' });
    must(await pair(us.workbench, sandbox));
    await us.client.links.remove({ name: 'sandbox' });
    must(await pair(us.workbench, sandbox));
    expect(await us.client.links.get({ name: 'sandbox' })).toMatchObject({ state: 'registered' });
  });

  it('leaves a link of that name alone that leads elsewhere, and one that is suspended', async () => {
    const us = await openPlatform();
    const [one, other] = [await openTestSandbox({ locations: 10 }), await openTestSandbox({ locations: 10 })];
    must(await pair(us.workbench, one));
    expect(await pair(us.workbench, other)).toMatchObject({ ok: false, failure: { code: 'NAME_TAKEN' } });
    await us.client.links.set({ name: 'sandbox', suspended: true });
    expect(await pair(us.workbench, one)).toMatchObject({ ok: false, failure: { code: 'WRONG_STATE' } });
  });
});
