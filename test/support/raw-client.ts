import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A client made of literal bytes: sends what it is told, keeps what it gets. Imports nothing from core. */
export interface RawClient {
  send(bytes: string | Uint8Array): Promise<void>;
  /** Everything received so far, one character a byte. */
  received(): string;
  /** Resolves with everything received once `enough` says so; rejects after `ms`. */
  until(enough: (received: string) => boolean, ms?: number): Promise<string>;
  /** The next `count` whole answers, framed by Content-Length; `bodyless` for answers to HEAD. */
  answers(count: number, options?: { readonly bodyless?: boolean; readonly ms?: number }): Promise<RawAnswer[]>;
  /** Resolves with everything received when the server has closed its side. */
  closed(ms?: number): Promise<string>;
  /** Closes our side only. */
  halfClose(): void;
  /** Ends with a reset. */
  reset(): void;
  destroy(): void;
}

export interface RawAnswer {
  readonly statusLine: string;
  readonly status: number;
  /** In order, with their case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly header: (name: string) => string | undefined;
  readonly body: string;
  /** Head and body as they came. */
  readonly literal: string;
}

export interface RawTarget {
  readonly port: number;
  readonly host?: string;
  readonly tls?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly servername?: string;
    readonly rejectUnauthorized?: boolean;
  };
}

const PATIENCE_MS = 5_000;

/** Connects, with TLS where told; rejects with the socket's error. */
export async function connectRaw({ port, host = '127.0.0.1', tls }: RawTarget): Promise<RawClient> {
  const socket = tls === undefined ? connectTcp({ port, host }) : connectTls({ port, host, ...tls });
  await new Promise<void>((resolve, reject) => {
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => resolve());
    socket.once('error', reject);
  });
  return rawClient(socket);
}

/** One request on a connection of its own; the first answer. */
export async function ask(target: RawTarget, bytes: string | Uint8Array): Promise<RawAnswer> {
  const client = await connectRaw(target);
  try {
    await client.send(bytes);
    const [answer] = await client.answers(1);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  } finally {
    client.destroy();
  }
}

/** Request text from its lines; `Content-Length` is added when there is a body. */
export function request(line: string, headers: readonly string[] = [], body = ''): string {
  const lines = [`${line} HTTP/1.1`, 'Host: localhost', ...headers];
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

function rawClient(socket: Socket): RawClient {
  let received = '';
  let read = 0;
  let ended = false;
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  socket.setNoDelay(true);
  socket.on('data', chunk => {
    received += chunk.toString('latin1');
    changed();
  });
  for (const event of ['end', 'close', 'error'] as const)
    socket.on(event, () => {
      ended = true;
      changed();
    });

  const wait = <T>(look: () => T | undefined, ms: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const watcher = () => {
        let found: T | undefined;
        try {
          found = look();
        } catch (error) {
          clearTimeout(timer);
          watchers.delete(watcher);
          reject(error);
          return;
        }
        if (found === undefined) return;
        clearTimeout(timer);
        watchers.delete(watcher);
        resolve(found);
      };
      const timer = setTimeout(() => {
        watchers.delete(watcher);
        reject(new Error(`waited ${ms} ms; received so far: ${JSON.stringify(received.slice(read))}`));
      }, ms);
      watchers.add(watcher);
      watcher();
    });

  return {
    send: bytes => new Promise(resolve => socket.write(bytes, () => resolve())),
    received: () => received,
    until: (enough, ms = PATIENCE_MS) => wait(() => (enough(received) ? received : undefined), ms),
    answers: async (count, { bodyless = false, ms = PATIENCE_MS } = {}) => {
      const found: RawAnswer[] = [];
      while (found.length < count) {
        const next = await wait(() => {
          const answer = parseAnswer(received.slice(read), bodyless);
          if (answer === undefined && ended) throw new Error(`closed; received: ${JSON.stringify(received)}`);
          return answer;
        }, ms);
        read += next.literal.length;
        found.push(next);
      }
      return found;
    },
    closed: (ms = PATIENCE_MS) => wait(() => (ended ? received : undefined), ms),
    halfClose: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    destroy: () => socket.destroy(),
  };
}

function parseAnswer(text: string, bodyless: boolean): RawAnswer | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const headers = lines.map(line => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const header = (name: string) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const status = Number(statusLine.split(' ')[1]);
  const length = bodyless || status < 200 ? 0 : Number(header('Content-Length') ?? 0);
  const bodyStart = headEnd + 4;
  if (text.length < bodyStart + length) return undefined;
  const literal = text.slice(0, bodyStart + length);
  const body = Buffer.from(literal.slice(bodyStart), 'latin1').toString('utf8');
  return { statusLine, status, headers, header, body, literal };
}
