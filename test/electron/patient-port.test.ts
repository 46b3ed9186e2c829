import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TAKEN } from '../../core/contract/port.ts';
import { type CoreHost, createCoreHost } from '../../electron/core-host.ts';
import { clientOver } from './page-client.ts';

process.env['OCPI_WORKBENCH_KEYSTORE'] = 'file';

let folder: string;
let core: CoreHost;
const ports: MessagePort[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-port-'));
  core = createCoreHost({ tell: () => {}, end: () => {} });
  await core.hear({ kind: 'open', database: join(folder, 'workbench.db') }, []);
});
afterEach(async () => {
  for (const port of ports.splice(0)) port.close();
  await core.hear({ kind: 'close' }, []);
  rmSync(folder, { recursive: true, force: true });
});

async function connect(): Promise<MessagePort> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port2);
  await core.hear({ kind: 'connect' }, [port1 as unknown as Parameters<CoreHost['hear']>[1][number]]);
  return port2;
}

/** A page whose script stands still: what arrives is counted, and nothing is said to have been taken. */
function standsStill(port: MessagePort): unknown[] {
  const arrived: unknown[] = [];
  port.on('message', message => arrived.push(message));
  // As the page's client asks: the id it gives the call, and where it goes.
  port.postMessage(JSON.stringify({ i: '1', p: { u: '/events/watch' } }));
  return arrived;
}

describe('the port to a page', () => {
  it('carries no more than a handful of messages to one that stands still, and goes on when it does', async () => {
    const still = await connect();
    const arrived = standsStill(still);
    const { links } = clientOver(await connect());
    await vi.waitFor(() => expect(arrived.length).toBeGreaterThan(1));
    // Batches are at least 50 ms apart: one link each would make many more of them than may be on their way.
    for (let at = 0; at < 30; at++) {
      await links.invite({ name: `link ${at}` });
      await sleep(60);
    }
    expect(arrived.length).toBe(16);

    const before = arrived.length;
    for (const _ of arrived) still.postMessage(TAKEN);
    await vi.waitFor(() => expect(arrived.length).toBeGreaterThan(before));
    await sleep(200);
    expect(arrived.length - before, 'what happened meanwhile came together').toBeLessThanOrEqual(2);
  });
});
