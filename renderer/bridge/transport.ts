import type { ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { TAKEN } from '../../core/contract/port.ts';

/** One way to the core, as long as it lasts. */
export interface Transport {
  readonly link: ClientLink<Record<never, never>>;
  /** Resolves when nothing comes through any more. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Why there is no way: nobody answers there, or somebody does and does not know us (any more). */
export type NoWay = 'unreachable' | 'refused';

export type Dialled = { readonly transport: Transport } | { readonly noWay: NoWay };

export type Dial = () => Promise<Dialled>;

export interface SocketAddress {
  /** `ws://127.0.0.1:41300/contract`; the page's cookie speaks for us. */
  readonly url: string;
  /** Asked when the socket was refused: a browser does not tell scripts the status of a failed handshake. */
  readonly probe?: string;
}

/** Over a WebSocket: a page in a browser. */
export function dialSocket({ url, probe }: SocketAddress): Dial {
  return async () => {
    const webSocket = new WebSocket(url);
    const closed = new Promise<void>(resolve => {
      webSocket.addEventListener('close', () => resolve(), { once: true });
    });
    const opened = new Promise<true>(resolve => {
      webSocket.addEventListener('open', () => resolve(true), { once: true });
    });
    const open = await Promise.race([opened, closed.then(() => false)]);
    if (!open) return { noWay: probe !== undefined && (await isRefused(probe)) ? 'refused' : 'unreachable' };
    return { transport: { link: new SocketLink({ websocket: webSocket }), closed, close: () => webSocket.close() } };
  };
}

async function isRefused(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { cache: 'no-store', redirect: 'manual' });
    return status === 401 || status === 403;
  } catch {
    return false;
  }
}

/**
 * What the preload of the desktop window says when it hands over a port, and when the core behind the last one is gone;
 * what the page says when it listens.
 */
const HANDED_OVER = 'ocpi-workbench-port';
const GONE = 'ocpi-workbench-gone';
const LISTENING = 'ocpi-workbench-listening';

/**
 * Over MessagePorts that a preload hands over, one after another: the desktop window. A port that comes while another
 * is in use takes its place, for the core behind the older one is gone.
 */
export function dialPorts(page: Window): Dial {
  const waiting: ((port: MessagePort) => void)[] = [];
  let unused: MessagePort | undefined;
  let used: MessagePort | undefined;
  // Chromium tells nobody that the other end of a port is gone; whoever hears of it ends its calls.
  const leave = () => {
    used?.dispatchEvent(new Event('close'));
    used = undefined;
    unused = undefined;
  };
  page.addEventListener('message', event => {
    if (event.source !== page) return;
    if (event.data === GONE) leave();
    const [port] = event.ports;
    if (event.data !== HANDED_OVER || port === undefined) return;
    leave();
    const next = waiting.shift();
    if (next === undefined) unused = port;
    else next(port);
  });
  page.postMessage(LISTENING, page.location.origin === 'null' ? '*' : page.location.origin);
  return async () => {
    const port = unused ?? (await new Promise<MessagePort>(resolve => waiting.push(resolve)));
    unused = undefined;
    used = port;
    const closed = new Promise<void>(resolve => {
      port.addEventListener('close', () => resolve(), { once: true });
    });
    const link = new PortLink({ port });
    port.addEventListener('message', () => port.postMessage(TAKEN));
    port.start();
    return { transport: { link, closed, close: () => port.close() } };
  };
}

/** The way this page has: told by the preload where there is one. */
export function dialFromPage(page: Window): Dial {
  if (isDesktop(page)) return dialPorts(page);
  const { protocol, host, origin } = page.location;
  return dialSocket({ url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/contract`, probe: `${origin}/` });
}

/** Whether the page stands in the desktop window, whose preload takes files by their paths. */
export function isDesktop(page: Window): boolean {
  return (page as { ocpiWorkbench?: { desktop?: boolean } }).ocpiWorkbench?.desktop === true;
}
