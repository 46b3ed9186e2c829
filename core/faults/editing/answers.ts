import { writeEnvelope } from '../../ocpi/envelope.ts';
import { CORRELATION_ID, REQUEST_ID } from '../../ocpi/message-ids.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { readRouting, swapRouting, writeRouting } from '../../ocpi/routing.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { AnswerMessage, Draft } from '../draft.ts';
import type { Facts } from '../kind.ts';
import { withBody } from './body.ts';
import { dropHeaders, setHeader, withHeaders } from './headers.ts';

export const JSON_TYPE = 'application/json';
export const HTML_TYPE = 'text/html; charset=utf-8';

/** Reason phrases (RFC 9110 and its kin). */
const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  418: "I'm a Teapot",
  422: 'Unprocessable Entity',
  423: 'Locked',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** What is said behind a status; `Unknown` where nobody has agreed on anything. */
export function statusPhrase(status: number): string {
  return PHRASES[status] ?? 'Unknown';
}

/** A body and what it is. */
export interface Content {
  readonly text: string;
  readonly type: string;
}

export interface NewAnswer {
  readonly status: number;
  /** Undefined: no body, and no word of one. */
  readonly content?: Content | undefined;
  /** Further lines. */
  readonly headers?: RawHeaders;
}

/** An answer from scratch, for `before`: with the ids of the request (digest 1.3), and nothing done. */
export function newAnswer({ status, content, headers = [] }: NewAnswer, facts: Facts): AnswerMessage {
  const { request, now, version, entry } = facts;
  const bodyless = isBodyless(status);
  const body = new TextEncoder().encode(bodyless ? '' : (content?.text ?? ''));
  const ids = [REQUEST_ID, CORRELATION_ID].flatMap(name => {
    const value = headerValue(request.headers, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const routed = entry?.functional === true && version !== undefined && atLeast22(version);
  const routing = routed ? writeRouting(swapRouting(readRouting(request.headers, { version, functional: true }))) : [];
  const described: [string, string][] = [];
  if (content !== undefined && !bodyless) described.push(['Content-Type', content.type]);
  if (!bodyless) described.push(['Content-Length', String(body.length)]);
  return {
    side: 'answer',
    status,
    statusText: statusPhrase(status),
    headers: [['Date', new Date(now).toUTCString()], ...described, ...ids, ...routing, ...headers],
    body,
  };
}

/** The draft with another status; all else stays. */
export function withStatus(draft: Draft, message: AnswerMessage, status: number): Draft {
  return { ...draft, message: { ...message, status, statusText: statusPhrase(status) } };
}

/** Lines that speak of what the answer held before. */
const OF_THE_DATA = ['Link', 'X-Total-Count', 'X-Limit', 'Location'];

/** The draft with another status and body, without what its header lines said of the data it held. */
export function withAnswer(draft: Draft, message: AnswerMessage, { status, content, headers = [] }: NewAnswer): Draft {
  const kept = dropHeaders(message.headers, ...OF_THE_DATA);
  const bare = content === undefined || isBodyless(status);
  const typed = bare ? dropHeaders(kept, 'Content-Type') : setHeader(kept, 'Content-Type', content.type);
  const answered = withStatus(draft, { ...message, headers: [...typed, ...headers] }, status);
  const written = withBody(answered, bare ? '' : content.text);
  return isBodyless(status) ? withHeaders(written, dropHeaders(written.message.headers, 'Content-Length')) : written;
}

/** HTTP knows no body with these. */
function isBodyless(status: number): boolean {
  return status === 204 || status === 304;
}

/** An envelope without data, that says what went wrong (digest 1.4). */
export function errorContent(statusCode: number, statusMessage: string, now: number): Content {
  return { text: writeEnvelope({ statusCode, statusMessage, now }), type: JSON_TYPE };
}
