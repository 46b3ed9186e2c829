import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { ContractRouter } from '../handlers/router.ts';

const LARGEST_MESSAGE = 64 * 1024 * 1024;

export interface Loopback {
  readonly port: number;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly router: ContractRouter;
  /** What a caller on this machine must know; it stands in the owner file, readable by this user only. */
  readonly secret: string;
  readonly pid: number;
}

/** The contract over HTTP and WebSocket on 127.0.0.1, for other processes of this user. */
export async function startLoopback({ router, secret, pid }: LoopbackOptions): Promise<Loopback> {
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const server = createServer((request, response) => {
    const answer = knowsSecret(request, secret) ? { status: 200, body: { pid } } : { status: 401, body: {} };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  server.on('upgrade', (request, socket, head) => {
    if (!knowsSecret(request, secret)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, webSocket => {
      // A face that goes away in mid-call is no news; the peer's close event ends its streams.
      webSocket.on('error', () => webSocket.terminate());
      void handler.upgrade(webSocket, { context: {} });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        for (const webSocket of sockets.clients) webSocket.close(1001);
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function knowsSecret(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
