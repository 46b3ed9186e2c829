import * as net from 'node:net';
import * as tls from 'node:tls';

/** What a raw server does, one after the other. Bytes are sent literally; a string is Latin-1. */
export type RawAction =
  | { readonly send: string | Uint8Array }
  | { readonly wait: number }
  /** Ends our sending side, so that the peer reads the end. */
  | { readonly do: 'end' }
  /** Resets the connection. */
  | { readonly do: 'reset' };

export interface RawServerOptions {
  /**
   * Played one per request, over all connections; the last one is played again and again. A function makes the script of each
   * request from its literal text.
   */
  readonly scripts: readonly (readonly RawAction[])[] | ((request: string) => readonly RawAction[]);
  /** `request`: a script begins when a whole request has come; `connection`: as soon as somebody connects. */
  readonly on?: 'request' | 'connection';
  readonly tls?: tls.TlsOptions;
  readonly host?: string;
}

export interface RawServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string;
  /** Raw bytes of each whole request, as Latin-1, in order of arrival. */
  readonly requests: readonly string[];
  /** Everything that came, whole requests or not, by connection. */
  readonly received: readonly string[];
  readonly connections: number;
  stop(): Promise<void>;
}

/** A server made of literal bytes, so that it can answer what no HTTP library would. Imports nothing of the workbench. */
export async function startRawServer(options: RawServerOptions): Promise<RawServer> {
  const { scripts, on = 'request', host = '127.0.0.1' } = options;
  const requests: string[] = [];
  const received: string[] = [];
  const sockets = new Set<net.Socket>();
  let played = 0;

  const play = async (socket: net.Socket, request = '') => {
    const script =
      typeof scripts === 'function' ? scripts(request) : (scripts[Math.min(played, scripts.length - 1)] ?? []);
    played += 1;
    for (const action of script) {
      if (socket.destroyed) return;
      if ('send' in action)
        socket.write(typeof action.send === 'string' ? Buffer.from(action.send, 'latin1') : action.send);
      else if ('wait' in action) await new Promise(resolve => setTimeout(resolve, action.wait));
      else if (action.do === 'end') socket.end();
      else await reset(socket);
    }
  };

  const accept = (socket: net.Socket) => {
    const index = received.push('') - 1;
    let pending = '';
    socket.on('error', () => {});
    socket.on('data', chunk => {
      received[index] += chunk.toString('latin1');
      if (on === 'connection') return;
      pending += chunk.toString('latin1');
      for (let end = endOfRequest(pending); end > 0; end = endOfRequest(pending)) {
        const request = pending.slice(0, end);
        requests.push(request);
        pending = pending.slice(end);
        void play(socket, request);
      }
    });
    if (on === 'connection') void play(socket);
  };

  const server = options.tls ? tls.createServer(options.tls, accept) : net.createServer(accept);
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, host, resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    url: `${options.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    requests,
    received,
    get connections() {
      return received.length;
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Length of the first whole request in a text, 0 while it is not whole. Bodies by Content-Length only. */
function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = Number(/\r\ncontent-length:[ \t]*(\d+)/i.exec(text.slice(0, head + 2))?.[1] ?? 0);
  const end = head + 4 + length;
  return text.length >= end ? end : 0;
}

/** Waits for what was written to be on its way first: a reset takes unsent bytes with it. */
async function reset(socket: net.Socket): Promise<void> {
  while (socket.writableLength > 0 && !socket.destroyed) await new Promise(resolve => setTimeout(resolve, 1));
  await new Promise(resolve => setTimeout(resolve, 20));
  socket.resetAndDestroy();
}
