import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExchangeRecord } from '../http/exchange.ts';
import type { Connection, Ended, WireRequest } from '../http/wire.ts';
import type { Finding } from '../ocpi/findings.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Admission } from './admission.ts';
import type { FaultsAtCall } from './faulting.ts';
import type { Marks } from './marks.ts';
import type { Peer } from './peer.ts';
import { NO_BYTES } from './request-body.ts';
import type { RequestHead } from './request-head.ts';

export interface CallParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly peer: Peer;
  readonly head: RequestHead;
  readonly headers: RawHeaders;
  readonly admission: Admission;
  readonly marks: Marks;
  /** Wall clock, milliseconds. */
  readonly startedAt: number;
  /** Monotonic, milliseconds. */
  readonly startedElapsed: number;
}

/** One request to us on its way to an answer, and what became of the answer. */
export class Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly peer: Peer;
  readonly head: RequestHead;
  readonly headers: RawHeaders;
  readonly admission: Admission;
  readonly marks: Marks;
  readonly startedAt: number;
  readonly startedElapsed: number;
  readonly method: string;
  body: Buffer = NO_BYTES;
  /** As the responder sees it. */
  query: string;
  /** Faults that have an eye on it; known once the whole request is. */
  faults: FaultsAtCall | undefined;
  findings: readonly Finding[];
  /** Where the request itself ended badly: recorded instead of `answered`. */
  badEnd: Ended | undefined;
  /** The connection is closed behind this answer. */
  last = false;
  /** The peer went before the answer was out. */
  gone = false;
  readonly #connection: Connection;
  #finished = false;
  #abort: AbortController | undefined;
  #onFate: ((delivered: boolean) => void) | undefined;

  constructor(parts: CallParts) {
    this.request = parts.request;
    this.response = parts.response;
    this.peer = parts.peer;
    this.head = parts.head;
    this.headers = parts.headers;
    this.admission = parts.admission;
    this.marks = parts.marks;
    this.startedAt = parts.startedAt;
    this.startedElapsed = parts.startedElapsed;
    this.method = parts.request.method ?? '';
    this.query = parts.admission.query;
    this.findings = joined(parts.admission.findings, parts.marks.findings);
    this.#connection = parts.peer.requestBegan();
    this.response.on('finish', () => {
      this.#finished = true;
    });
    this.response.on('close', () => this.#closed());
  }

  /** Made on demand: most responders never look, and it would cost more than the rest of a small answer. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.gone) this.#abort.abort(new Error('the peer has gone'));
    }
    return this.#abort.signal;
  }

  found(findings: readonly Finding[] | undefined): void {
    if (findings !== undefined) this.findings = joined(this.findings, findings);
  }

  /** `told` runs once, when the answer was handed to the socket (true) or the connection ended before (false). */
  whenFateIsKnown(told: (delivered: boolean) => void): void {
    if (this.gone) told(false);
    else this.#onFate = told;
  }

  wireRequest(): WireRequest {
    return { method: this.method, url: this.request.url ?? '', headers: this.headers, body: this.body };
  }

  /** The exchange as far as the request goes. */
  record(ended: Ended): ExchangeRecord {
    const { admission, marks } = this;
    return {
      direction: 'in',
      operation: admission.operation,
      startedAt: this.startedAt,
      request: this.wireRequest(),
      ended,
      connection: this.#connection,
      findings: this.findings,
      ...(admission.caller?.linkId !== undefined && { linkId: admission.caller.linkId }),
      ...(admission.version !== undefined && { version: admission.version }),
      ...(marks.requestId !== undefined && { requestId: marks.requestId }),
      ...(marks.correlationId !== undefined && { correlationId: marks.correlationId }),
      ...(marks.fromParty !== undefined && { fromParty: marks.fromParty }),
      ...(marks.toParty !== undefined && { toParty: marks.toParty }),
    };
  }

  /**
   * How an exchange ended whose peer left early. `received` counts the request's body; that an answer stands in the
   * record as well tells that it was planned and not read.
   */
  goneEnd(): Ended {
    const received = this.body.length;
    if (this.peer.wasReset) return { how: 'reset', received };
    const { announced } = this.head;
    return announced === undefined ? { how: 'cut', received } : { how: 'cut', received, announced };
  }

  #closed(): void {
    this.gone = !this.#finished;
    if (this.gone) this.#abort?.abort(new Error('the peer has gone'));
    this.peer.callEnded();
    const tell = this.#onFate;
    this.#onFate = undefined;
    tell?.(this.#finished);
  }
}

function joined(some: readonly Finding[], more: readonly Finding[]): readonly Finding[] {
  if (more.length === 0) return some;
  return some.length === 0 ? more : [...some, ...more];
}
