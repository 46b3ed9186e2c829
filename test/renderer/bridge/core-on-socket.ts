import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { createRouter } from '../../../core/handlers/router.ts';
import { openWorkbench, type Workbench } from '../../../core/workbench.ts';

/** A workbench of its own, reached over a WebSocket that can go away and come back at the same port. */
export interface CoreOnSocket {
  readonly workbench: Workbench;
  readonly url: string;
  /** As when the process is killed: whatever is under way is cut. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function startCoreOnSocket(): Promise<CoreOnSocket> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-bridge-'));
  const opened = await openWorkbench({ file: join(folder, 'workbench.db'), keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  const handler = new RPCHandler(createRouter(workbench));
  const listen = async (port: number) => {
    const server = new WebSocketServer({ host: '127.0.0.1', port });
    server.on('connection', socket => void handler.upgrade(socket, { context: {} }));
    await once(server, 'listening');
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const goAway = async () => {
    for (const socket of server.clients) socket.terminate();
    await new Promise(resolve => server.close(resolve));
  };
  return {
    workbench,
    url: `ws://127.0.0.1:${port}`,
    goAway,
    comeBack: async () => {
      server = await listen(port);
    },
    close: async () => {
      await goAway();
      await workbench.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
