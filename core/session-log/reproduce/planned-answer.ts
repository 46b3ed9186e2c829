import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import type { ExchangeLine } from '../format/records.ts';
import { bodyBytes, changedBody } from './line-body.ts';
import { isShortened, wholePart } from './shortened-answer.ts';
import { toldActs } from './told-acts.ts';
import { LONG_SILENCE_MS, type WireAct } from './wire-act.ts';

/** A recorded answer, ready to leave from this server. */
export interface PlannedAnswer {
  /** Null where nothing of an answer leaves. */
  readonly status: number | null;
  readonly statusText: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
  /** Milliseconds from the request to the first of the acts. */
  readonly delayMs: number;
  readonly acts: readonly WireAct[];
  /** Whether the connection may live on behind it. */
  readonly keepAlive: boolean;
  /** What of the recorded answer cannot be given, one sentence each. */
  readonly differences: readonly string[];
}

export interface AnswerParts {
  readonly atOnce: boolean;
  /** Recorded addresses moved to this server. */
  readonly moved: (text: string) => string;
  /** Tokens in the place of their placeholders. */
  readonly written: (text: string) => string;
  /** Texts of the recording with those that stand for them now. */
  readonly instead: ReadonlyMap<string, string>;
  /** Message ids of the request now, by the names of their headers in lower case. */
  readonly messageIds: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Ids that an answer repeats (digest 1.3): only where it did so then. */
export const MESSAGE_IDS = ['x-request-id', 'x-correlation-id'] as const;
/** Headers and bodies that tell addresses of the side that answers. */
const ADDRESS_HEADERS = new Set(['link', 'location', 'content-location']);
const TELLS_ADDRESSES = /^(versions|credentials)\./;
/** More than this of an answer that was too large is not made up. */
const MOST_FILLED = 256 * 1024 * 1024;
/** Shorter texts are no ids. */
const SHORTEST_ID = 4;

/** The recorded answer as it leaves here: its bytes, and what happens on the wire. */
export function planAnswer(line: ExchangeLine, parts: AnswerParts): PlannedAnswer {
  const { request, response, ended } = line;
  if (response === undefined) return silentEnd(line, parts);
  const differences: string[] = [];
  const change = (text: string) =>
    parts.written(replaced(TELLS_ADDRESSES.test(line.operation) ? parts.moved(text) : text, parts));
  const recorded = bodyOf(line, change);
  const part = wholePart(line, recorded, parts.now);
  const written = part?.body ?? recorded;
  const kept = response.body;
  if (kept?.leftOut !== undefined) differences.push(`The recording has no body of this answer: ${kept.leftOut}.`);
  else if (isShortened(line)) {
    const sent = part === undefined ? 'that much is' : `what is whole of it, ${objects(part.objects)}, is`;
    const { length } = bodyBytes(kept);
    differences.push(`The recording keeps ${length} of the ${kept?.length} bytes of this answer's body; ${sent} sent.`);
  }
  const filled = ended.how === 'too-large' ? tooLarge(line, written) : written;
  const headers = withLength(headersOf(line, parts), { line, body: filled });
  const acts = framed(actsOf(line, { ...parts, length: filled.length }), {
    headers,
    length: filled.length,
    bodyless: request.method === 'HEAD' || bodyless(response.status),
  });
  return {
    status: response.status,
    statusText: response.statusText,
    headers,
    body: filled,
    delayMs: delayOf(line, parts),
    acts,
    keepAlive: !/\bclose\b/i.test(headerValue(headers, 'connection') ?? ''),
    differences,
  };
}

function objects(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}

function bodyOf(line: ExchangeLine, change: (text: string) => string): Uint8Array {
  const { response, request } = line;
  if (response === undefined || request.method === 'HEAD' || bodyless(response.status)) return new Uint8Array();
  return changedBody(response.headers, response.body, change);
}

function bodyless(status: number): boolean {
  return status === 204 || status === 304;
}

/** As JSON has them: whole strings only. */
export function replaced(text: string, { instead }: Pick<AnswerParts, 'instead'>): string {
  let changed = text;
  for (const [recorded, now] of instead) {
    if (recorded.length < SHORTEST_ID) continue;
    const latin = Buffer.from(JSON.stringify(now), 'utf8').toString('latin1');
    changed = changed.replaceAll(JSON.stringify(recorded), () => latin);
  }
  return changed;
}

function headersOf({ request, response, startedAt }: ExchangeLine, parts: AnswerParts): RawHeaders {
  return (response?.headers ?? []).map(([name, value]) => {
    const key = name.toLowerCase();
    if (ADDRESS_HEADERS.has(key)) return [name, parts.written(parts.moved(value))] as const;
    const now = parts.messageIds.get(key);
    if (now !== undefined && headerValue(request.headers, key) === value) return [name, now] as const;
    const date = key === 'date' ? Date.parse(value) : Number.NaN;
    // A clock that went wrong then does so by as much now.
    if (!Number.isNaN(date)) return [name, new Date(date + parts.now - startedAt).toUTCString()] as const;
    return [name, parts.written(value)] as const;
  });
}

/** Content-Length is true where it was, and wrong by as much where it was wrong. */
function withLength(headers: RawHeaders, { line, body }: { line: ExchangeLine; body: Uint8Array }): RawHeaders {
  if (line.request.method === 'HEAD' || bodyless(line.response?.status ?? 0)) return headers;
  const announced = headerValue(headers, 'content-length') ?? '';
  if (!/^\d+$/.test(announced)) return headers;
  const length = String(Math.max(0, body.length + missing(line, Number(announced))));
  return headers.map(([name, value]) => [name, name.toLowerCase() === 'content-length' ? length : value] as const);
}

/** Bytes that were announced and did not come. */
function missing(line: ExchangeLine, announced: number): number {
  const { ended, direction, response } = line;
  if (ended.how === 'complete' || ended.how === 'too-large') return 0;
  if (direction === 'out') {
    const { received } = ended as { received?: unknown };
    const came = typeof received === 'number' && ended.how === 'cut' ? received : bodyBytes(response?.body).length;
    return Math.max(1, announced - came);
  }
  const told = toldOf(line, { length: 0, atOnce: true });
  if (told !== undefined) return announced - told.left;
  return ended.how === 'broken-off' ? announced - bodyBytes(response?.body).length : 0;
}

/** What faults of ours did to the answer, where any were at work. */
function toldOf({ direction, faults }: ExchangeLine, of: { length: number; atOnce: boolean }) {
  return direction === 'in' && faults !== undefined
    ? toldActs({ words: faults.wire, firings: faults.firings, ...of })
    : undefined;
}

/** What was not read any more then: blanks, which no JSON minds, as many as were announced. */
function tooLarge({ ended, response }: ExchangeLine, body: Uint8Array): Uint8Array {
  const announced = Number(headerValue(response?.headers ?? [], 'content-length'));
  const limit = Number((ended as { limit?: unknown }).limit ?? 0);
  const length = Math.min(Math.max(Number.isFinite(announced) ? announced : 0, limit + 1, body.length), MOST_FILLED);
  return Buffer.concat([body, Buffer.alloc(length - body.length, 0x20)]);
}

/** Milliseconds from the request to the first byte of its answer, as recorded. */
export function answeredAfter({ direction, timings = {} }: ExchangeLine): number {
  const { firstByte, total } = timings;
  return (direction === 'out' ? (firstByte ?? total) : total) ?? 0;
}

/** As long as it took then until something came. What faults waited for stands among the acts. */
function delayOf(line: ExchangeLine, { atOnce }: AnswerParts): number {
  return atOnce || (line.direction === 'in' && line.faults !== undefined) ? 0 : answeredAfter(line);
}

const WHOLE: readonly WireAct[] = [{ do: 'head' }, { do: 'body', from: 0 }, { do: 'end' }];

function actsOf(line: ExchangeLine, { atOnce, length }: { atOnce: boolean; length: number }): readonly WireAct[] {
  const { ended, direction } = line;
  const told = toldOf(line, { length, atOnce });
  if (told !== undefined) return told.acts;
  switch (ended.how) {
    case 'complete':
    case 'answered':
      return WHOLE;
    case 'cut':
      return direction === 'in' ? WHOLE : [{ do: 'head' }, { do: 'body', from: 0 }, { do: 'close' }];
    case 'reset':
      return direction === 'in' ? WHOLE : [{ do: 'head' }, { do: 'body', from: 0 }, { do: 'reset' }];
    case 'timeout':
    case 'cancelled':
      return direction === 'in'
        ? WHOLE
        : [{ do: 'head' }, { do: 'body', from: 0 }, { do: 'hang', ms: LONG_SILENCE_MS }];
    case 'malformed':
      return direction === 'in' ? WHOLE : silenceOf(line);
    case 'broken-off':
      return direction === 'in' ? brokenOff(line) : WHOLE;
    default:
      return WHOLE;
  }
}

/** What is recorded of the body is what left of it. */
function brokenOff({ ended }: ExchangeLine): readonly WireAct[] {
  const { by } = ended as { by?: unknown };
  const end: WireAct =
    by === 'hang' ? { do: 'hang', ms: LONG_SILENCE_MS } : by === 'reset' ? { do: 'reset' } : { do: 'close' };
  return [{ do: 'head' }, { do: 'body', from: 0 }, end];
}

/** How a recorded exchange ended that got no answer. */
function silentEnd(line: ExchangeLine, parts: AnswerParts): PlannedAnswer {
  const { ended, direction } = line;
  const told = toldOf(line, { length: 0, atOnce: parts.atOnce });
  const acts = told?.acts ?? (direction === 'in' ? brokenOff(line) : silenceOf(line));
  const unreached = UNREACHED[ended.how];
  return {
    status: null,
    statusText: '',
    headers: [],
    body: new Uint8Array(),
    delayMs: delayOf(line, parts),
    acts: acts.filter(act => act.do !== 'head' && act.do !== 'body'),
    keepAlive: false,
    differences: unreached === undefined ? [] : [`${unreached}; here the connection is reset.`],
  };
}

const UNREACHED: Readonly<Record<string, string>> = {
  refused: 'Then nobody listened',
  dns: 'Then its name did not resolve',
  unreachable: 'Then its host could not be reached',
  tls: 'Then the TLS handshake failed',
  proxy: 'Then the proxy did not let it through',
};

function silenceOf({ ended }: ExchangeLine): readonly WireAct[] {
  switch (ended.how) {
    case 'timeout':
      return [{ do: 'hang', ms: LONG_SILENCE_MS }];
    case 'malformed': {
      const { raw } = ended as { raw?: unknown };
      const bytes = typeof raw === 'string' ? Buffer.from(raw, 'base64') : new Uint8Array();
      return [{ do: 'raw', bytes }, { do: 'close' }];
    }
    case 'cut':
      return [{ do: 'close' }];
    default:
      return [{ do: 'reset' }];
  }
}

interface Framing {
  readonly headers: RawHeaders;
  readonly length: number;
  readonly bodyless: boolean;
}

/** Chunk frames around the body, where the answer came in chunks: recordings keep what stood in them. */
function framed(acts: readonly WireAct[], { headers, length, bodyless: none }: Framing): readonly WireAct[] {
  const chunked = /\bchunked\b/i.test(headerValue(headers, 'transfer-encoding') ?? '');
  const measured = headerValue(headers, 'content-length') !== undefined;
  const body = acts.findIndex(act => act.do === 'body');
  if (!chunked || none || acts.some(act => act.do === 'raw') || body < 0) {
    // Without a length or chunks the end of a body is the end of its connection.
    return chunked || measured || none ? acts : acts.map((act): WireAct => (act.do === 'end' ? { do: 'close' } : act));
  }
  const raw = (text: string): WireAct => ({ do: 'raw', bytes: new TextEncoder().encode(text) });
  const before = length === 0 ? [] : [raw(`${length.toString(16)}\r\n`)];
  return [
    ...acts.slice(0, body),
    ...before,
    ...acts
      .slice(body)
      .flatMap(act => (act.do === 'end' ? [raw(length === 0 ? '0\r\n\r\n' : '\r\n0\r\n\r\n'), act] : [act])),
  ];
}
