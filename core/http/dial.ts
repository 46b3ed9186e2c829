import * as net from 'node:net';
import * as tls from 'node:tls';
import type { Clock } from '../clock.ts';
import { request as requestHttp } from '../node-http.ts';
import { endedBy } from './ended.ts';
import type { Target } from './outgoing.ts';
import { BAD_TLS_SETTINGS, CLOSED_IN_HANDSHAKE, explainTls } from './tls-errors.ts';
import type { Ended, Timings, WireSettings } from './wire.ts';

export interface LinkProxy {
  readonly host: string;
  readonly port: number;
  /** `Basic ...`; never part of what is recorded. */
  readonly authorization?: string;
}

export type DialTimings = Pick<Timings, 'dns' | 'connect' | 'tls'>;

export type Dialled = {
  readonly timings: DialTimings;
} /** `bare`: what TLS runs over; the socket itself without TLS. */ & (
  | { readonly ok: true; readonly socket: net.Socket; readonly bare: net.Socket }
  | { readonly ok: false; readonly ended: Ended }
);

export interface DialOptions {
  readonly target: Target;
  readonly proxy?: LinkProxy;
  readonly settings: WireSettings;
  readonly clock: Clock;
  /** Ends the attempt; what it then gives is nobody's concern. */
  readonly signal: AbortSignal;
  /** The link's certificates, prepared once; throws when they cannot be used. */
  secureContext(): tls.SecureContext;
  /** What is offered with ALPN; HTTP/1.1 unless said. */
  readonly protocols?: readonly string[];
}

/** Reads the proxy of a link's settings. */
export function proxyOf(settings: WireSettings): LinkProxy | { readonly problem: string } | undefined {
  if (settings.proxy === undefined) return undefined;
  const url = URL.parse(settings.proxy);
  if (url?.protocol !== 'http:') return { problem: 'The proxy of the link has to be given as http://host:port.' };
  const login = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || 80,
    ...(login === ':' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
  };
}

/** A password may hold a percent sign that nobody escaped. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Opens a connection to the target, through the proxy when there is one, with each step timed and its failure named.
 * Plain http goes through a proxy without a tunnel: the connection is then one to the proxy.
 */
export async function dial(options: DialOptions): Promise<Dialled> {
  const { target, proxy, settings, clock, signal } = options;
  const timings = { dns: null as number | null, connect: null as number | null, tls: null as number | null };
  const began = clock.elapsed();
  const open: net.Socket[] = [];
  const give = Promise.withResolvers<Dialled>();
  const fail = (ended: Ended) => {
    for (const socket of open) socket.destroy();
    give.resolve({ ok: false, ended, timings });
  };
  const failedAt = (host: string) => ({
    host,
    afterMs: clock.elapsed() - began,
    received: 0,
    answered: false,
    raw: new Uint8Array(),
  });
  const late = clock.deadline(settings.timeouts.connect, () =>
    fail({ how: 'timeout', phase: 'connect', afterMs: settings.timeouts.connect }),
  );
  const stop = () => fail({ how: 'cancelled' });
  signal.addEventListener('abort', stop, { once: true });

  const steps = async () => {
    const next = proxy ?? target;
    const tcp = net.connect({ host: next.host, port: next.port, noDelay: true, keepAlive: true });
    open.push(tcp);
    const through = (error: unknown): Ended => {
      const ended = endedBy(error, failedAt(next.host));
      return proxy
        ? {
            how: 'proxy',
            detail: `The proxy ${proxy.host}:${proxy.port} cannot be reached: ${(error as Error).message || ended.how}`,
          }
        : ended;
    };
    tcp.once('lookup', () => {
      timings.dns = clock.elapsed() - began;
    });
    const refused = await settled(tcp, 'connect');
    if (refused) return fail(through(refused));
    timings.connect = clock.elapsed() - began - (timings.dns ?? 0);
    if (!target.secure) return give.resolve({ ok: true, socket: tcp, bare: tcp, timings });
    if (proxy) {
      const refusal = await tunnel(tcp, target, proxy);
      if (refusal) return fail(refusal);
    }
    const beforeTls = clock.elapsed();
    const ended = await secured(tcp, options, open);
    timings.tls = clock.elapsed() - beforeTls;
    if (ended) return fail(ended);
    const socket = open.at(-1) ?? tcp;
    return give.resolve({ ok: true, socket, bare: tcp, timings });
  };

  steps().catch(error => fail(endedBy(error, failedAt(target.host))));
  const dialled = await give.promise;
  late.cancel();
  signal.removeEventListener('abort', stop);
  return dialled;
}

/** Waits for the event that says a socket is ready; gives the error when it fails or closes first. */
function settled(socket: net.Socket, ready: 'connect' | 'secureConnect'): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const done = () => finish(undefined);
  const failed = (error: Error) => finish(error);
  const closed = () => finish(Object.assign(new Error('closed'), { code: CLOSED_IN_HANDSHAKE }));
  const finish = (error: Error | undefined) => {
    socket.off(ready, done).off('close', closed);
    resolve(error);
  };
  // The error listener stays: a socket may fail between two owners, and an error nobody hears ends the process.
  socket.once(ready, done).on('error', failed).once('close', closed);
  return promise;
}

/** Speaks TLS on an open connection. Adds its socket to `open` and gives undefined when it is trusted. */
async function secured(
  tcp: net.Socket,
  { target, secureContext, protocols = ['http/1.1'] }: DialOptions,
  open: net.Socket[],
): Promise<Ended | undefined> {
  let context: tls.SecureContext;
  try {
    context = secureContext();
  } catch (error) {
    return explainTls(BAD_TLS_SETTINGS, (error as Error).message);
  }
  const named = net.isIP(target.host) === 0;
  const socket = tls.connect({
    socket: tcp,
    host: target.host,
    // An address is no server name (RFC 6066).
    ...(named ? { servername: target.host } : {}),
    secureContext: context,
    ALPNProtocols: [...protocols],
  });
  open.push(socket);
  const failure = (await settled(socket, 'secureConnect')) as (Error & { code?: string }) | undefined;
  if (!failure) return undefined;
  const { code = '' } = failure;
  // A peer that hangs up in the handshake is seen as a reset; that it was in the handshake is what helps.
  if (code === 'ECONNRESET' || code === 'EPIPE') return explainTls(CLOSED_IN_HANDSHAKE, failure.message);
  return explainTls(code, failure.message);
}

/** Asks the proxy for a tunnel; gives undefined when it stands. */
function tunnel(tcp: net.Socket, target: Target, proxy: LinkProxy): Promise<Ended | undefined> {
  const { promise, resolve } = Promise.withResolvers<Ended | undefined>();
  const authority = `${net.isIPv6(target.host) ? `[${target.host}]` : target.host}:${target.port}`;
  const name = `The proxy ${proxy.host}:${proxy.port}`;
  const request = requestHttp({
    method: 'CONNECT',
    path: authority,
    headers: ['Host', authority, ...(proxy.authorization ? ['Proxy-Authorization', proxy.authorization] : [])],
    createConnection: () => tcp,
  });
  request.once('connect', (response, _, head) => {
    if (head.length > 0) tcp.unshift(head);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return resolve(undefined);
    const login = status === 407 ? ' It asks for a user name and password, or for others.' : '';
    return resolve({
      how: 'proxy',
      detail: `${name} answered ${status} ${response.statusMessage ?? ''} to CONNECT ${authority}.${login}`,
    });
  });
  request.once('error', error => resolve({ how: 'proxy', detail: `${name} did not open a tunnel: ${error.message}` }));
  request.end();
  return promise;
}
