import { copyFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { ask, connectRaw, request } from '../../support/raw-client.ts';
import { startRawServer } from '../../support/raw-server.ts';

const TOKEN = 'token-of-the-partner-12345';
const AUTHORIZATION = `Authorization: Token ${TOKEN}`;
const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** A workbench that serves, with one registered link whose token is known. */
async function served(versionsUrl = 'http://127.0.0.1:9/ocpi/versions'): Promise<TestPlatform & { port: number }> {
  const platform = await openPlatform();
  platform.workbench.links.adopt({
    name: 'partner',
    versionsUrl,
    token: 'token-for-the-partner-123',
    theirToken: TOKEN,
  });
  return { ...platform, port: Number(new URL(platform.versionsUrl).port) };
}

const LIST = request('GET /ocpi/2.2.1/sender/locations?limit=10', [
  AUTHORIZATION,
  'X-Request-ID: r',
  'X-Correlation-ID: c',
]);

async function newest({ client }: TestPlatform) {
  const [first] = await client.exchanges.list({ limit: 1 });
  if (first === undefined) throw new Error('no exchange');
  return client.exchanges.get({ id: first.id });
}

describe('a rule that is armed', () => {
  it('is at work on the next request, and no more once it is disarmed', async () => {
    const platform = await served();
    const { client, port } = platform;
    expect((await ask({ port }, LIST)).status).toBe(200);
    const rule = await client.faults.add({ kind: 'transport.cut', parameters: { at: 20 } });
    const raw = await connectRaw({ port });
    await raw.send(LIST);
    const got = await raw.closed();
    expect(got.slice(got.indexOf('\r\n\r\n') + 4)).toHaveLength(20);
    await later(30);
    const stamped = await newest(platform);
    expect(stamped).toMatchObject({
      ended: 'broken-off',
      fault: {
        firings: [{ rule: rule.name, ruleId: rule.id, kind: 'transport.cut', hit: 1, applied: true }],
        wire: ['head', expect.stringMatching(/^20 of \d+ bytes$/), 'close'],
      },
    });
    expect(stamped.fault?.intended?.body).toContain('"status_code":1000');
    await client.faults.arm({ ids: [rule.id], armed: false });
    expect((await ask({ port }, LIST)).status).toBe(200);
    expect((await newest(platform)).fault).toBeNull();
  });

  it('leaves an open row where the workbench is killed meanwhile: it is interrupted at the next start, its stamp kept', async () => {
    const { client, port, file } = await served();
    await client.faults.add({ kind: 'transport.hang', parameters: { after: 'head', ms: 60_000 } });
    const raw = await connectRaw({ port });
    await raw.send(LIST);
    await raw.until(received => received.includes('\r\n\r\n'));
    await later(50);
    // What stands in the files now is what a kill would leave.
    const copy = newDatabase();
    for (const end of ['', '-wal', '.key']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    raw.destroy();
    // The process that wrote it lives on here.
    const database = new Database(copy);
    database.exec('DELETE FROM owner');
    database.close();
    const again = await openPlatform({ file: copy, serve: false });
    const found = await newest(again);
    expect(found).toMatchObject({
      ended: 'interrupted',
      response: { status: 200 },
      fault: { wire: ['head', 'silence for 60,000 ms', 'reset'], firings: [{ kind: 'transport.hang' }] },
    });
  });

  it('is at work on requests of ours, and what waits to leave does not keep the workbench from closing', async () => {
    const partner = await startRawServer({
      scripts: [[{ send: 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n' }]],
    });
    const platform = await served(`${partner.url}/ocpi/versions`);
    const { client } = platform;
    await client.faults.add({
      kind: 'transport.delay',
      parameters: { ms: 60_000 },
      scope: { direction: 'send' },
      reachesRegistration: true,
    });
    const pending = client.runs.look({ name: 'partner' }).catch(() => undefined);
    await later(150);
    expect((await newest(platform)).ended).toBe('open');
    const began = performance.now();
    await platform.close();
    expect(performance.now() - began).toBeLessThan(4_000);
    await pending;
    await partner.stop();
    expect(partner.requests).toEqual([]);
  });
});
