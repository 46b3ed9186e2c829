import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDoor, type SessionStore } from './door.ts';
import { readIndex, readPageFile } from './files.ts';
import { securityHeaders } from './headers.ts';
import { FOREIGN, NOT_BUILT, NOT_FOUND, NOT_LET_IN, TOKEN_USED, type Words, WRONG_METHOD, wordsPage } from './words.ts';

/** The built page, for browsers of this machine that were let in. */
export interface Page {
  /** An address that lets one browser in, once. */
  newAddress(): string;
  /** Whether the request names this machine as it should: Host always, Origin where there is one. */
  isOwn(request: IncomingMessage): boolean;
  /** Whether a page of ours that was let in asks: the one way to the contract for a browser. */
  admits(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Refuses what `isOwn` refuses. */
  refuse(response: ServerResponse): void;
}

export interface PageOptions {
  readonly folder: string;
  readonly port: number;
  readonly store: SessionStore;
  /** Wall clock, milliseconds since the epoch. */
  readonly now: () => number;
}

export function createPage({ folder, port, store, now }: PageOptions): Page {
  const door = createDoor({ store, now });
  // Cookies know no ports: without it in the name two workbenches would throw each other's out.
  const cookieName = `ocpi-workbench-${port}`;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  const isOwn = ({ headers }: IncomingMessage) => {
    const { host = '', origin } = headers;
    return hosts.includes(host) && (origin === undefined || origin === `http://${host}`);
  };
  const isLetIn = ({ headers }: IncomingMessage) =>
    cookieValues(headers.cookie, cookieName).some(value => door.admits(value));

  const show = async (path: string, response: Reply) => {
    if (path === '/' || path === '/index.html') {
      const index = await readIndex(folder, response.nonce);
      if (index === undefined) response.words(NOT_BUILT);
      else response.send(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, index);
      return;
    }
    const file = await readPageFile(folder, path);
    if (file === undefined) {
      response.words(NOT_FOUND);
      return;
    }
    const caching = file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache';
    response.send(200, { 'content-type': file.type, 'cache-control': caching }, file.bytes);
  };

  return {
    newAddress: () => `http://127.0.0.1:${port}/?token=${door.newToken()}`,
    isOwn,
    admits: request => request.headers.origin !== undefined && isOwn(request) && isLetIn(request),
    refuse: response => reply(response, false).words(FOREIGN),
    answer: async (request, response) => {
      const answer = reply(response, request.method === 'HEAD');
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        answer.words(WRONG_METHOD, { allow: 'GET, HEAD' });
        return;
      }
      // Host was looked at: the address cannot change what it means.
      const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
      const token = path === '/' ? new URLSearchParams(query).get('token') : null;
      if (token !== null && request.method === 'GET') {
        const cookie = door.redeem(token);
        if (cookie !== undefined) {
          const set = `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`;
          answer.send(303, { location: '/', 'set-cookie': set, 'cache-control': 'no-store' });
        } else if (isLetIn(request)) {
          // A tab that the browser brought back.
          answer.send(303, { location: '/', 'cache-control': 'no-store' });
        } else answer.words(TOKEN_USED);
        return;
      }
      if (!isLetIn(request)) {
        answer.words(NOT_LET_IN);
        return;
      }
      await show(path, answer);
    },
  };
}

interface Reply {
  readonly nonce: string;
  send(status: number, headers: Readonly<Record<string, string>>, body?: string | Buffer): void;
  words(words: Words, headers?: Readonly<Record<string, string>>): void;
}

function reply(response: ServerResponse, headOnly: boolean): Reply {
  const nonce = randomBytes(16).toString('base64');
  const send: Reply['send'] = (status, headers, body = '') => {
    const length = String(Buffer.byteLength(body));
    response.writeHead(status, { ...securityHeaders(nonce), ...headers, 'content-length': length });
    response.end(headOnly ? undefined : body);
  };
  return {
    nonce,
    send,
    words: (words, headers = {}) => {
      const type = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
      send(words.status, { ...type, ...headers }, wordsPage(words, nonce));
    },
  };
}

/** A browser may send several of one name, of different paths. */
function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map(part => part.trim())
    .filter(part => part.startsWith(`${name}=`))
    .map(part => part.slice(name.length + 1));
}
