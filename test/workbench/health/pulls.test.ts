import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctPage, location, type PagingServer, startPagingServer } from '../../support/paging-server.ts';
import { endOf, newName } from '../../support/platform.ts';
import { clock, HOUR, kindsOf, ours } from './watched.ts';

let broken = false;
let server: PagingServer;
beforeAll(async () => {
  server = await startPagingServer({
    answer: request => (broken ? { status: 400, body: 'no' } : correctPage([location('L1')], request, { cap: 10 })),
  });
});
afterAll(() => server.stop());

async function adopted() {
  const us = await ours();
  const name = newName();
  await us.client.links.adopt({ name, versionsUrl: server.versionsUrl, token: 'a-token-of-theirs' });
  const [look] = await us.client.runs.list({ name });
  await endOf(us, { runId: look?.id ?? 0 });
  const pull = async () =>
    (await endOf(us, await us.client.pulls.start({ name, module: 'locations', full: true }))).state;
  return { name, pull, client: us.client, kinds: () => kindsOf(name) };
}

describe('scheduled pulls', () => {
  it('are told when they fail, and when none went well for too long, until one does', async () => {
    const { name, pull, client, kinds } = await adopted();
    expect(await pull()).toBe('done');
    broken = true;
    expect(await pull()).toBe('failed');
    // Nobody relies on what is not scheduled.
    expect(await kinds()).toEqual([]);
    await client.pulls.schedule({ name, module: 'locations', every: HOUR });
    expect(await kinds()).toEqual(['pull-failed']);
    clock.pass(25 * HOUR);
    expect(await kinds()).toEqual(['pull-failed', 'pull-old']);
    const { notices } = await client.health.notices({ link: name, open: true });
    expect(notices.map(({ subject, sentence }) => `${subject}: ${sentence}`).sort()).toEqual([
      expect.stringMatching(/^locations: No pull of locations has gone well since \S+Z, for more than 24 hours\.$/),
      expect.stringMatching(/^locations: The last pull of locations, at \S+Z, failed \(run \d+\)\.$/),
    ]);
    const { links } = await client.health.links({ link: name });
    expect(links[0]?.pulls).toMatchObject([
      { module: 'locations', lastOk: false, runId: expect.any(Number), schedule: { every: HOUR } },
    ]);
    expect(links[0]?.pulls[0]?.lastGood).not.toBe(links[0]?.pulls[0]?.last);
    broken = false;
    expect(await pull()).toBe('done');
    expect(await kinds()).toEqual([]);
  });

  it('that are far apart are late after twice their distance only', async () => {
    const { name, pull, client, kinds } = await adopted();
    await pull();
    await client.pulls.schedule({ name, module: 'locations', every: 20 * HOUR });
    clock.pass(39 * HOUR);
    expect(await kinds()).toEqual([]);
    clock.pass(2 * HOUR);
    expect(await kinds()).toEqual(['pull-old']);
  });
});
