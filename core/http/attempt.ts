import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock, Deadline } from '../clock.ts';
import { request as requestHttp } from '../node-http.ts';
import { headerValue, pairHeaders, type RawHeaders } from '../ocpi/raw-headers.ts';
import { type Chunks, createChunks, giveBack } from './chunks.ts';
import { endedBy } from './ended.ts';
import { type Journey, type JourneyRequest, type LinkAgent, NotConnected } from './link-agent.ts';
import type { Target } from './outgoing.ts';
import type { Connection, Ended, Timings, WireResponse, WireSettings } from './wire.ts';

export interface AttemptOptions {
  readonly agent: LinkAgent;
  readonly clock: Clock;
  readonly settings: WireSettings;
  readonly target: Target;
  readonly method: string;
  /** The target as the request line names it: a path, or the whole URL to a proxy. */
  readonly requestTarget: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
  /** `elapsed` when the request was asked for: attempts before this one count as queue. */
  readonly began: number;
  /** Each of them ends it. One made of them all would cost more than all else that is done about them. */
  readonly signals: readonly AbortSignal[];
  /** Where the request takes its time on purpose: resolves when all of it has left. What limits the answer begins only then. */
  readonly sent?: Promise<unknown>;
}

export interface Attempt {
  readonly ended: Ended;
  readonly response?: WireResponse;
  readonly timings: Timings;
  readonly connection?: Connection;
  /** A kept-alive connection went away before a byte of answer: the peer had most likely closed it before it was asked. */
  readonly stale: boolean;
}

/** How much of the raw answer is kept for the case that no parser accepts it. */
const RAW_KEPT = 4096;
/** Partners with many cookies or a proxy's novels; Node's own limit is 16 KiB. */
const MOST_HEADER_BYTES = 128 * 1024;

type Phase = Extract<Ended, { how: 'timeout' }>['phase'];

/** Sends a request once and reads its answer, as far as it comes. Never rejects. */
export function attempt(options: AttemptOptions): Promise<Attempt> {
  const { agent, clock, settings, target, began, signals } = options;
  const { timeouts, bodyLimit } = settings;
  const { promise, resolve } = Promise.withResolvers<Attempt>();
  const stopDialling = new AbortController();
  const journey: Journey = { target, signal: stopDialling.signal };

  let socket: Socket | undefined;
  let connection: Connection | undefined;
  let assignedAt = began;
  let firstByteAt: number | undefined;
  let lastByteAt = began;
  let response: IncomingMessage | undefined;
  let finished = false;
  const raw: Buffer[] = [];
  let rawLength = 0;
  let chunks: Chunks | undefined;
  let received = 0;
  let phase: Deadline | undefined;

  const late = (name: Phase, afterMs: number) => () => finish({ how: 'timeout', phase: name, afterMs });
  const limitAll = (ms: number) => clock.deadline(Math.max(1, ms), late('total', timeouts.total));
  let total = options.sent === undefined ? limitAll(timeouts.total - (clock.elapsed() - began)) : undefined;
  const cancel = () => finish({ how: 'cancelled' });
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });

  const request = requestHttp({
    agent,
    journey,
    method: options.method,
    path: options.requestTarget,
    headers: options.headers.flat(),
    maxHeaderSize: MOST_HEADER_BYTES,
    setDefaultHeaders: false,
  } as JourneyRequest);
  request.maxHeadersCount = 0;

  const tap = (chunk: Buffer) => {
    lastByteAt = clock.elapsed();
    firstByteAt ??= lastByteAt;
    if (rawLength < RAW_KEPT) {
      raw.push(Buffer.from(chunk.subarray(0, RAW_KEPT - rawLength)));
      rawLength += chunk.length;
    }
    // Whoever else listens has read it by then; the parser hands on copies.
    process.nextTick(giveBack, chunk);
  };

  request.once('socket', assigned => {
    if (finished) return;
    socket = assigned;
    assignedAt = clock.elapsed();
    connection = connectionOf(assigned, request.reusedSocket);
    socket.on('data', tap);
    if (options.sent === undefined) awaitAnswer();
  });
  request.once('response', incoming => {
    response = incoming;
    phase?.cancel();
    watchBody();
    const body = createChunks({ announced: announcedLength(), most: bodyLimit });
    chunks = body;
    incoming.on('data', (chunk: Buffer) => {
      const { length } = chunk;
      const room = bodyLimit - received;
      body.add(length > room ? chunk.subarray(0, room) : chunk);
      received += Math.min(length, room);
      if (length > room) finish({ how: 'too-large', limit: bodyLimit });
    });
    incoming.once('end', () => {
      if (incoming.complete) finish({ how: 'complete' });
    });
    incoming.once('error', broken);
    incoming.once('close', broken);
  });
  request.once('upgrade', (incoming: IncomingMessage, upgraded: Socket) => {
    response = incoming;
    upgraded.destroy();
    finish({ how: 'malformed', detail: 'The partner switched protocols, which nobody asked for.', raw: rawStart() });
  });
  request.on('error', (error: NodeJS.ErrnoException) => {
    if (error instanceof NotConnected) finish(error.ended);
    // Without a system call behind it this is Node's word for a plain close in the middle of the answer.
    else if (response && error.code === 'ECONNRESET' && error.syscall === undefined) broken();
    else finish(endedBy(error, failedAt()));
  });
  request.once('close', () => (response ? broken() : finish({ how: 'reset', received })));
  void options.sent?.then(() => {
    if (finished) return;
    total = limitAll(timeouts.total);
    if (response === undefined) awaitAnswer();
  });
  request.end(options.body.length > 0 ? options.body : undefined);

  function awaitAnswer() {
    phase = clock.deadline(timeouts.firstByte, late('first-byte', timeouts.firstByte));
  }

  /** The answer's head came, its end did not. A reset is heard as an error of the system before; this is a plain close. */
  function broken() {
    const announced = announcedLength();
    finish({ how: 'cut', received, ...(Number.isSafeInteger(announced) ? { announced } : {}) });
  }

  function announcedLength(): number {
    return Number(headerValue(pairHeaders(response?.rawHeaders ?? []), 'content-length') ?? Number.NaN);
  }

  /** One timer for the whole body, wound up again by what came since. */
  function watchBody(quietFor = 0) {
    phase = clock.deadline(timeouts.body - quietFor, () => {
      const quiet = clock.elapsed() - lastByteAt;
      if (quiet + 1 >= timeouts.body) late('body', timeouts.body)();
      else watchBody(quiet);
    });
  }

  function rawStart(): Uint8Array {
    return Buffer.concat(raw);
  }

  function failedAt() {
    const afterMs = clock.elapsed() - began;
    return { host: target.host, afterMs, received, answered: response !== undefined, raw: rawStart() };
  }

  function finish(ended: Ended) {
    if (finished) return;
    finished = true;
    total?.cancel();
    phase?.cancel();
    for (const signal of signals) signal.removeEventListener('abort', cancel);
    socket?.off('data', tap);
    if (ended.how !== 'complete') {
      stopDialling.abort();
      request.destroy();
    }
    const dialled = journey.dialled;
    const now = clock.elapsed();
    resolve({
      ended,
      ...(response ? { response: wireResponse(response, chunks?.whole()) } : {}),
      ...(connection ? { connection } : {}),
      timings: {
        queue: (dialled?.at ?? assignedAt) - began,
        dns: dialled?.timings?.dns ?? null,
        connect: dialled?.timings?.connect ?? null,
        tls: dialled?.timings?.tls ?? null,
        firstByte: firstByteAt === undefined ? null : firstByteAt - assignedAt,
        total: now - began,
      },
      stale: ended.how === 'reset' && connection?.reused === true && firstByteAt === undefined,
    });
  }

  return promise;
}

function wireResponse(incoming: IncomingMessage, body: Buffer = Buffer.alloc(0)): WireResponse {
  return {
    status: incoming.statusCode ?? 0,
    statusText: incoming.statusMessage ?? '',
    headers: pairHeaders(incoming.rawHeaders),
    body,
  };
}

const reusedConnections = new WeakMap<Socket, Connection>();

/** The same object for every further request of a socket, so that it is written out once. */
function connectionOf(socket: Socket, reused: boolean): Connection {
  const known = reused ? reusedConnections.get(socket) : undefined;
  if (known !== undefined) return known;
  const connection = describeConnection(socket, reused);
  if (reused) reusedConnections.set(socket, connection);
  return connection;
}

function describeConnection(socket: Socket, reused: boolean): Connection {
  const { remoteAddress, remotePort } = socket;
  const secured = socket instanceof TLSSocket ? socket : undefined;
  const protocol = secured?.getProtocol();
  return {
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
    ...(remotePort === undefined ? {} : { remotePort }),
    reused,
    ...(secured && protocol ? { tls: { protocol, cipher: secured.getCipher().name } } : {}),
  };
}
