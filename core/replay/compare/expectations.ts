import type { ReplayDifference } from '../../contract/replay.ts';
import type { ScenarioExpectation } from '../../contract/scenario.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { stepsOf } from '../../ocpi/json-text.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { isSuccess, statusCode } from '../../ocpi/status-codes.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Mapping } from '../mapping.ts';
import type { SpokenExchange } from '../recording.ts';
import { readBody } from './body.ts';
import { bodyPlace, difference, type Side } from './difference.ts';
import { isTime } from './times.ts';

/** What a scenario wants of a step, and what is called how now. */
export interface Wanted {
  readonly expectation: ScenarioExpectation;
  readonly side: Side;
  readonly version: Version;
  readonly mapping: Mapping;
  /** Texts that stand for ids in the scenario's messages. */
  readonly symbols: ReadonlySet<string>;
}

/** Judges an answer, or a request of the partner, by what a scenario says of it: HTTP 2xx and OCPI 1xxx unless it says more. */
export function judgeExpectation(wanted: Wanted, met: SpokenExchange): ReplayDifference[] {
  const { side } = wanted;
  if (side === 'request') return judgeFields(wanted, readJson(met.request));
  if (met.answer === undefined) {
    const details = {
      expected: 'an answer',
      met: met.ended.how,
      meaning: `There is no whole answer: ${met.ended.how}.`,
    };
    return [difference({ layer: 'network', where: '', ...details })];
  }
  const json = readJson(met.answer);
  return [...judgeStatuses(wanted, met.answer.status, json), ...judgeFields(wanted, json)];
}

function judgeStatuses({ expectation, version }: Wanted, status: number, json: unknown): ReplayDifference[] {
  const out: ReplayDifference[] = [];
  const { http, ocpi } = expectation;
  if (http === undefined ? status < 200 || status > 299 : status !== http) {
    const expected = http === undefined ? '2xx' : String(http);
    const meaning = `HTTP ${status} came where ${expected} is expected.`;
    out.push(difference({ layer: 'http', where: 'answer:status', expected, met: String(status), meaning }));
  }
  const code = isJsonObject(json) ? json['status_code'] : undefined;
  const number = typeof code === 'number' ? code : undefined;
  // Where HTTP has to refuse, the body may be anyone's (digest 1.5, T9).
  if (ocpi === undefined && http !== undefined && http >= 300) return out;
  if (ocpi === undefined ? number === undefined || !isSuccess(number) : number !== ocpi) {
    const expected = ocpi === undefined ? '1xxx' : String(ocpi);
    const shown = number === undefined ? 'no status code' : `OCPI ${number} (${statusCode(number, version).meaning})`;
    const meaning = `${shown === 'no status code' ? 'No status code' : shown} came where ${expected} is expected.`;
    out.push(difference({ layer: 'ocpi', where: bodyPlace('answer', '/status_code'), expected, met: shown, meaning }));
  }
  return out;
}

function judgeFields(wanted: Wanted, json: unknown): ReplayDifference[] {
  const { equals = {}, oneOf = {}, present = [], absent = [] } = wanted.expectation;
  const out: ReplayDifference[] = [];
  const tell = (pointer: string, expected: string, value: unknown, meaning: string) => {
    const where = bodyPlace(wanted.side, pointer);
    out.push(difference({ layer: 'assertion', where, expected, met: shown(value), meaning }));
  };
  for (const [pointer, value] of Object.entries(equals)) {
    const met = valueAt(json, pointer);
    if (!same(value, met, wanted)) {
      tell(pointer, shown(current(value, wanted)), met, `${pointer} has to be ${shown(current(value, wanted))}.`);
    }
  }
  for (const [pointer, values] of Object.entries(oneOf)) {
    const met = valueAt(json, pointer);
    const known = values.map(value => shown(current(value, wanted))).join(' or ');
    if (!values.some(value => same(value, met, wanted))) tell(pointer, known, met, `${pointer} has to be ${known}.`);
  }
  for (const pointer of present) {
    const met = valueAt(json, pointer);
    if (met === undefined || met === null) tell(pointer, 'a value', met, `${pointer} has to be there.`);
  }
  for (const pointer of absent) {
    const met = valueAt(json, pointer);
    if (met !== undefined && met !== null) tell(pointer, 'nothing', met, `${pointer} must not be there.`);
  }
  return out;
}

/** Equal by meaning: ids as they are called now, times at any moment, fields in any order. */
function same(expected: unknown, met: unknown, wanted: Wanted): boolean {
  if (typeof expected === 'string' && typeof met === 'string') {
    if (isTime(expected, wanted.version)) return isTime(met, wanted.version);
    const value = nameNow(expected, wanted);
    return value === undefined ? met !== '' : value === met || (value !== expected && ciEqual(value, met));
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(met) && met.length === expected.length && expected.every((one, at) => same(one, met[at], wanted))
    );
  }
  if (isJsonObject(expected)) {
    return (
      isJsonObject(met) &&
      Object.keys(met).length === Object.keys(expected).length &&
      Object.entries(expected).every(([name, one]) => Object.hasOwn(met, name) && same(one, met[name], wanted))
    );
  }
  // An id that is a number in one version is learned and rewritten as a text.
  if (typeof expected === 'number' && typeof met === 'number') {
    const value = nameNow(String(expected), wanted);
    return value === undefined || value === String(met) || expected === met;
  }
  return expected === met;
}

function current(value: unknown, wanted: Wanted): unknown {
  return typeof value === 'string' ? (nameNow(value, wanted) ?? `whatever ${value} is`) : value;
}

/** What something of the scenario is called now; undefined where nobody knows yet, and whatever comes is right. */
function nameNow(text: string, { mapping, symbols }: Wanted): string | undefined {
  for (const { kind, from, to } of mapping.entries()) {
    if (from === text) return to;
    if (kind !== 'party') continue;
    const halves = [from, to].map(party => party.split('-'));
    const at = halves[0]?.indexOf(text) ?? -1;
    if (at !== -1) return halves[1]?.[at] ?? text;
  }
  return symbols.has(text) ? undefined : text;
}

function valueAt(json: unknown, pointer: string): unknown {
  let at = json;
  for (const step of stepsOf(pointer)) {
    if (Array.isArray(at)) at = /^\d+$/.test(step) ? at[Number(step)] : undefined;
    else at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

function readJson(message: SpokenExchange['request']): unknown {
  const body = readBody(message);
  return body.kind === 'json' ? body.json : undefined;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
