import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { ContractRouter } from '../handlers/router.ts';
import { createServer } from '../node-http.ts';
import type { SessionStore } from './page/door.ts';
import { pageFolder } from './page/files.ts';
import { createPage, type Page } from './page/page.ts';
import { ADDRESS_PATH, CONTRACT_PATH } from './paths.ts';
import { patientSocket } from './patient-socket.ts';

const LARGEST_MESSAGE = 64 * 1024 * 1024;
/** Milliseconds. Parts of the page are loaded when they are needed, which must not meet a connection just being closed. */
const KEPT_ALIVE = 600_000;

export interface Loopback {
  readonly port: number;
  /** An address of the page that lets one browser in, once. */
  newAddress(): string;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly router: ContractRouter;
  /** What a process of this user must know; it stands in the owner file, readable by this user only. */
  readonly secret: string;
  readonly pid: number;
  readonly clock: Clock;
  /** 0: a free one. */
  readonly port: number;
  readonly sessions: SessionStore;
  /** How many faces there are now, whenever one comes or goes. */
  readonly onFaces?: (count: number) => void;
}

/**
 * The contract over WebSocket and the page over HTTP, on 127.0.0.1 alone. Two kinds of callers: processes of this user,
 * by the secret of the owner file; browsers that were let in, by their cookie, and only from our own page.
 */
export async function startLoopback(options: LoopbackOptions): Promise<Outcome<Loopback>> {
  const { router, secret, pid, clock } = options;
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const server = createServer({ keepAliveTimeout: KEPT_ALIVE });
  const listening = await listen(server, options.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const page = createPage({ folder: pageFolder(), port, store: options.sessions, now: clock.now });

  server.on('request', (request, response) => {
    if (!page.isOwn(request)) {
      page.refuse(response);
      return;
    }
    if (request.headers.authorization === undefined) {
      // What cannot be read of the page is a defect of the installation: the browser is not left waiting.
      page.answer(request, response).catch(() => response.destroy());
      return;
    }
    const known = knowsSecret(request, secret);
    const asksAddress = known && request.method === 'POST' && request.url === ADDRESS_PATH;
    const body = asksAddress ? { url: page.newAddress() } : known ? { pid } : {};
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal = refuseUpgrade(request, page, secret);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, webSocket => {
      // A face that goes away in mid-call is no news; the peer's close event ends its streams.
      webSocket.on('error', () => webSocket.terminate());
      // It leaves the list with its last event.
      webSocket.once('close', () => setImmediate(() => options.onFaces?.(sockets.clients.size)));
      options.onFaces?.(sockets.clients.size);
      void handler.upgrade(patientSocket(webSocket, clock), { context: {} });
    });
  });
  return done({
    port,
    newAddress: page.newAddress,
    close: () =>
      new Promise(resolve => {
        for (const webSocket of sockets.clients) webSocket.close(1001);
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function refuseUpgrade(request: IncomingMessage, page: Page, secret: string): string | undefined {
  if (request.url !== CONTRACT_PATH) return '404 Not Found';
  if (!page.isOwn(request)) return '403 Forbidden';
  return knowsSecret(request, secret) || page.admits(request) ? undefined : '401 Unauthorized';
}

function listen(server: Server, port: number): Promise<Outcome<number>> {
  return new Promise(resolve => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      resolve(
        failed(
          taken ? 'PORT_TAKEN' : 'ADDRESS_UNUSABLE',
          `the page cannot listen on 127.0.0.1:${port}: ${taken ? 'another process listens there' : error.message}`,
          'Name another port with wb ui --port, or end that process.',
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(done((server.address() as AddressInfo).port)));
  });
}

/** Digests are compared, so that not even the length of the secret shows in the time it takes. */
function knowsSecret(request: IncomingMessage, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${secret}`));
}
