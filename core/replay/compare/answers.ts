import type { ReplayDifference } from '../../contract/replay.ts';
import { describeJson, isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { isSuccess, statusCode } from '../../ocpi/status-codes.ts';
import type { SpokenAnswer } from '../recording.ts';
import { readBodies } from './bodies.ts';
import { bodyPlace, difference } from './difference.ts';
import { otherSpelling } from './times.ts';
import { compareValues, jsonKind, type ValueGround } from './values.ts';

export interface AnswerPair {
  readonly expected: SpokenAnswer;
  readonly met: SpokenAnswer;
  readonly ground: ValueGround;
}

export interface AnswersRead {
  readonly differences: readonly ReplayDifference[];
  /** `data` of each, where that is a list. */
  readonly lists: {
    readonly expected: readonly unknown[] | undefined;
    readonly met: readonly unknown[] | undefined;
  };
}

const CLASSES = ['', 'an interim answer', 'a success', 'a redirect', 'a refusal', 'a failure of the server'];
const OWN = new Set(['status_code', 'status_message', 'timestamp', 'data']);

/** HTTP status, OCPI status, the envelope around the data, and the data, where both answers say the same of how it went. */
export function compareAnswers({ expected, met, ground }: AnswerPair): AnswersRead {
  const http = compareStatus(expected.status, met.status);
  const { json, differences } = readBodies('answer', expected, met);
  const all = [...http, ...differences];
  if (json === undefined) return { differences: all, lists: { expected: undefined, met: undefined } };
  if (!isEnvelope(json.expected)) {
    const values = isEnvelope(json.met) ? [noLonger(json)] : compareValues(json.expected, json.met, { ground });
    return { differences: [...all, ...values], lists: { expected: undefined, met: undefined } };
  }
  if (!isEnvelope(json.met)) {
    return { differences: [...all, noEnvelope(json)], lists: { expected: undefined, met: undefined } };
  }
  const lists = { expected: listIn(json.expected), met: listIn(json.met) };
  const sameClass = Math.floor(expected.status / 100) === Math.floor(met.status / 100);
  return { differences: [...all, ...compareEnvelopes(json.expected, json.met, { ground, sameClass })], lists };
}

export function compareStatus(before: number, now: number): ReplayDifference[] {
  if (before === now) return [];
  const [was, is] = [httpClass(before), httpClass(now)];
  const meaning =
    was === is ? `HTTP ${now}, ${is} as before, with another status.` : `HTTP ${now} is ${is}; ${before} was ${was}.`;
  return [difference({ layer: 'http', where: 'answer:status', expected: String(before), met: String(now), meaning })];
}

function httpClass(status: number): string {
  return CLASSES[Math.floor(status / 100)] ?? 'no status of HTTP';
}

/** Something of the envelope is there; which of its fields are missing is told one by one. */
function isEnvelope(json: unknown): json is JsonObject {
  return isJsonObject(json) && (Object.hasOwn(json, 'status_code') || Object.hasOwn(json, 'data'));
}

function noEnvelope({ met }: { readonly met: unknown }): ReplayDifference {
  const details = { expected: 'the envelope of OCPI', met: describeJson(met) };
  return difference({
    layer: 'ocpi',
    where: 'answer',
    ...details,
    meaning: 'The answer has no OCPI envelope any more.',
  });
}

function noLonger({ expected }: { readonly expected: unknown }): ReplayDifference {
  const details = { expected: describeJson(expected), met: 'the envelope of OCPI' };
  return difference({
    layer: 'ocpi',
    where: 'answer',
    ...details,
    meaning: 'The answer has an OCPI envelope; it had none.',
  });
}

function listIn({ data }: Envelope): readonly unknown[] | undefined {
  return Array.isArray(data) ? data : undefined;
}

interface Envelope {
  readonly status_code?: unknown;
  readonly status_message?: unknown;
  readonly timestamp?: unknown;
  readonly data?: unknown;
}

interface EnvelopeGround {
  readonly ground: ValueGround;
  /** HTTP says the same of both. */
  readonly sameClass: boolean;
}

function compareEnvelopes(
  expected: Envelope & JsonObject,
  met: Envelope & JsonObject,
  { ground, sameClass }: EnvelopeGround,
): ReplayDifference[] {
  const out: ReplayDifference[] = [];
  const tell = (name: string, meaning: string, [before, now]: readonly [unknown, unknown]) =>
    out.push(
      difference({
        layer: 'ocpi',
        where: bodyPlace('answer', `/${name}`),
        expected: describeJson(before),
        met: describeJson(now),
        meaning,
      }),
    );
  const codes = [expected.status_code, met.status_code] as const;
  if (codes[0] !== codes[1]) tell('status_code', codeMeaning(codes, ground), codes);
  const messages = [expected.status_message, met.status_message] as const;
  if (jsonKind(messages[0]) !== jsonKind(messages[1]))
    tell('status_message', appears('status_message', messages), messages);
  const times = [expected.timestamp, met.timestamp] as const;
  if (typeof times[0] === 'string' && typeof times[1] === 'string') {
    const spelled = otherSpelling(times[0], times[1], ground);
    if (spelled !== undefined) tell('timestamp', spelled, times);
  } else if (jsonKind(times[0]) !== jsonKind(times[1])) tell('timestamp', appears('timestamp', times), times);
  for (const name of new Set([...Object.keys(expected), ...Object.keys(met)])) {
    if (OWN.has(name)) continue;
    const values = [expected[name], met[name]] as const;
    if (jsonKind(values[0]) !== jsonKind(values[1])) tell(name, appears(name, values), values);
  }
  const judged = sameClass && sameOutcome(codes);
  const values = compareData([expected.data, met.data], { ground, judged, tell });
  return [...out, ...values];
}

function compareData(
  [before, now]: readonly [unknown, unknown],
  {
    ground,
    judged,
    tell,
  }: {
    readonly ground: ValueGround;
    /** Both went well, or both did not: otherwise the statuses have said why the data is another one. */
    readonly judged: boolean;
    readonly tell: (name: string, meaning: string, values: readonly [unknown, unknown]) => void;
  },
): ReplayDifference[] {
  if (!judged) return [];
  const told = [before === undefined || before === null, now === undefined || now === null];
  if (!told[0] && !told[1]) return compareValues(before, now, { ground, at: '/data' });
  if (jsonKind(before) === jsonKind(now)) return [];
  const meaning =
    told[1] && !told[0]
      ? `data is ${now === null ? 'null' : 'missing'}; it was there.`
      : appears('data', [before, now]);
  tell('data', meaning, [before, now]);
  return [];
}

function sameOutcome([before, now]: readonly [unknown, unknown]): boolean {
  return wentWell(before) === wentWell(now);
}

function wentWell(code: unknown): boolean | undefined {
  const number = typeof code === 'string' ? Number(code) : code;
  return typeof number === 'number' && Number.isFinite(number) ? isSuccess(number) : undefined;
}

function codeMeaning([before, now]: readonly [unknown, unknown], { version }: ValueGround): string {
  if (now === undefined) return 'status_code is missing.';
  if (typeof now !== typeof before) return `status_code is ${jsonKind(now)}; it was ${jsonKind(before)}.`;
  if (typeof now !== 'number' || typeof before !== 'number') return 'The status code is another one.';
  return `OCPI ${now} (${statusCode(now, version).meaning}) instead of ${before} (${statusCode(before, version).meaning}).`;
}

function appears(name: string, [before, now]: readonly [unknown, unknown]): string {
  if (now === undefined) return `${name} is missing.`;
  if (before === undefined) return `${name} was not there before.`;
  return `${name} is ${jsonKind(now)}; it was ${jsonKind(before)}.`;
}
