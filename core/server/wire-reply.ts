import type { WireResponse } from '../http/wire.ts';
import { STATUS_CODES, validateHeaderName, validateHeaderValue } from '../node-http.ts';
import { writeEnvelope } from '../ocpi/envelope.ts';
import { CORRELATION_ID, REQUEST_ID } from '../ocpi/message-ids.ts';
import { pairHeaders } from '../ocpi/raw-headers.ts';
import { type Routing, writeRouting } from '../ocpi/routing.ts';
import { NO_BODY, type ReplyBody, textBody } from './reply-body.ts';
import type { PlannedReply } from './responder.ts';

/** An answer down to its last byte: what is recorded is what crosses, so no line is left to the HTTP library. */
export interface WireReply {
  readonly response: WireResponse;
  /** `[name, value, name, value]`, as `writeHead` takes it fastest. */
  readonly flat: readonly string[];
  readonly body: ReplyBody;
  readonly ocpiStatus: number | undefined;
  readonly keepAlive: boolean;
}

export interface ReplyContext {
  /** Milliseconds since the epoch: Date header and envelope timestamp. */
  readonly now: number;
  readonly keepAlive: boolean;
  readonly keepAliveMs: number;
  /** Repeated in the answer where given. */
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** Already swapped; functional modules only. */
  readonly routing: Routing | undefined;
  /** HEAD: the length is announced, the body stays out. */
  readonly headOnly: boolean;
}

/** Throws on header lines that HTTP forbids: a bug of the responder that planned them. */
export function wireReply(reply: PlannedReply, context: ReplyContext): WireReply {
  const { status } = reply;
  const enveloped = 'envelope' in reply;
  const body = enveloped ? textBody(writeEnvelope({ ...reply.envelope, now: context.now })) : reply.body;
  const flat = ['Date', httpDate(context.now)];
  const bodyless = status === 204 || status === 304;
  if (!bodyless) {
    const contentType = enveloped ? undefined : reply.contentType;
    flat.push('Content-Type', contentType ?? 'application/json', 'Content-Length', String(body.bytes.length));
  }
  if (context.requestId !== undefined) flat.push(REQUEST_ID, context.requestId);
  if (context.correlationId !== undefined) flat.push(CORRELATION_ID, context.correlationId);
  if (context.routing !== undefined) for (const line of writeRouting(context.routing)) flat.push(...line);
  if (reply.headers !== undefined)
    for (const [name, value] of reply.headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      flat.push(name, value);
    }
  if (context.keepAlive)
    flat.push('Connection', 'keep-alive', 'Keep-Alive', `timeout=${Math.floor(context.keepAliveMs / 1000)}`);
  else flat.push('Connection', 'close');
  const sent = bodyless || context.headOnly ? NO_BODY : body;
  return {
    response: {
      status,
      statusText: STATUS_CODES[status] ?? 'Unknown',
      headers: pairHeaders(flat),
      body: sent.bytes,
    },
    flat,
    body: sent,
    ocpiStatus: enveloped ? reply.envelope.statusCode : reply.ocpiStatus,
    keepAlive: context.keepAlive,
  };
}

/** The literal bytes, for connections on which no parsed request stands. */
export function writeLiterally({ response }: WireReply): Buffer {
  const lines = [
    `HTTP/1.1 ${response.status} ${response.statusText}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), response.body]);
}

let dateSecond = -1;
let dateText = '';

/** IMF-fixdate; written once a second. */
function httpDate(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}
