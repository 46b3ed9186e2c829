import type { CatalogueEntry } from '../ocpi/catalogue.ts';
import type { Finding } from '../ocpi/findings.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Received } from '../ocpi/received.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Caller } from './caller.ts';
import type { ReplyBody } from './reply-body.ts';

/** One authenticated request for a known path and method, its body already read and parsed. */
export interface OcpiRequest {
  readonly entry: CatalogueEntry;
  /** The version in the path; absent for the versions list. */
  readonly version: Version | undefined;
  readonly caller: Caller;
  /** Values of the path's placeholders, percent-decoded once. */
  readonly params: Readonly<Record<string, string>>;
  /** What follows the `?`, undecoded (T14: a nested URL may stand there unencoded); empty when there is none. */
  readonly query: string;
  readonly headers: RawHeaders;
  /** Absent when the method carries no body. */
  readonly body: Received<unknown> | undefined;
  /** Aborts when the peer has gone before its answer was out. */
  readonly signal: AbortSignal;
  /** Only for slow responders: the exchange is already recorded as open. */
  readonly exchangeId: number | undefined;
  /** Sent by the peer, or made up where it had to be sent; absent on 2.1.1 and the versions list without one. */
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
}

/** What a responder wants answered. Nothing of it has been sent, and nothing is before it is recorded. */
export type PlannedReply = ReplyFacts & (EnvelopeReply | RawReply);

interface ReplyFacts {
  readonly status: number;
  /** Lines after the server's own: `Allow`, `Link`, `Location`. */
  readonly headers?: RawHeaders;
  readonly findings?: readonly Finding[];
  /** Where the responder knows better than the token. */
  readonly linkId?: number;
  readonly runId?: number;
  /** Called once: true when the answer was handed to the peer's socket, false when it could not be. */
  readonly settled?: (delivered: boolean) => void;
}

export interface EnvelopeReply {
  readonly envelope: {
    /** OCPI status code, section 2 of the digest. */
    readonly statusCode: number;
    readonly statusMessage?: string;
    /** Left out of the envelope when undefined. */
    readonly data?: unknown;
  };
}

/** A body as it is to cross the wire, for answers that are prepared once or wrong on purpose. */
export interface RawReply {
  readonly body: ReplyBody;
  /** `application/json` unless said. */
  readonly contentType?: string;
  readonly ocpiStatus?: number;
}

/** Answers the catalogue entries of one module. A throw is a bug: the peer gets 500 with an envelope. */
export interface Responder {
  /** Catalogue ids: `credentials.get`, `credentials.post`. */
  readonly serves: readonly string[];
  /** All the versions of its entries unless said. */
  readonly versions?: readonly Version[];
  /**
   * Where we put objects whose URL is ours to give (a posted CDR): what stands below the module's endpoint, by catalogue id
   * of the entries that read them.
   */
  readonly given?: Readonly<Record<string, (version: Version) => readonly string[]>>;
  /**
   * Entries that take long (they call back), or the requests that do (a person is asked): their exchange is opened before
   * `respond`.
   */
  readonly slow?: readonly string[] | ((request: Pick<OcpiRequest, 'entry' | 'caller'>) => boolean);
  /**
   * Entries that are let in without an Authorization header where their URL, which only one partner was given, tells who
   * calls (T5b); undefined is refused as ever.
   */
  readonly callerByUrl?: Readonly<
    Record<string, (version: Version, params: OcpiRequest['params']) => Caller | undefined>
  >;
  respond(request: OcpiRequest): PlannedReply | Promise<PlannedReply>;
}
