import { type CatalogueEntry, entryById } from '../ocpi/catalogue.ts';
import { type EnvelopeRead, readEnvelope } from '../ocpi/envelope.ts';
import { pathParams } from '../ocpi/path-params.ts';
import { headerValue } from '../ocpi/raw-headers.ts';
import { type Received, receiveJson } from '../ocpi/received.ts';
import { isSuccess } from '../ocpi/status-codes.ts';
import { splitPath } from '../ocpi/urls.ts';
import type { Observed, ObservedMessage } from './observed.ts';
import { type SealedToken, sealedTokenIn, withStandIns } from './sealed-token.ts';

/** An exchange taken apart once, for all detectors. */
export interface Reading {
  readonly observed: Observed;
  /** Undefined for what is no operation of OCPI. */
  readonly entry: CatalogueEntry | undefined;
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Absolute; of a request to us as its Host header has it. */
  readonly url: string;
  /** The token in the Authorization header. */
  readonly token: SealedToken | undefined;
  /** Undefined where there is no body, or not all of it is there as text. */
  readonly body: Received<unknown> | undefined;
  /** The answer, where all of it came and is there. */
  readonly answer: Answer | undefined;
  /** A whole answer with HTTP 2xx and OCPI 1xxx (T9). */
  readonly ok: boolean;
}

export interface Answer {
  readonly status: number;
  readonly envelope: EnvelopeRead;
  readonly text: string;
  /** `data` of the envelope, or undefined. */
  readonly data: unknown;
}

const WHOLE: ReadonlySet<string> = new Set(['complete', 'answered', 'unknown']);
const readings = new WeakMap<Observed, Reading>();

/** Reads an exchange; the same object gives the same reading, so that nothing is parsed twice. Never throws. */
export function readingOf(observed: Observed): Reading {
  const before = readings.get(observed);
  if (before !== undefined) return before;
  const reading = read(observed);
  readings.set(observed, reading);
  return reading;
}

/** Whether all of the answer crossed the wire, as far as it is told. */
export function isWhole({ ended, response }: Observed): boolean {
  return response !== undefined && WHOLE.has(ended.how);
}

function read(observed: Observed): Reading {
  const { request, operation } = observed;
  const entry = entryById(operation);
  const authorization = headerValue(request.headers, 'authorization');
  const body = textOf(request);
  const answer = answerOf(observed);
  const code = answer?.envelope.view?.statusCode;
  return {
    observed,
    entry,
    params: entry === undefined ? {} : pathParams(entry, observed.url),
    query: new URLSearchParams(splitPath(observed.url).query),
    url: absoluteUrl(observed),
    token: authorization === undefined ? undefined : sealedTokenIn(authorization),
    body: body === undefined || body === '' ? undefined : receiveJson(withStandIns(body)),
    answer,
    ok: answer !== undefined && answer.status >= 200 && answer.status < 300 && code !== undefined && isSuccess(code),
  };
}

function answerOf(observed: Observed): Answer | undefined {
  const { response, version, method } = observed;
  if (response === undefined || !isWhole(observed) || method === 'HEAD') return undefined;
  const text = textOf(response);
  if (text === undefined) return undefined;
  const shown = withStandIns(text);
  const envelope = readEnvelope(shown, version);
  return { status: response.status, envelope, text: shown, data: envelope.view?.data };
}

/** Undefined where there is something else than text, or only its beginning. */
function textOf({ text, length, shortened }: ObservedMessage): string | undefined {
  if (shortened) return undefined;
  return text ?? (length === 0 ? '' : undefined);
}

function absoluteUrl({ url, request }: Observed): string {
  if (URL.canParse(url)) return url;
  const host = headerValue(request.headers, 'host') ?? 'host.invalid';
  const absolute = `http://${host}${url.startsWith('/') ? '' : '/'}${url}`;
  return URL.canParse(absolute) ? absolute : 'http://host.invalid/';
}
