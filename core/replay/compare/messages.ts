import type { ReplayDifference } from '../../contract/replay.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { ExpectedMessage, MarkedPlace } from '../rebase/expected.ts';
import type { SpokenAnswer, SpokenExchange, SpokenMessage } from '../recording.ts';
import { compareAnswers } from './answers.ts';
import { readBodies } from './bodies.ts';
import type { Side } from './difference.ts';
import { compareHeaders } from './headers.ts';
import { locationDifferences } from './locations.ts';
import { comparePages } from './pages.ts';
import { compareUrls } from './requests.ts';
import { hasFractions } from './times.ts';
import { compareValues, type ValueGround } from './values.ts';

interface Pair {
  readonly recorded: SpokenExchange;
  readonly met: SpokenExchange;
  readonly ground: ValueGround;
  /** What a party of the recording is called now: `NL-TNM`. */
  readonly partyNow: (party: string) => string;
}

/** An answer beside the one that was expected: HTTP, the envelope, the object, headers, the page of a list, the Location. */
export function compareAnswered({
  recorded,
  met,
  ground,
  partyNow,
  expected,
  answer,
  whole,
}: Pair & {
  /** The recorded answer as it would be said now. */
  readonly expected: SpokenAnswer;
  /** The one that was met. */
  readonly answer: SpokenAnswer;
  /** Both came whole: what is left of an answer that was cut off has nothing to say. */
  readonly whole: boolean;
}): ReplayDifference[] {
  const then = recorded.answer ?? expected;
  const headers = compareHeaders({
    side: 'answer',
    recorded: then.headers,
    partyNow,
    met: answer.headers,
    asked: { recorded: recorded.request.headers, met: met.request.headers },
    bodies: hasBody(then) && hasBody(answer),
  });
  const { differences, lists } = whole
    ? compareAnswers({ expected, met: answer, ground })
    : compareAnswers({ expected: withoutBody(expected), met: withoutBody(answer), ground });
  const sameClass = Math.floor(expected.status / 100) === Math.floor(answer.status / 100);
  const paged = ground.page && sameClass && whole && then.headers.length > 0 && answer.headers.length > 0;
  const pages = paged
    ? comparePages({
        operation: recorded.operation,
        expected: { url: recorded.url, headers: then.headers, data: lists.expected },
        met: { url: met.url, headers: answer.headers, data: lists.met },
      })
    : [];
  return [...differences, ...headers, ...pages, ...compareLocations(recorded, { recorded: then, met: answer })];
}

/** A request beside the one that was expected: method, path and query, headers, the object. */
export function compareAsked({
  recorded,
  met,
  ground,
  partyNow,
  expected,
  sender,
}: Pair & {
  /** The recorded request as it would be said now. */
  readonly expected: ExpectedMessage;
  /** Who sent it, as a subject: the partner unless said. */
  readonly sender?: string;
}): ReplayDifference[] {
  const headers = compareHeaders({
    side: 'request',
    recorded: recorded.request.headers,
    partyNow,
    met: met.request.headers,
    bodies: hasBody(recorded.request) && hasBody(met.request),
  });
  const wanted = { ...recorded.request, text: expected.text };
  const { json, differences } = readBodies('request', wanted, met.request);
  const values = json === undefined ? [] : compareValues(json.expected, json.met, { ground });
  const urls = compareUrls({ expected, recorded, met, ...(sender !== undefined && { sender }) }, ground);
  return [...urls, ...headers, ...differences, ...values];
}

export interface GroundOf {
  readonly side: Side;
  readonly version: Version;
  readonly recorded: SpokenExchange;
  readonly met: SpokenExchange;
  readonly marks: readonly MarkedPlace[];
  readonly strict: boolean;
  /** Added to every time of the recording, in milliseconds. */
  readonly shiftMs: number;
}

/** What is known about two messages whose bodies are compared. */
export function groundOf({ side, version, recorded, met, marks, strict, shiftMs }: GroundOf): ValueGround {
  const { operation } = recorded;
  const text = side === 'answer' ? recorded.answer?.text : recorded.request.text;
  return {
    side,
    operation,
    version,
    marks: new Map(marks.map(mark => [mark.pointer, mark])),
    strict,
    fractions: hasFractions(text),
    urls: { expected: absolute(recorded.url), met: absolute(met.url) },
    moments: { expected: momentOf(recorded, side) + shiftMs, met: momentOf(met, side) },
    page: side === 'answer' && entryById(operation)?.items !== undefined,
  };
}

function momentOf({ startedAt, durationMs }: SpokenExchange, side: Side): number {
  return startedAt + (side === 'answer' ? (durationMs ?? 0) : 0);
}

function absolute(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

function hasBody({ length, text, shortened }: SpokenMessage): boolean {
  return shortened || length > 0 || (text !== undefined && text !== '');
}

function withoutBody(answer: SpokenAnswer): SpokenAnswer {
  return { ...answer, text: undefined, length: 0, shortened: false };
}

/** The Location of what was posted: that there is one, and of which sort (digest 6.3, T43). */
function compareLocations(
  { method }: SpokenExchange,
  { recorded, met }: { readonly recorded: SpokenAnswer; readonly met: SpokenAnswer },
): ReplayDifference[] {
  if (method !== 'POST' || met.status >= 300 || recorded.status >= 300) return [];
  if (recorded.headers.length === 0 || met.headers.length === 0) return [];
  return locationDifferences(recorded.headers, met.headers);
}
