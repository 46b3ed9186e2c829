import type { Clock } from '../clock.ts';
import type { Unsendable } from '../http/outgoing.ts';
import type { Ended, SendResult, Timings, WireSettings } from '../http/wire.ts';
import { type Envelope, writeEnvelope } from '../ocpi/envelope.ts';
import type { Finding } from '../ocpi/findings.ts';
import { headerValue, type RawHeaders } from '../ocpi/raw-headers.ts';
import type { Routing } from '../ocpi/routing.ts';
import type { Version } from '../ocpi/versions.ts';
import type { HandedBody } from './handed-body.ts';
import type { Heard } from './hearing.ts';
import { createHop, type HopOptions } from './hop.ts';
import { writeCall } from './writing.ts';

export interface CallRequest {
  readonly linkId?: number;
  readonly runId?: number;
  /** Catalogue id: `versions.list`, `credentials.post`, ... */
  readonly operation: string;
  readonly method: string;
  /** Absolute, followed byte for byte. */
  readonly url: string;
  /** The version spoken; absent where none is agreed yet (the list of versions). */
  readonly version?: Version;
  readonly token?: { readonly value: string; readonly form: 'raw' | 'base64' };
  /** Written on 2.2 and later for functional modules only. */
  readonly routing?: Routing;
  /** A JSON value. */
  readonly body?: unknown;
  /** Instead of `body`: its text, which leaves byte for byte as UTF-8. */
  readonly text?: string;
  /** Further header lines; they replace ours of the same name. */
  readonly headers?: RawHeaders;
  /** Kept when the call belongs to an exchange that already has one; made anew otherwise. */
  readonly correlationId?: string;
  /** Header lines and body of a request made elsewhere, sent as they are; what else speaks of them here is ignored then. */
  readonly asGiven?: { readonly headers: RawHeaders; readonly body: Uint8Array };
  readonly settings: WireSettings;
  readonly signal?: AbortSignal;
  /**
   * `caller`: a whole answer with HTTP 2xx is not read here. Its bytes are handed on (`body`), only their beginning is
   * recorded, and `ok` says nothing of the envelope. Every other answer is read and recorded whole, as always.
   */
  readonly bodyTo?: 'caller';
}

/** The request could not even be tried: its URL or a header cannot be written. Nothing is recorded then. */
export interface Unsent {
  readonly how: 'unsendable';
  readonly code: string;
  readonly advice: string;
}

export interface CallResult {
  /** Of every request that left, redirects included, in order. */
  readonly exchangeIds: readonly number[];
  readonly ended: Ended | Unsent;
  /** A whole answer, HTTP 2xx and OCPI 1xxx (T9). */
  readonly ok: boolean;
  /** The answer's head; also there when its body was cut. */
  readonly http?: { readonly status: number; readonly statusText: string; readonly headers: RawHeaders };
  readonly httpStatus?: number;
  readonly ocpiStatus?: number;
  readonly envelope?: Envelope;
  /** The envelope's `data`; absent when there is none. */
  readonly data?: unknown;
  /** The answer's body unread, where `bodyTo` asked for it. */
  readonly body?: HandedBody;
  /** The end of a sentence for people, without a full stop: "the partner answered HTTP 401 without a body". */
  readonly reason: string;
  readonly findings: readonly Finding[];
  /** Of the last request. */
  readonly timings?: Timings;
  /** The answer's Date header as sent, and when the answer's request began by our clock, to compare clocks with. */
  readonly dateHeader?: string;
  readonly startedAt?: number;
}

export interface ClientOptions extends HopOptions {
  /** Makes request and correlation ids: UUIDs as a rule. */
  newId(): string;
  /** `ocpi-workbench/0.1.0`. */
  readonly userAgent: string;
}
export type Call = (request: CallRequest) => Promise<CallResult>;

/**
 * One checked call to a partner: writes the headers, records the exchange before and after, reads the envelope, judges
 * HTTP and OCPI status together, follows redirects where that is safe. Never rejects for anything a partner does.
 */
export function createClient(options: ClientOptions): Call {
  const hop = createHop(options);
  return async request => {
    const correlationId = request.correlationId ?? options.newId();
    const exchangeIds: number[] = [];
    const followed: Finding[] = [];
    let url = request.url;
    for (;;) {
      const written = writeCall(options, { ...request, url, correlationId });
      const left = await hop(written, followed.length);
      if (left.kind === 'unsent') return { ...unsentResult(left.problem), exchangeIds, findings: followed };
      if (left.id !== undefined) exchangeIds.push(left.id);
      if (left.kind === 'accepted')
        return { ...acceptedResult(request, options.clock), exchangeIds, findings: followed };
      const { sent, heard, redirect, handed } = left;
      if (redirect.kind === 'follow') {
        followed.push(...heard.findings);
        url = redirect.url;
        continue;
      }
      const words = exchangeIds.length > 1 ? `after a redirect to ${url}, ${heard.reason}` : heard.reason;
      return {
        ...resultOf(sent, heard),
        ...(handed ? { body: handed.body } : {}),
        exchangeIds,
        reason: words,
        findings: [...followed, ...heard.findings],
      };
    }
  };
}

function unsentResult({ code, message, advice }: Unsendable): Omit<CallResult, 'exchangeIds' | 'findings'> {
  const reason = `the request could not be sent: ${message} ${advice}`;
  return { ok: false, ended: { how: 'unsendable', code, advice }, reason };
}

/** What a caller is told whose request a fault keeps back: all goes on as if it had been accepted. */
function acceptedResult(
  { bodyTo }: CallRequest,
  { now }: Pick<Clock, 'now'>,
): Omit<CallResult, 'exchangeIds' | 'findings'> {
  const text = writeEnvelope({ statusCode: 1000, now: now() });
  return {
    ok: true,
    ended: { how: 'complete' },
    http: { status: 200, statusText: 'OK', headers: [] },
    httpStatus: 200,
    reason: 'a fault kept the request back, and counts it as accepted',
    ...(bodyTo === 'caller'
      ? { body: { bytes: new TextEncoder().encode(text) } }
      : { ocpiStatus: 1000, envelope: { statusCode: 1000, hasData: false } }),
  };
}

function resultOf(sent: SendResult, { ok, envelope }: Heard): Omit<CallResult, 'exchangeIds' | 'findings' | 'reason'> {
  const { response } = sent;
  const date = response && headerValue(response.headers, 'date');
  return {
    ended: sent.ended,
    ok,
    timings: sent.timings,
    startedAt: sent.startedAt,
    ...(response
      ? {
          http: { status: response.status, statusText: response.statusText, headers: response.headers },
          httpStatus: response.status,
        }
      : {}),
    ...(envelope ? { envelope, ocpiStatus: envelope.statusCode } : {}),
    ...(envelope?.hasData ? { data: envelope.data } : {}),
    ...(date === undefined ? {} : { dateHeader: date }),
  };
}
