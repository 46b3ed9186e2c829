import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Clock, Deadline } from '../clock.ts';
import type { Connection } from '../http/wire.ts';
import type { BodyReading } from './request-body.ts';

/** Beginning of an unreadable request that is kept. */
const RAW_LIMIT = 64 * 1024;
/** How long a connection is still read after its last answer, so that the peer sees the answer and not a reset. */
const LINGER_MS = 2_000;

/** One connection to us: what its next error needs to know about what happened on it. */
export class Peer {
  readonly socket: Socket;
  /** What TLS runs over; the socket itself without TLS. */
  readonly #bare: Socket;
  /** Exchanges whose answers have not left yet. */
  openCalls = 0;
  /** The request body being read; there is at most one, requests follow each other on a connection. */
  reading: BodyReading | undefined;
  /** Set when nothing more may be answered on this connection. */
  closing = false;
  /** Tells a reset from an ordinary close. */
  wasReset = false;
  readonly #first: Connection;
  readonly #again: Connection;
  #requests = 0;
  /** Bytes since the last request head that a parser accepted, if a chunk began after it. */
  #carried: Buffer | undefined;
  #lastChunk: Buffer | undefined;
  #idle: (() => void) | undefined;
  #linger: Deadline | undefined;

  constructor(socket: Socket, bare: Socket = socket) {
    this.socket = socket;
    this.#bare = bare;
    const about = {
      ...(socket.remoteAddress === undefined ? {} : { remoteAddress: socket.remoteAddress }),
      ...(socket.remotePort === undefined ? {} : { remotePort: socket.remotePort }),
      ...tlsOf(socket),
    };
    this.#first = { ...about, reused: false };
    this.#again = { ...about, reused: true };
  }

  /** Sees every chunk before the parser does. */
  heard(chunk: Buffer): void {
    this.#lastChunk = chunk;
    if (this.reading !== undefined) return;
    if (this.#carried === undefined) this.#carried = chunk;
    else if (this.#carried.length < RAW_LIMIT) this.#carried = Buffer.concat([this.#carried, chunk]);
  }

  /** A parser accepted a request head; its answer is owed until `callEnded`. */
  requestBegan(): Connection {
    this.#carried = undefined;
    this.openCalls++;
    return this.#requests++ === 0 ? this.#first : this.#again;
  }

  /** The beginning of what no parser accepted; empty when the peer sent nothing at all. */
  unread(packet: Buffer | undefined): Buffer {
    return (this.#carried ?? packet ?? this.#lastChunk ?? Buffer.alloc(0)).subarray(0, RAW_LIMIT);
  }

  connection(): Connection {
    return this.#requests === 0 ? this.#first : this.#again;
  }

  /** Runs once no answer is under way any more; answers leave in the order of their requests. */
  whenIdle(then: () => void): void {
    if (this.openCalls === 0) then();
    else this.#idle = then;
  }

  callEnded(): void {
    this.openCalls--;
    if (this.openCalls > 0 || this.#idle === undefined) return;
    const then = this.#idle;
    this.#idle = undefined;
    then();
  }

  /** Ends the connection with a reset (RST), which TLS sockets cannot do by themselves. */
  reset(): void {
    if (!this.#bare.destroyed) this.#bare.resetAndDestroy();
  }

  /**
   * Makes the coming end of the connection gentle: closing a socket with unread bytes sends a reset, which can
   * destroy the answer on its way. So our side is closed first and the rest of the peer's bytes is read away.
   */
  lingerOnClose(clock: Clock): void {
    const { socket } = this;
    this.closing = true;
    socket.destroySoon = () => {
      if (this.#linger !== undefined || socket.destroyed) return;
      socket.end();
      socket.once('end', () => socket.destroy());
      socket.once('close', () => this.#linger?.cancel());
      this.#linger = clock.deadline(LINGER_MS, () => socket.destroy());
    };
  }
}

function tlsOf(socket: Socket): Pick<Connection, 'tls'> {
  if (!(socket instanceof TLSSocket)) return {};
  return { tls: { protocol: socket.getProtocol() ?? 'unknown', cipher: socket.getCipher()?.name ?? 'unknown' } };
}
