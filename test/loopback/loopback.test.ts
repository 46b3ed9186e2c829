import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { askOwner, connectLoopback } from '../../core/loopback/client.ts';
import { joinDatabase } from '../../core/loopback/join.ts';
import { type Joined, ownDatabase } from '../../core/loopback/own.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import { startPartner } from '../support/partner/partner.ts';

let folder: string;
let file: string;
let owned: Required<Joined>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-loopback-'));
  file = join(folder, 'workbench.db');
  const opened = await ownDatabase({ file, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  owned = opened.value;
});
afterEach(async () => {
  await owned.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = () => {
  const owner = ownerOf(file);
  if (owner === undefined) throw new Error('nobody owns the database');
  return owner;
};

async function connected() {
  const client = await connectLoopback(address());
  if (client === undefined) throw new Error('nobody answered');
  return client;
}

describe('the contract over the loopback', () => {
  it('is what the owner itself sees', async () => {
    const there = await connected();
    await there.client.links.invite({ name: 'Acme' });
    expect(await owned.client.links.list()).toEqual(await there.client.links.list());
    there.close();
  });

  it('gives failures with code, message and advice', async () => {
    const there = await connected();
    await expect(there.client.links.get({ name: 'Nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Nobody'),
      data: { advice: expect.any(String) },
    });
    there.close();
  });

  it('refuses bad input at the boundary and names its path', async () => {
    const there = await connected();
    const input = { name: 'Acme', versionsUrl: 'nowhere', token: 'a b' };
    await expect(there.client.links.add(input)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      data: { issues: [{ path: ['versionsUrl'] }, { path: ['token'] }] },
    });
    expect(await owned.client.links.list()).toEqual([]);
    there.close();
  });

  it('tells a run step by step to everybody who watches it', async () => {
    const partner = await startPartner({ versions: ['2.2.1'] });
    await owned.client.links.add({ name: 'Acme', versionsUrl: partner.versionsUrl, token: partner.tokenA ?? '' });
    const [one, two] = await Promise.all([connected(), connected()]);
    const { runId } = await one.client.runs.register({ name: 'Acme' });
    const follow = async ({ client }: typeof one) => {
      const steps: number[] = [];
      let state = 'unknown';
      for await (const run of await client.runs.watch({ runId })) {
        steps.push(run.steps.length);
        state = run.state;
      }
      return { steps, state };
    };
    for (const { steps, state } of await Promise.all([follow(one), follow(two)])) {
      expect(state).toBe('done');
      expect(steps).toEqual([...steps].sort((left, right) => left - right));
      expect(steps.at(-1)).toBe(6);
    }
    one.close();
    two.close();
    await partner.stop();
  });

  it('makes a second process a client instead of a second owner', async () => {
    const joined = await joinDatabase({ file });
    if (!joined.ok) throw new Error(joined.failure.message);
    expect(joined.value.workbench).toBeUndefined();
    await joined.value.client.links.invite({ name: 'Acme' });
    await joined.value.close();
    expect(await owned.client.links.list()).toMatchObject([{ name: 'Acme' }]);
  });
});

describe('an owner that is gone', () => {
  it('is told from a stranger that got its pid and its port', async () => {
    await owned.close();
    const stranger = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as { port: number };
    const database = new Database(file);
    // A process that is surely there, with an owner file that nobody at that port knows.
    database
      .prepare('INSERT INTO owner (id, pid, port, started_at, nonce) VALUES (1, ?, ?, 0, ?)')
      .run(process.ppid, port, 'n');
    database.close();
    writeFileSync(`${file}.owner`, JSON.stringify({ pid: process.ppid, port, secret: 'not known there' }));
    const again = await ownDatabase({ file, keyStore: 'file' });
    stranger.close();
    if (!again.ok) throw new Error(again.failure.message);
    owned = again.value;
    expect(ownerOf(file)?.secret).not.toBe('not known there');
  });

  it('is not taken for gone because it is slow to answer', async () => {
    const slow = createServer(() => {}).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const { port } = slow.address() as { port: number };
    expect(await askOwner({ port, secret: 'whatever' })).toBe('silent');
    slow.closeAllConnections();
    slow.close();
  });
});

describe('who may ask', () => {
  it('only those who know the secret, which this user alone may read', async () => {
    const { port, secret } = address();
    expect(statSync(`${file}.owner`).mode & 0o777).toBe(0o600);
    expect(await connectLoopback({ port, secret: `${secret}x` })).toBeUndefined();
    expect(await askOwner({ port, secret: '' })).toBe('stranger');
    expect(await askOwner({ port, secret })).toBe('owner');
  });

  it('nobody without an Authorization header: the upgrade is refused with 401', async () => {
    const webSocket = new WebSocket(`ws://127.0.0.1:${address().port}/contract`);
    const status = await new Promise<number | undefined>(resolve => {
      webSocket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      webSocket.on('open', () => resolve(undefined));
      webSocket.on('error', () => {});
    });
    webSocket.terminate();
    expect(status).toBe(401);
  });

  it('a client that vanishes in mid-stream leaves the owner well', async () => {
    const there = await connected();
    const { runId } = await there.client.runs.doctor({});
    await there.client.runs.watch({ runId });
    there.close();
    expect((await owned.client.platform.get()).recording.ok).toBe(true);
  });
});
