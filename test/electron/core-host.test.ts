import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf } from '../../core/loopback/client.ts';
import { ownDatabase } from '../../core/loopback/own.ts';
import { type CoreHost, createCoreHost } from '../../electron/core-host.ts';
import type { FromCore } from '../../electron/core-messages.ts';
import { startPagingServer } from '../support/paging-server.ts';
import { clientOver } from './page-client.ts';

process.env['OCPI_WORKBENCH_KEYSTORE'] = 'file';

let folder: string;
let file: string;
let told: FromCore[];
let ended: number;
let core: CoreHost;
const ports = new Set<MessagePort>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-core-'));
  file = join(folder, 'workbench.db');
  told = [];
  ended = 0;
  core = createCoreHost({
    tell: message => told.push(message),
    end: () => {
      ended++;
    },
  });
});
afterEach(async () => {
  for (const port of ports) port.close();
  ports.clear();
  await core.hear({ kind: 'close' }, []);
  rmSync(folder, { recursive: true, force: true });
});

async function connect() {
  const { port1, port2 } = new MessageChannel();
  ports.add(port2);
  await core.hear({ kind: 'connect' }, [port1 as unknown as Parameters<CoreHost['hear']>[1][number]]);
  return { client: clientOver(port2), port: port2 };
}

describe('the core behind the window', () => {
  it('opens the database, serves OCPI from it, and offers the contract over a port', async () => {
    await core.hear({ kind: 'open', database: file }, []);
    expect(told).toEqual([{ kind: 'ready', notServing: null }]);
    const { client } = await connect();
    const platform = await client.platform.get();
    expect(platform).toMatchObject({ database: file, serving: true });
    const versions = await fetch(platform.versionsUrl ?? '', { headers: { authorization: 'Token none' } });
    expect(versions.status).toBe(401);
  });

  it('gives the page typed failures and refuses bad input, as everywhere', async () => {
    await core.hear({ kind: 'open', database: file }, []);
    const { client } = await connect();
    await expect(client.links.get({ name: 'Nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(client.exchanges.get({ id: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('tells the window of what is over its threshold from now on, once, and of nothing that was before', async () => {
    const server = await startPagingServer({ answer: () => ({ status: 400, body: 'no' }) });
    try {
      await core.hear({ kind: 'open', database: file }, []);
      const { client } = await connect();
      const failing = async (name: string) => {
        await client.links.adopt({ name, versionsUrl: server.versionsUrl, token: 'a-token' });
        const pull = async () => (await outcomeOf(client.pulls.start({ name, module: 'locations' }))).ok;
        await expect.poll(pull).toBe(true);
        const state = async () => (await client.runs.list({ name, kinds: ['pull'] }))[0]?.state;
        await expect.poll(state).toBe('failed');
        await client.pulls.schedule({ name, module: 'locations', every: 3_600_000 });
        expect((await client.health.look({ link: name })).notices).toHaveLength(1);
      };
      const notices = () => told.filter(({ kind }) => kind === 'notices');
      await failing('Acme');
      await expect.poll(notices).toHaveLength(1);
      expect(notices()).toMatchObject([
        { fresh: { count: 1, notices: [{ link: 'Acme', sentence: expect.stringContaining('locations') }] } },
      ]);
      await core.hear({ kind: 'close' }, []);
      await core.hear({ kind: 'open', database: file }, []);
      const again = await connect();
      await again.client.health.acknowledge({ ids: [1] });
      await again.client.health.look({});
      expect(notices()).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });

  it('offers the same to two pages at once, and goes on when one leaves', async () => {
    await core.hear({ kind: 'open', database: file }, []);
    const one = await connect();
    const two = await connect();
    await one.client.links.invite({ name: 'Acme' });
    one.port.close();
    expect(await two.client.links.list()).toMatchObject([{ name: 'Acme' }]);
  });

  it('says why a database cannot be opened, and gives no port to what is not there', async () => {
    writeFileSync(file, 'this is no database, however long the text in it may be');
    await core.hear({ kind: 'open', database: file }, []);
    expect(told).toMatchObject([
      { kind: 'refused', failure: { message: expect.any(String), advice: expect.any(String) } },
    ]);
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise(resolve => port2.once('close', resolve));
    await core.hear({ kind: 'connect' }, [port1 as unknown as Parameters<CoreHost['hear']>[1][number]]);
    await closed;
  });

  it('says why partners cannot reach it, and shows the page all the same', async () => {
    await core.hear({ kind: 'open', database: file }, []);
    const { client } = await connect();
    await client.platform.serve({ on: false });
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { readonly port: number };
    await client.platform.configure({ port });
    await core.hear({ kind: 'close' }, []);

    told = [];
    core = createCoreHost({ tell: message => told.push(message), end: () => {} });
    await core.hear({ kind: 'open', database: file }, []);
    expect(told).toMatchObject([{ kind: 'ready', notServing: { code: 'PORT_TAKEN' } }]);
    expect(await (await connect()).client.platform.get()).toMatchObject({ serving: false });
    await new Promise(resolve => taken.close(resolve));
  });

  it('imports a file of traffic, piece by piece, and says how much of it is OCPI', async () => {
    await core.hear({ kind: 'open', database: file }, []);
    const traffic = join(folder, 'partner.har');
    // Longer than a piece: what crosses is put together again.
    const padding = 'x'.repeat(3 * 1024 * 1024);
    writeFileSync(
      traffic,
      archive(`{"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":[],"x":"${padding}å"}`),
    );
    expect(await imported(traffic)).toMatchObject({ ok: true, value: { format: 'har', exchanges: 1, recognised: 1 } });
    const { client } = await connect();
    expect(await client.exchanges.list({})).toMatchObject([{ url: 'https://partner.example/ocpi/2.2.1/locations' }]);
  });

  it('says why there was no import', async () => {
    const traffic = join(folder, 'nothing.har');
    expect(await imported(traffic)).toMatchObject({ ok: false, failure: { code: 'WRONG_STATE' } });
    await core.hear({ kind: 'open', database: file }, []);
    expect(await imported(traffic)).toMatchObject({ ok: false, failure: { code: 'OPERATION_FAILED' } });
    writeFileSync(traffic, '');
    expect(await imported(traffic)).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT' } });
    writeFileSync(traffic, 'no archive at all');
    expect(await imported(traffic)).toMatchObject({ ok: false, failure: { advice: expect.stringMatching(/./) } });
  });

  it('ends when it is asked to, with the database closed behind it', async () => {
    await core.hear({ kind: 'open', database: file }, []);
    await core.hear({ kind: 'close' }, []);
    expect(ended).toBe(1);
    const next = await ownDatabase({ file });
    expect(next.ok).toBe(true);
    if (next.ok) await next.value.close();
  });
});

describe('a window on a database that another process owns', () => {
  it('speaks with the owner, through its own core, and ends when the owner does', async () => {
    const owner = await ownDatabase({ file, keyStore: 'file' });
    if (!owner.ok) throw new Error(owner.failure.message);
    await core.hear({ kind: 'open', database: file }, []);
    expect(told).toEqual([{ kind: 'ready', notServing: null }]);
    const { client, port } = await connect();
    await client.links.invite({ name: 'Acme' });
    expect(await owner.value.client.links.list()).toMatchObject([{ name: 'Acme' }]);
    await expect(client.links.get({ name: 'Nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const closed = new Promise(resolve => port.once('close', resolve));
    await owner.value.close();
    await closed;
    await expect.poll(() => ended).toBeGreaterThan(0);
  });

  it('leaves the owner alone when the page leaves', async () => {
    const owner = await ownDatabase({ file, keyStore: 'file' });
    if (!owner.ok) throw new Error(owner.failure.message);
    await core.hear({ kind: 'open', database: file }, []);
    const first = await connect();
    await first.client.links.list();
    first.port.close();
    const second = await connect();
    expect(await second.client.links.list()).toEqual([]);
    expect(ended).toBe(0);
    await owner.value.close();
  });
});

async function imported(path: string) {
  const ask = told.length + 1;
  await core.hear({ kind: 'import', ask, path }, []);
  const answer = told.findLast(message => message.kind === 'imported');
  expect(answer).toMatchObject({ ask });
  return answer?.kind === 'imported' ? answer.outcome : undefined;
}

/** An HTTP archive with one GET of locations, answered by `text`. */
function archive(text: string): string {
  const headers = [{ name: 'content-type', value: 'application/json' }];
  const request = {
    method: 'GET',
    url: 'https://partner.example/ocpi/2.2.1/locations',
    httpVersion: 'HTTP/1.1',
    headers,
  };
  const content = { size: text.length, mimeType: 'application/json', text };
  const response = { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers, content };
  const entry = { startedDateTime: '2026-01-01T00:00:00.000Z', time: 12, request, response, timings: {} };
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: [entry] } });
}
