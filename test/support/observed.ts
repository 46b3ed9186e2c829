import { decodeBody } from '../../core/http/bodies.ts';
import { createSealer } from '../../core/http/sealing.ts';
import type { Ended } from '../../core/http/wire.ts';
import type { Observed, ObservedMessage } from '../../core/insight/observed.ts';
import { readEnvelope } from '../../core/ocpi/envelope.ts';
import type { Finding } from '../../core/ocpi/findings.ts';
import { readMessageIds } from '../../core/ocpi/message-ids.ts';
import { headerValue, type RawHeaders } from '../../core/ocpi/raw-headers.ts';
import type { Version } from '../../core/ocpi/versions.ts';

/** An exchange as literal HTTP text: head, an empty line, body. Lines end as the text has them. */
export interface LiteralExchange {
  readonly operation: string;
  readonly version?: Version | undefined;
  /** What we sent, or what a partner sent us; `out` unless said. */
  readonly direction?: 'in' | 'out';
  /** `GET https://partner.example/ocpi/versions HTTP/1.1` and what follows. */
  readonly request: string;
  /** `HTTP/1.1 200 OK` and what follows; absent where no answer came. */
  readonly response?: string;
  /** Milliseconds since the epoch, and how long it took. */
  readonly at?: number;
  readonly took?: number;
  readonly ended?: Ended;
  readonly linkId?: number | null;
  readonly runId?: number;
  readonly findings?: readonly Finding[];
}

/** Tokens of the ledger in these tests; what else stands in a header is unknown. */
export const TOKENS = {
  a: 'token-a-0a1b2c3d4e5f60718293',
  b: 'token-b-0a1b2c3d4e5f60718293',
  c: 'token-c-0a1b2c3d4e5f60718293',
} as const;

export const BEGIN = Date.UTC(2026, 0, 31, 12);
const ids = new Map<string, string>();
const idOf = (token: string) => {
  const known = ids.get(token) ?? `id${ids.size}`;
  ids.set(token, known);
  return known;
};
const known = Object.values(TOKENS).map(token => ({ id: idOf(token), token }));
const sealer = createSealer({ idOf, known: () => known });

let next = 1;

/** As the history would hand it to detectors: sealed, read, numbered in the order in which it was made. */
export function observed(literal: LiteralExchange): Observed {
  const { operation, version, direction = 'out', at = BEGIN, took = 20, linkId = 1 } = literal;
  const request = parse(literal.request);
  const [method = '', url = ''] = request.start.split(' ');
  const response = literal.response === undefined ? undefined : parse(literal.response);
  const [, status = '0', statusText = ''] = /^HTTP\/1\.1 (\d{3}) ?(.*)$/.exec(response?.start ?? '') ?? [];
  const sealed = sealer.record({
    direction,
    operation,
    startedAt: at,
    request: { method, url, headers: request.headers, body: request.body },
    ...(response && {
      response: { status: Number(status), statusText, headers: response.headers, body: response.body },
    }),
    ended: literal.ended ?? { how: direction === 'out' ? 'complete' : 'answered' },
    findings: [],
  });
  const { requestId, correlationId } = readMessageIds(sealed.request.headers, undefined);
  const answer = sealed.response && message(sealed.response.headers, sealed.response.body);
  return {
    id: next++,
    direction,
    linkId,
    link: linkId === null ? null : `link ${linkId}`,
    runId: literal.runId ?? null,
    operation,
    version,
    startedAt: at,
    durationMs: took,
    method,
    url: sealed.request.url,
    request: message(sealed.request.headers, sealed.request.body),
    response: answer && { ...answer, status: Number(status), statusText },
    ended: sealed.ended,
    ocpiStatus: readEnvelope(answer?.text ?? '').view?.statusCode,
    requestId,
    correlationId,
    fromParty: partyIn(sealed.request.headers, 'from'),
    toParty: partyIn(sealed.request.headers, 'to'),
    findings: literal.findings ?? [],
    faults: [],
  };
}

interface Parsed {
  readonly start: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

function parse(text: string): Parsed {
  const cut = /\r?\n\r?\n/.exec(text);
  const head = cut === null ? text : text.slice(0, cut.index);
  const body = cut === null ? '' : text.slice(cut.index + cut[0].length);
  const [start = '', ...lines] = head.trim().split(/\r?\n/);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { start: start.trim(), headers, body: new TextEncoder().encode(body) };
}

function message(headers: RawHeaders, body: Uint8Array): ObservedMessage {
  return { headers, text: decodeBody(body, headers).text, length: body.length, shortened: false };
}

function partyIn(headers: RawHeaders, which: 'from' | 'to'): string | undefined {
  const [country, party] = ['country-code', 'party-id'].map(part => headerValue(headers, `OCPI-${which}-${part}`));
  return country === undefined || party === undefined ? undefined : `${country}-${party}`;
}
