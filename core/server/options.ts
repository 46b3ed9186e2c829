import type { Clock } from '../clock.ts';
import type { Recorder } from '../http/exchange.ts';
import type { Interface } from '../ocpi/catalogue.ts';
import type { PartyId } from '../ocpi/party-id.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Authenticate, Caller } from './caller.ts';
import type { ServerFaults } from './faulting.ts';
import type { Manners } from './manners.ts';
import type { Responder } from './responder.ts';

export interface ServerOptions {
  /** `127.0.0.1` unless said. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly tls?: ServerTls;
  /** What is advertised instead of the local address; may hold a path prefix, which is served as well. */
  readonly publicUrl?: string;
  /** Versions offered at this moment, any subset. */
  readonly versions: () => readonly Version[];
  readonly authenticate: Authenticate;
  /** Changes identity whenever `authenticate` might answer differently; callers are remembered in between. */
  readonly callersRevision: () => unknown;
  /** Every authenticated request, before its responder: the first call with a successor ends a token's predecessor. */
  readonly tokenUsed?: (caller: Caller) => void;
  /**
   * Whether we are the party that the routing headers address, and if not, whether that is for the sender to correct (2001)
   * or for a hub to say (4001). Everybody is us unless said.
   */
  readonly addressee?: (party: PartyId) => Addressee;
  /** Whether a partner of 2.1.1, which knows no sides, is shown this one of a module; all of them unless said. */
  readonly shows?: (caller: Caller, endpoint: { readonly module: string; readonly side: Interface }) => boolean;
  /** Versions list and details are the server's own; everything else comes from here. */
  readonly responders: readonly Responder[];
  /** Takes unsealed records. */
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Ids for requests that came without one; UUIDs as a rule. */
  readonly newId: () => string;
  readonly limits?: Partial<ServerLimits>;
  /** Good ones unless said: the sandbox plays partners that have others. */
  readonly manners?: Manners;
  /** Answers go wrong on purpose where it says so. */
  readonly faults?: ServerFaults;
  readonly onEvent?: (event: ServerEvent) => void;
}

export type Addressee = 'us' | { readonly statusCode: 2001 | 4001; readonly ours: readonly string[] };

/** PEM texts. With `clientCa`, a peer without a certificate signed by it is refused before HTTP. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string;
}

/** Sizes in bytes, durations in milliseconds. */
export interface ServerLimits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly keepAliveMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 64 * 1024 * 1024,
  headerBytes: 16 * 1024,
  headersTimeoutMs: 30_000,
  requestTimeoutMs: 120_000,
  keepAliveMs: 30_000,
};

/** What happened outside any exchange, or went wrong inside one. */
export type ServerEvent =
  /** Refused before HTTP: no client certificate, plain HTTP on the TLS port, no common protocol. */
  | { readonly kind: 'tls'; readonly code: string; readonly detail: string; readonly remoteAddress?: string }
  | { readonly kind: 'connection'; readonly code: string; readonly detail: string; readonly remoteAddress?: string }
  /** A responder threw: a bug of ours. */
  | { readonly kind: 'bug'; readonly operation: string; readonly error: unknown };
