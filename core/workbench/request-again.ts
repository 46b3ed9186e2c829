import { type Failure, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { History } from '../history/history.ts';
import type { ExchangeRecord } from '../http/exchange.ts';
import { placeholderRanges, readPlaceholder, unseal } from '../http/placeholder.ts';
import type { WireRequest } from '../http/wire.ts';
import { headerValue, type RawHeaders } from '../ocpi/raw-headers.ts';

/** What the connection a request leaves on decides, not whoever sent it before. */
const OF_CONNECTION = new Set([
  'transfer-encoding',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);
const REQUEST_ID = 'x-request-id';

export interface Refreshing {
  /** The request as it was recorded. */
  readonly before: WireRequest;
  /** What the Host header says. */
  readonly authority: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The header lines in their order, with what belongs to one sending made anew: Host, Content-Length, Connection, Date, and
 * X-Request-ID unless it was edited. Lines that are not there are not added.
 */
export function refreshed({ headers, body }: WireRequest, again: Refreshing): RawHeaders {
  const idBefore = headerValue(again.before.headers, REQUEST_ID);
  return headers.flatMap(([name, value]): [string, string][] => {
    const key = name.toLowerCase();
    if (OF_CONNECTION.has(key)) return [];
    if (key === 'host') return [[name, again.authority]];
    if (key === 'content-length') return body.length === 0 && value !== '0' ? [] : [[name, String(body.length)]];
    if (key === 'connection') return [[name, 'keep-alive']];
    if (key === 'date') return [[name, new Date(again.now).toUTCString()]];
    if (key === REQUEST_ID && value === idBefore) return [[name, again.requestId]];
    return [[name, value]];
  });
}

/** The request as the partner would read it: of a compressed body that held a token only the plain bytes are kept. */
export function asKept({ request, findings }: ExchangeRecord): WireRequest {
  const plain = findings.some(({ code, pointer }) => code === 'history.body-decoded' && pointer.startsWith('request:'));
  if (!plain) return request;
  return { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'content-encoding') };
}

/** Ids of the tokens whose placeholders stand in a request. */
export function tokensIn({ url, headers, body }: WireRequest): readonly string[] {
  const texts = [url, ...headers.map(([, value]) => value), Buffer.from(body).toString('latin1')];
  const ids = texts.flatMap(text =>
    placeholderRanges(text).flatMap(({ start, end }) => readPlaceholder(text.slice(start, end))?.id ?? []),
  );
  return [...new Set(ids)];
}

/** The same with its tokens in the clear; the failure where one cannot be had. */
export function withTokens(request: WireRequest, tokenOf: (id: string) => Outcome<string>): Outcome<WireRequest> {
  const values = new Map<string, string>();
  for (const id of tokensIn(request)) {
    const token = tokenOf(id);
    if (!token.ok) return token;
    values.set(id, token.value);
  }
  const body = unsealedBytes(request.body, id => values.get(id));
  const open = (text: string) => unseal(text, id => values.get(id));
  const filled: WireRequest = {
    method: request.method,
    url: open(request.url),
    headers: request.headers.map(([name, value]) => [name, open(value)]),
    body,
  };
  if (tokensIn(filled).length > 0 || holdsWide(body)) {
    return failed(
      'TOKEN_MISSING',
      'a token was written in a way that cannot be repeated',
      'Edit the request: put the token there by hand.',
    );
  }
  return { ok: true, value: filled };
}

/** Placeholders are ASCII among bytes of any kind; a token that is not ASCII goes out as UTF-8. */
function unsealedBytes(body: Uint8Array, tokenOf: (id: string) => string | undefined): Uint8Array {
  const text = Buffer.from(body).toString('latin1');
  const ranges = placeholderRanges(text);
  if (ranges.length === 0) return body;
  const pieces: Uint8Array[] = [];
  let copied = 0;
  for (const { start, end } of ranges) {
    pieces.push(body.subarray(copied, start), Buffer.from(unseal(text.slice(start, end), tokenOf), 'utf8'));
    copied = end;
  }
  return new Uint8Array(Buffer.concat([...pieces, body.subarray(copied)]));
}

function holdsWide(body: Uint8Array): boolean {
  return Buffer.from(body).includes(Buffer.from('{token:', 'utf16le'));
}

/** A token of this link, in the clear: no other link's ever leaves on it. */
export function tokenOfLink({ tokens }: Pick<History, 'tokens'>, link: Link, id: string): Outcome<string> {
  const rows = tokens.ledger(link.id).filter(entry => entry.id === id);
  for (const { row } of rows) {
    const value = tokens.valueOf(row);
    if (value !== undefined) return { ok: true, value };
  }
  return {
    ok: false,
    failure: noToken({ id, sealed: rows.length > 0, elsewhere: tokens.value(id) !== undefined }, link),
  };
}

function noToken(
  { id, sealed, elsewhere }: { id: string; sealed: boolean; elsewhere: boolean },
  { name }: Link,
): Failure {
  if (sealed) {
    return {
      code: 'TOKEN_UNREADABLE',
      message: `token ${id} of ${name} was sealed with a key that is gone`,
      advice: `Enter it anew: wb link set ${name} --token, or --their-token.`,
    };
  }
  if (elsewhere) {
    return {
      code: 'TOKEN_MISSING',
      message: `token ${id} is of another link than ${name}, and leaves on that one only`,
      advice: `Edit the request: use a token of ${name}.`,
    };
  }
  return {
    code: 'TOKEN_MISSING',
    message: `token ${id} is not kept: it was never a token of ${name}, or was removed with its link`,
    advice: 'Edit the request and put a token there by hand, or send another one.',
  };
}
