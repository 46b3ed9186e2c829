import type { Clock } from '../clock.ts';
import { decodeBody } from '../http/bodies.ts';
import type { ExchangeRecord, Recorder } from '../http/exchange.ts';
import { checkOutgoing, completeHeaders, targetOf } from '../http/outgoing.ts';
import type { Ended, SendResult, Timings, WireResponse, WireSettings } from '../http/wire.ts';
import { type Envelope, judge, readEnvelope } from '../ocpi/envelope.ts';
import { type Finding, finding } from '../ocpi/findings.ts';
import { echoFindings, type MessageIds, readMessageIds } from '../ocpi/message-ids.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import { headerValue, type RawHeaders } from '../ocpi/raw-headers.ts';
import type { Routing } from '../ocpi/routing.ts';
import type { Version } from '../ocpi/versions.ts';
import { type HandedBody, handOver } from './handed-body.ts';
import { reasonOf } from './reasons.ts';
import { judgeRedirect, type Redirect } from './redirects.ts';
import { requestHeaders } from './request-headers.ts';
import type { Wires } from './wires.ts';

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

export interface ClientOptions {
  readonly wires: Wires;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** Makes request and correlation ids: UUIDs as a rule. */
  newId(): string;
  /** `ocpi-workbench/0.1.0`. */
  readonly userAgent: string;
  /** Most bytes that a content coding may unfold to. */
  readonly decodedLimit?: number;
  /** Bytes that are recorded of a body handed to the caller; 64 KiB unless said. */
  readonly handedBodyKept?: () => number;
}

const HANDED_BODY_KEPT = 64 * 1024;

export type Call = (request: CallRequest) => Promise<CallResult>;

/**
 * One checked call to a partner: writes the headers, records the exchange before and after, reads the envelope, judges
 * HTTP and OCPI status together, follows redirects where that is safe. Never rejects for anything a partner does.
 */
export function createClient(options: ClientOptions): Call {
  return async request => {
    const correlationId = request.correlationId ?? options.newId();
    const exchangeIds: number[] = [];
    const followed: Finding[] = [];
    let url = request.url;
    for (;;) {
      const hop = await callOnce(options, { ...request, url, correlationId });
      if (hop.kind === 'unsent') return { ...hop.result, exchangeIds, findings: followed };
      exchangeIds.push(hop.id);
      const redirect = redirectOf(hop.sent, { method: request.method, url, followed: followed.length });
      const handed = redirect.kind === 'none' && request.bodyTo === 'caller' ? handOver(hop.sent) : undefined;
      const heard = handed
        ? readHead(handed.response, { request, ids: hop.ids })
        : read(hop.sent, { request, url, ids: hop.ids, redirect, decodedLimit: options.decodedLimit });
      const recorded = handed
        ? { ...hop.sent, response: handed.beginning(options.handedBodyKept?.() ?? HANDED_BODY_KEPT) }
        : hop.sent;
      await options.recorder.update(hop.id, updateOf(recorded, heard));
      if (redirect.kind === 'follow') {
        followed.push(...heard.findings);
        url = redirect.url;
        continue;
      }
      const words = exchangeIds.length > 1 ? `after a redirect to ${url}, ${heard.reason}` : heard.reason;
      return {
        ...resultOf(hop.sent, heard),
        ...(handed ? { body: handed.body } : {}),
        exchangeIds,
        reason: words,
        findings: [...followed, ...heard.findings],
      };
    }
  };
}

type Hop =
  | { readonly kind: 'sent'; readonly id: number; readonly sent: SendResult; readonly ids: MessageIds }
  | { readonly kind: 'unsent'; readonly result: Omit<CallResult, 'exchangeIds' | 'findings'> };

async function callOnce(options: ClientOptions, request: CallRequest & { correlationId: string }): Promise<Hop> {
  const { recorder, wires, clock } = options;
  const { ids, headers: written, body } = request.asGiven ? readGiven(request.asGiven) : writeOwn(options, request);
  const outgoing = { method: request.method, url: request.url, headers: written, body };
  const problem = checkOutgoing(outgoing);
  if (problem) {
    const { code, message, advice } = problem;
    const reason = `the request could not be sent: ${message} ${advice}`;
    return { kind: 'unsent', result: { ok: false, ended: { how: 'unsendable', code, advice }, reason } };
  }
  const headers = completeHeaders(outgoing, targetOf(outgoing.url));
  const { id, stored } = recorder.open(openRecord(request, ids, { ...outgoing, headers }, clock.now()));
  // Committed before anything leaves, so that a crash during the call leaves its trace.
  await stored;
  const sent = await wires.wireFor(request.settings).send(outgoing, request.signal ? { signal: request.signal } : {});
  return { kind: 'sent', id, sent, ids };
}

interface Written {
  readonly ids: MessageIds;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

function writeOwn(options: ClientOptions, request: CallRequest & { correlationId: string }): Written {
  // 2.1.1 has no ids; where no version is agreed yet they do no harm and 2.2 partners want them.
  const ids: MessageIds =
    request.version === '2.1.1' ? {} : { requestId: options.newId(), correlationId: request.correlationId };
  const text = request.text ?? (request.body === undefined ? '' : JSON.stringify(request.body));
  const body = text === '' ? new Uint8Array() : new TextEncoder().encode(text);
  const headers = requestHeaders({
    operation: request.operation,
    version: request.version,
    token: request.token,
    routing: request.routing,
    ids,
    hasBody: body.length > 0,
    userAgent: options.userAgent,
    extra: request.headers,
  });
  return { ids, headers, body };
}

function readGiven({ headers, body }: NonNullable<CallRequest['asGiven']>): Written {
  const { findings: _, ...ids } = readMessageIds(headers, undefined);
  return { ids, headers, body };
}

function openRecord(
  request: CallRequest,
  ids: MessageIds,
  wire: ExchangeRecord['request'],
  startedAt: number,
): ExchangeRecord {
  const { linkId, runId, operation, version, routing } = request;
  return {
    direction: 'out',
    operation,
    startedAt,
    request: wire,
    ended: { how: 'open' },
    findings: [],
    ...ids,
    ...(linkId === undefined ? {} : { linkId }),
    ...(runId === undefined ? {} : { runId }),
    ...(version === undefined ? {} : { version }),
    ...(routing?.from ? { fromParty: formatPartyId(routing.from) } : {}),
    ...(routing?.to ? { toParty: formatPartyId(routing.to) } : {}),
  };
}

function redirectOf(sent: SendResult, context: Parameters<typeof judgeRedirect>[1]): Redirect {
  if (sent.ended.how !== 'complete' || !sent.response) return { kind: 'none' };
  return judgeRedirect(sent.response, context);
}

interface Heard {
  readonly ok: boolean;
  readonly reason: string;
  readonly envelope?: Envelope;
  readonly findings: readonly Finding[];
}

interface ReadContext {
  readonly request: CallRequest;
  readonly url: string;
  readonly ids: MessageIds;
  readonly redirect: Redirect;
  readonly decodedLimit: number | undefined;
}

function read({ ended, response }: SendResult, context: ReadContext): Heard {
  const { redirect, url } = context;
  if (ended.how !== 'complete' || !response) {
    const head = response ? `HTTP ${response.status} came, but ` : '';
    return { ok: false, reason: head + reasonOf(ended, url), findings: [] };
  }
  if (redirect.kind === 'follow') return { ok: false, reason: 'redirected', findings: [redirect.finding] };
  if (redirect.kind === 'refuse') return { ok: false, reason: redirect.reason, findings: [redirect.finding] };
  return readAnswer(response, context);
}

function readAnswer(response: WireResponse, { request, ids, decodedLimit }: ReadContext): Heard {
  const { version, method } = request;
  const decoded = decodeBody(
    response.body,
    response.headers,
    decodedLimit === undefined ? {} : { limit: decodedLimit },
  );
  const echoes = echoFindings(ids, response.headers, version);
  if (decoded.problem) {
    const { detail, coding } = decoded.problem;
    const found = finding('wire.body-coding', {
      pointer: 'header:Content-Encoding',
      met: detail,
      expected: `a body that is ${coding}`,
    });
    const reason = `the partner answered HTTP ${response.status} with a body that cannot be read: ${detail}`;
    return { ok: false, reason, findings: [found, ...echoes] };
  }
  const envelope = readEnvelope(decoded.bytes, version);
  const verdict = judge(response.status, envelope, { method, ...(version === undefined ? {} : { version }) });
  return {
    ok: verdict.ok,
    reason: `the partner answered ${verdict.reason}`,
    ...(envelope.view ? { envelope: envelope.view } : {}),
    findings: [...envelope.findings, ...verdict.findings, ...echoes],
  };
}

/** Of an answer whose body goes to the caller only the head is judged. */
function readHead(response: WireResponse, { request, ids }: Pick<ReadContext, 'request' | 'ids'>): Heard {
  return {
    ok: true,
    reason: `the partner answered HTTP ${response.status}`,
    findings: echoFindings(ids, response.headers, request.version),
  };
}

function updateOf(sent: SendResult, { envelope, findings }: Heard) {
  return {
    ended: sent.ended,
    timings: sent.timings,
    findings,
    ...(sent.response ? { response: sent.response } : {}),
    ...(sent.connection ? { connection: sent.connection } : {}),
    ...(envelope ? { ocpiStatus: envelope.statusCode } : {}),
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
