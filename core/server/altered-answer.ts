import type { ExchangeFaults } from '../http/exchange.ts';
import type { WireResponse } from '../http/wire.ts';
import { validateHeaderName, validateHeaderValue } from '../node-http.ts';
import { readEnvelope } from '../ocpi/envelope.ts';
import { headerValue, headerValues, type RawHeaders } from '../ocpi/raw-headers.ts';
import type { Version } from '../ocpi/versions.ts';
import type { AlteredAnswer } from './faulting.ts';
import type { WireReply } from './wire-reply.ts';

/** An answer as faults left it, ready to be recorded. */
export interface FaultedReply {
  readonly wire: WireReply;
  readonly faults: ExchangeFaults | undefined;
  /** Where it has to be written byte by byte: what of it leaves, and how. */
  readonly played: Pick<AlteredAnswer, 'leaves' | 'play' | 'followUpFirst'> | undefined;
}

export interface AlteredContext {
  readonly wire: WireReply;
  readonly version: Version | undefined;
  readonly headOnly: boolean;
}

export function faultedReply(altered: AlteredAnswer, { wire, version, headOnly }: AlteredContext): FaultedReply {
  const { message, leaves, usual, followUpFirst, play, faults } = altered;
  const headers = message.headers;
  const body = Buffer.from(message.body.buffer, message.body.byteOffset, message.body.byteLength);
  const shown = leaves ?? message;
  const changed: WireReply = {
    response: message,
    flat: headers.flat(),
    body: { bytes: body },
    ocpiStatus: shown.body === wire.response.body ? wire.ocpiStatus : ocpiStatusOf(shown, version),
    keepAlive: wire.keepAlive && !/\bclose\b/i.test(headerValue(headers, 'connection') ?? ''),
  };
  const sayable = usual && !followUpFirst && isSayable(message, headOnly);
  return { wire: changed, faults, played: sayable ? undefined : { leaves, play, followUpFirst } };
}

/** An answer given before ours was worked out: the lines that HTTP needs are put behind its own where it has none. */
export function answeredBefore(answer: WireResponse, { wire, headOnly }: Omit<AlteredContext, 'version'>): WireReply {
  const has = (name: string) => headerValue(answer.headers, name) !== undefined;
  const headers: (readonly [string, string])[] = [...answer.headers];
  const bodyless = answer.status === 204 || answer.status === 304;
  if (!bodyless && !has('content-length') && !has('transfer-encoding'))
    headers.push(['Content-Length', String(answer.body.length)]);
  if (!has('connection')) {
    const ours = wire.response.headers.filter(([name]) => name === 'Connection' || name === 'Keep-Alive');
    headers.push(...ours);
  }
  const response = { ...answer, headers, body: headOnly ? Buffer.alloc(0) : answer.body };
  return {
    response,
    flat: headers.flat(),
    body: { bytes: Buffer.from(response.body) },
    ocpiStatus: ocpiStatusOf(response, undefined),
    keepAlive: wire.keepAlive,
  };
}

function ocpiStatusOf({ body }: WireResponse, version: Version | undefined): number | undefined {
  return body.length === 0 ? undefined : readEnvelope(body, version).view?.statusCode;
}

/** Whether Node's HTTP writes exactly this, and frames it right. */
function isSayable({ status, statusText, headers, body }: WireResponse, headOnly: boolean): boolean {
  if (!Number.isInteger(status) || status < 200 || status > 999 || !isFieldValue(statusText)) return false;
  if (headerValues(headers, 'transfer-encoding').length > 0 || headerValues(headers, 'connection').length !== 1)
    return false;
  const lengths = headerValues(headers, 'content-length');
  const bodyless = status === 204 || status === 304;
  if (bodyless || headOnly ? body.length > 0 : lengths.length !== 1 || lengths[0] !== String(body.length)) return false;
  return areFields(headers);
}

function areFields(headers: RawHeaders): boolean {
  try {
    for (const [name, value] of headers) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}

function isFieldValue(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}
