import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Action, Operation } from './action.ts';
import { answerCorrectly, match } from './answering.ts';
import { type CallOrder, callOther, type Fetched } from './discovery.ts';
import { getCredentials, type Outcome, register, unregister, update } from './initiator.ts';
import { type PartnerOptions, type Settings, settle } from './options.ts';
import { type Call, pairs } from './outgoing.ts';
import { perform } from './performing.ts';
import {
  copied,
  createState,
  type ReceivedRequest,
  type Relation,
  strangers,
  takeOverride,
  versionsPath,
} from './state.ts';

/** A running OCPI party of its own, made of node:http and literal text, that shares nothing with what it judges. */
export interface Partner {
  readonly origin: string;
  readonly versionsUrl: string;
  /** The token that opens a registration here right now. */
  readonly tokenA: string | undefined;
  readonly relation: Relation;
  /** Everything received, in order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  /** Every call it made, in order. */
  readonly calls: readonly Call[];
  /** What the other side did against the specification, one sentence each. */
  readonly complaints: readonly string[];

  /** Received requests of one operation. */
  received(operation: Operation): ReceivedRequest[];
  /** Resolves with the nth (from 1) request of an operation, also one that came before. Never rejects. */
  arrival(operation: Operation, nth?: number): Promise<ReceivedRequest>;

  /** Registers there. */
  register(order: { versionsUrl: string; token: string; version?: string }): Promise<Outcome>;
  /** PUT: new tokens, and another version if one is named. */
  update(order?: { version?: string }): Promise<Outcome>;
  unregister(): Promise<Outcome>;
  getCredentials(): Promise<Outcome & { data?: unknown }>;
  /** Any call with this partner's habits; the token in use unless another is named. */
  call(order: Omit<CallOrder, 'token'> & { token?: string }): Promise<Fetched>;

  /** A fresh token A, for a first registration or (T8a) a new one over what stands. */
  invite(token?: string): { versionsUrl: string; token: string };
  /** Loses all it knew of the other side; token A too. */
  forget(): void;
  /** Sets an override by `METHOD /path` or operation; a list is used up in order. */
  override(key: string, action: Action | readonly Action[]): void;
  /** Removes one override, or all. */
  restore(key?: string): void;
  /** Ends every connection at once and stops listening. */
  stop(): Promise<void>;
}

/** Starts a partner; it listens on 127.0.0.1 and a free port unless told otherwise. Rejects when it cannot listen. */
export async function startPartner(options: PartnerOptions = {}): Promise<Partner> {
  const settings = settle(options);
  const state = createState(settings);
  const waiting: { operation: Operation; nth: number; resolve: (request: ReceivedRequest) => void }[] = [];
  const received = (operation: Operation) => state.requests.filter(request => request.operation === operation);

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const at = performance.now();
    const body = await readBody(incoming);
    if (body === undefined) return;
    const method = incoming.method ?? '';
    const url = incoming.url ?? '';
    const matched = match(state, method, url);
    const { operation, version } = matched;
    const headers = pairs(incoming.rawHeaders);
    const request: ReceivedRequest = {
      ...{ at, method, url, headers, body, operation, version },
      text: body.toString('utf8'),
    };
    state.requests.push(request);
    const count = received(operation).length;
    for (const waiter of waiting) {
      if (waiter.operation === operation && waiter.nth === count) waiter.resolve(request);
    }
    const action = takeOverride(state, [`${method} ${url.split('?')[0]}`, operation]) ?? { do: 'normal' };
    await perform({ incoming, response, request, work: () => answerCorrectly(state, request, matched) }, action);
    request.endedAt = performance.now();
  };

  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    answer(incoming, response).catch((error: unknown) => {
      state.complaints.push(`the partner itself failed: ${error instanceof Error ? error.stack : error}`);
      incoming.socket.destroy();
    });
  };
  const server =
    settings.tls === undefined ? createServer(listener) : createTlsServer(tlsOptions(settings.tls), listener);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code?.startsWith('HPE_')) state.complaints.push(`a request that is no HTTP: ${error.code}`);
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const listening = `${settings.tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  state.origin = settings.advertisedOrigin ?? listening;
  const versionsUrl = state.origin + versionsPath(settings);

  return {
    origin: state.origin,
    versionsUrl,
    get tokenA() {
      return state.relation.tokenA;
    },
    get relation() {
      return state.relation;
    },
    requests: state.requests,
    calls: state.calls,
    complaints: state.complaints,
    received,
    arrival: (operation, nth = 1) => {
      const there = received(operation)[nth - 1];
      if (there !== undefined) return Promise.resolve(there);
      return new Promise(resolve => waiting.push({ operation, nth, resolve }));
    },
    register: order => register(state, order),
    update: (order = {}) => update(state, order),
    unregister: () => unregister(state),
    getCredentials: () => getCredentials(state),
    call: order => callOther(state, { ...order, token: order.token ?? state.relation.outgoing ?? '' }),
    invite: (token = state.nextToken()) => {
      state.relation = { ...state.relation, tokenA: token };
      return { versionsUrl, token };
    },
    forget: () => {
      state.relation = strangers(undefined);
    },
    override: (key, action) => {
      state.overrides.set(key, copied(action));
    },
    restore: key => {
      if (key === undefined) state.overrides.clear();
      else state.overrides.delete(key);
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function tlsOptions(tls: NonNullable<Settings['tls']>) {
  const { key, cert, clientCa } = tls;
  return {
    key,
    cert,
    ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  };
}

/** The whole body, or undefined when the caller went away before its end. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
