import { createServer } from 'node:net';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Partner } from '../../support/partner/partner.ts';
import {
  endOf,
  newDatabase,
  openPartner,
  openPlatform,
  registerWith,
  type TestPlatform,
} from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';
import { says } from './meeting.ts';

const COMMAND = { name: 'partner', command: 'STOP_SESSION', session: 'S1' } as const;
const PATH = '/ocpi/2.2.1/receiver/commands/STOP_SESSION';

async function asked(platform: TestPlatform, partner: Partner, timeout: number) {
  partner.override(`POST ${PATH}`, says(200, 1000, { result: 'ACCEPTED', timeout }));
  const { runId } = await platform.client.sending.command(COMMAND);
  await partner.arrival('unknown');
  const body = JSON.parse(partner.received('unknown').at(-1)?.text ?? '{}') as { response_url: string };
  return { runId, url: new URL(body.response_url) };
}

function post({ relation }: Partner, url: URL) {
  const token = Buffer.from(relation.outgoing ?? '').toString('base64');
  const headers = [`Authorization: Token ${token}`, 'Content-Type: application/json'];
  return ask({ port: Number(url.port) }, request(`POST ${url.pathname}`, headers, '{"result":"ACCEPTED"}'));
}

describe('a response_url of ours', () => {
  it('works while we do not serve otherwise: for as long as the run waits', async () => {
    const platform = await openPlatform({ serve: false });
    const partner = await openPartner();
    await registerWith(platform, partner, { version: '2.2.1' });
    const { runId, url } = await asked(platform, partner, 20);
    expect((await post(partner, url)).status).toBe(200);
    expect(await endOf(platform, { runId })).toMatchObject({ state: 'done' });
    await expect(post(partner, url)).rejects.toThrow('ECONNREFUSED');
  });

  it('still finds its run after the workbench was started again', async () => {
    const file = newDatabase();
    const platform = await openPlatform({ file });
    const partner = await openPartner();
    await registerWith(platform, partner, { version: '2.2.1' });
    const { runId, url } = await asked(platform, partner, 20);
    while (!(await platform.client.runs.get({ runId })).steps.some(({ step }) => step === 'answer')) {
      await new Promise(resolve => setTimeout(resolve, 2));
    }
    await platform.close();
    const again = await openPlatform({ file });
    expect((await post(partner, url)).status).toBe(200);
    const run = await again.client.runs.get({ runId });
    expect(run).toMatchObject({ state: 'cancelled', result: { asked: { results: [{ result: 'ACCEPTED' }] } } });
    expect(run.steps.at(-1)?.reason).toContain('nobody waited for it');
    await again.close();

    // As a kill would have left it: running, and without an outcome.
    const database = new Database(file);
    database.prepare("UPDATE run SET state = 'running', ended_at = NULL, result = NULL WHERE id = ?").run(runId);
    database.close();
    const third = await openPlatform({ file });
    expect((await post(partner, url)).status).toBe(200);
    expect(await third.client.runs.get({ runId })).toMatchObject({
      state: 'interrupted',
      result: { asked: { operation: 'commands.stop-session', results: [{ result: 'ACCEPTED' }] } },
    });
  });

  it('is not handed out where we cannot listen: the run says why', async () => {
    const platform = await openPlatform({ serve: false });
    const partner = await openPartner();
    await registerWith(platform, partner, { version: '2.2.1' });
    const { port } = await platform.client.platform.get();
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(port, '127.0.0.1', () => resolve()));
    const run = await endOf(platform, await platform.client.sending.command(COMMAND));
    await new Promise(resolve => taken.close(resolve));
    expect(run.state).toBe('failed');
    expect(run.steps).toMatchObject([{ step: 'our server', ok: false, reason: expect.stringContaining(String(port)) }]);
    expect(partner.received('unknown')).toEqual([]);
  });
});
