import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Play } from './line.ts';

/** A request as its bytes crossed the wire. */
export interface WireRequest {
  readonly method: string;
  /** Outgoing: the absolute URL. Incoming: the request target as sent, origin-form as a rule. */
  readonly url: string;
  readonly headers: RawHeaders;
  /** As sent, content-encoded; empty when there is none. */
  readonly body: Uint8Array;
  /** Bytes on the wire, where `body` is only their beginning. */
  readonly length?: number;
}

/** A response as its bytes crossed the wire; chunk framing is not kept. */
export interface WireResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: RawHeaders;
  /** As received, content-encoded. */
  readonly body: Uint8Array;
  /** Bytes on the wire, where `body` is only their beginning. */
  readonly length?: number;
}

/** How an exchange ended. Everything but `complete` and `answered` says why there is no whole answer. */
export type Ended =
  /** We asked and read the whole answer. */
  | { readonly how: 'complete' }
  /** We were asked; the answer is committed and was handed to the socket. */
  | { readonly how: 'answered' }
  /** Still under way: hanging, waiting for the operator, nested in a registration. */
  | { readonly how: 'open' }
  /** Found `open` at a start of the workbench: nobody will finish it. */
  | { readonly how: 'interrupted' }
  /** Read from a file that tells of the request alone. */
  | { readonly how: 'unknown' }
  /** The connection closed before the announced or framed end. */
  | { readonly how: 'cut'; readonly received: number; readonly announced?: number }
  /** Our own limit, told apart from a cut: the peer was still sending. */
  | { readonly how: 'too-large'; readonly limit: number }
  | {
      readonly how: 'timeout';
      readonly phase: 'connect' | 'request' | 'first-byte' | 'body' | 'total';
      readonly afterMs: number;
    }
  | { readonly how: 'refused'; readonly detail: string }
  | { readonly how: 'reset'; readonly received: number }
  /** The name did not resolve. */
  | { readonly how: 'dns'; readonly host: string; readonly detail: string }
  | { readonly how: 'unreachable'; readonly detail: string }
  | { readonly how: 'tls'; readonly code: string; readonly explained: string; readonly advice: string }
  /** No HTTP parser accepts it; `raw` is the beginning of what came. */
  | { readonly how: 'malformed'; readonly detail: string; readonly raw?: Uint8Array }
  | { readonly how: 'proxy'; readonly detail: string }
  /** A fault of ours ended it: `sent` bytes of the body had left when the connection was closed, reset or left hanging. */
  | { readonly how: 'broken-off'; readonly by: 'close' | 'reset' | 'hang'; readonly sent: number }
  /** A fault of ours kept the request back: nothing left. */
  | { readonly how: 'withheld' }
  | { readonly how: 'cancelled' };

/** Milliseconds with fractions; null where a phase did not happen (a kept-alive connection has no DNS phase). */
export interface Timings {
  readonly queue: number | null;
  readonly dns: number | null;
  readonly connect: number | null;
  readonly tls: number | null;
  readonly firstByte: number | null;
  readonly total: number;
}

export interface Connection {
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  readonly reused: boolean;
  readonly tls?: { readonly protocol: string; readonly cipher: string };
}

/** How the wire to one link is set up. Durations in milliseconds, sizes in bytes, certificates in PEM. */
export interface WireSettings {
  /** `http://user:password@host:port` of a proxy. */
  readonly proxy?: string;
  /** Certificate authorities trusted besides those of the system. */
  readonly ca?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly timeouts: {
    readonly connect: number;
    readonly firstByte: number;
    readonly body: number;
    readonly total: number;
  };
  /** Largest body read, after which the exchange ends `too-large`. */
  readonly bodyLimit: number;
}

export const DEFAULT_WIRE_SETTINGS: WireSettings = {
  // The partner calls back while a registration's POST is open, so the first byte may take long (digest 3.2).
  timeouts: { connect: 10_000, firstByte: 60_000, body: 30_000, total: 180_000 },
  bodyLimit: 64 * 1024 * 1024,
};

/** The outcome of sending one request: always a value, never a throw. */
export interface SendResult {
  /** As it left, with the lines the HTTP library adds; as planned when nothing left. */
  readonly request: WireRequest;
  readonly response?: WireResponse;
  readonly ended: Ended;
  readonly timings: Timings;
  readonly connection?: Connection;
  /** Wall clock at the start, milliseconds since the epoch. */
  readonly startedAt: number;
}

/** An absolute http(s) request to send; `headers` in the order wanted on the wire. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RawHeaders;
  readonly body?: Uint8Array;
}

/** A request that leaves byte by byte, on a connection of its own. */
export interface PlayedSending {
  readonly play: Play;
  /** What the TLS handshake offers alone, so that it is refused. */
  readonly handshake?: 'version' | 'cipher' | 'alpn';
}

export type Send = (request: OutgoingRequest, options?: { readonly signal?: AbortSignal }) => Promise<SendResult>;
