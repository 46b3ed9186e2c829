import type { ReplayDifference } from '../../contract/replay.ts';
import { describeJson, isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';
import { escapePointer } from '../../ocpi/walk.ts';
import type { MarkedPlace } from '../rebase/expected.ts';
import { bodyPlace, difference, type Side } from './difference.ts';
import { layLists } from './lists.ts';
import { isMeasured, isStretches, oddNumber } from './measured.ts';
import { compareTexts } from './texts.ts';

/** What is known about the two messages whose bodies are compared. */
export interface ValueGround {
  readonly side: Side;
  readonly operation: string;
  readonly version: Version;
  /** By JSON pointer into the expected body. */
  readonly marks: ReadonlyMap<string, MarkedPlace>;
  readonly strict: boolean;
  /** The recorded message writes fractions of a second somewhere. */
  readonly fractions: boolean;
  /** Absolute, of the request of each: what URLs in the bodies are seen from; undefined where it is not known. */
  readonly urls: { readonly expected: string | undefined; readonly met: string | undefined };
  /** Milliseconds since the epoch: when each message was said, the expected one shifted to today. */
  readonly moments: { readonly expected: number; readonly met: number };
  /** Of answers: the list at `/data` is a page of the partner's data, which changes while nothing is replayed. */
  readonly page: boolean;
}

interface Pair<T> {
  readonly expected: T;
  readonly met: T;
  readonly path: readonly string[];
  /** Pointer into the expected body, for marks. */
  readonly pointer: string;
  /** Pointer into the body that came. */
  readonly place: string;
}

/** No type of the protocol is as deep; what lies deeper is not compared, so that nobody runs out of stack. */
const DEEPEST = 100;

/** Differences of two JSON values that begin at one pointer (`/data`, or `` for a request). */
export function compareValues(
  expected: unknown,
  met: unknown,
  { ground, at = '' }: { readonly ground: ValueGround; readonly at?: string },
): ReplayDifference[] {
  const path = at === '' ? [] : at.slice(1).split('/');
  const out: ReplayDifference[] = [];
  compare({ expected, met, path, pointer: at, place: at }, { ground, out });
  return out;
}

interface Work {
  readonly ground: ValueGround;
  readonly out: ReplayDifference[];
}

function compare(pair: Pair<unknown>, work: Work): void {
  const { expected, met, path } = pair;
  const kinds = [jsonKind(expected), jsonKind(met)] as const;
  if (kinds[0] !== kinds[1]) {
    tell(pair, work, `It was ${kinds[0]} and is ${kinds[1]}.`);
    return;
  }
  if (path.length > DEEPEST) return;
  if (Array.isArray(expected) && Array.isArray(met)) compareLists({ ...pair, expected, met }, work);
  else if (isJsonObject(expected) && isJsonObject(met)) compareObjects({ ...pair, expected, met }, work);
  else if (typeof expected === 'string' && typeof met === 'string') compareStrings({ ...pair, expected, met }, work);
  else if (typeof expected === 'number' && typeof met === 'number') compareNumbers({ ...pair, expected, met }, work);
  else if (expected !== met) tell(pair, work, 'The value is another one.');
}

function compareObjects({ expected, met, path, pointer, place }: Pair<JsonObject>, work: Work): void {
  for (const name of Object.keys(expected)) {
    const step = `/${escapePointer(name)}`;
    const inner = { path: [...path, name], pointer: pointer + step, place: place + step };
    if (Object.hasOwn(met, name)) compare({ expected: expected[name], met: met[name], ...inner }, work);
    else tell({ expected: expected[name], met: undefined, ...inner }, work, `${name} is missing.`);
  }
  for (const name of Object.keys(met)) {
    if (Object.hasOwn(expected, name)) continue;
    const step = `/${escapePointer(name)}`;
    const inner = { path: [...path, name], pointer: pointer + step, place: place + step };
    tell({ expected: undefined, met: met[name], ...inner }, work, `${name} was not there before.`);
  }
}

function compareLists(pair: Pair<readonly unknown[]>, work: Work): void {
  const { expected, met, path, pointer, place } = pair;
  const { ground } = work;
  const laid = layLists(expected, met, at => isFree(`${pointer}/${at}`, ground));
  const at = (pairing: { readonly expected: number; readonly met: number }) => ({
    expected: expected[pairing.expected],
    met: met[pairing.met],
    path: [...path, '*'],
    pointer: `${pointer}/${pairing.expected}`,
    place: `${place}/${pairing.met}`,
  });
  for (const pairing of laid.pairs) compare(at(pairing), work);
  for (const again of laid.again) {
    tell(
      { ...pair, expected: 'once', met: met[again], place: `${place}/${again}` },
      work,
      'It stands twice in the list.',
    );
  }
  const page = ground.page && place === '/data';
  if (page) {
    // Which objects are on a page is looked at with its headers (pages.ts); one without a name is no object at all.
    if (laid.by !== undefined) tellNameless({ ...pair, added: laid.added, by: laid.by }, work);
    return;
  }
  if (isStretches(path) && !ground.strict) {
    if (expected.length > 0 && met.length === 0) tell(pair, work, 'The list is empty; it was not before.');
    return;
  }
  for (const gone of laid.missing) {
    const inner = { path: [...path, '*'], pointer: `${pointer}/${gone}`, place: `${place}/${gone}` };
    tell({ expected: expected[gone], met: undefined, ...inner }, work, 'An element of the list is missing.');
  }
  for (const added of laid.added) {
    const inner = { path: [...path, '*'], pointer: `${pointer}/${added}`, place: `${place}/${added}` };
    tell({ expected: undefined, met: met[added], ...inner }, work, 'An element of the list was not there before.');
  }
}

function tellNameless(
  {
    met,
    path,
    place,
    added,
    by,
  }: Pair<readonly unknown[]> & { readonly added: readonly number[]; readonly by: string },
  work: Work,
): void {
  for (const at of added) {
    const element = met[at];
    const named = isJsonObject(element) && by.split(', ').every(field => isName(element[field]));
    if (named) continue;
    const inner = { path: [...path, '*'], pointer: `${place}/${at}`, place: `${place}/${at}` };
    tell({ expected: `an object with ${by}`, met: element, ...inner }, work, `An object of the list has no ${by}.`);
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function compareStrings(pair: Pair<string>, work: Work): void {
  const { expected, met, path, pointer } = pair;
  const { ground } = work;
  const mark = ground.marks.get(pointer);
  if (path.at(-1) === 'evse_id' && isPainted(mark?.from ?? expected) !== isPainted(met)) {
    tell(pair, work, 'The evse_id is written in another format.');
    return;
  }
  if (isUnknown(mark, ground)) {
    if (met === '' && expected !== '') tell(pair, work, 'It is empty; it was not before.');
    return;
  }
  if (isLiving(path, ground)) return;
  const meaning = compareTexts({ expected, met, path, mark, ground });
  if (meaning !== undefined) tell(pair, work, meaning);
}

function compareNumbers(pair: Pair<number>, work: Work): void {
  const { expected, met, path, pointer } = pair;
  const { ground } = work;
  if (expected === met || isUnknown(ground.marks.get(pointer), ground)) return;
  const measured = isMeasured(path, ground.operation) && !ground.strict;
  const meaning = measured ? oddNumber(expected, met) : 'The number is another one.';
  if (meaning !== undefined) tell(pair, work, meaning);
}

/** An EVSE id with its parts set apart, as it is painted on chargers (digest T26): `NL*TNM*E1`. */
function isPainted(text: string): boolean {
  return /^[A-Z]{2}\*[A-Z0-9]{3}\*E/i.test(text);
}

/** What an EVSE is doing changes all the time; that it is told, and as what, is looked at all the same. */
function isLiving(path: readonly string[], { side, operation }: ValueGround): boolean {
  if (side !== 'answer' || !operation.startsWith('locations.') || path.at(-1) !== 'status') return false;
  return path.includes('evses') || operation.endsWith('evse');
}

/** Nobody knows yet what it is called. Parties never have to be learned: one that is not rewritten stays. In a list of the partner's own data things are called what they were called. */
function isUnknown(mark: MarkedPlace | undefined, { page }: ValueGround): boolean {
  return mark !== undefined && mark.to === undefined && mark.kind !== 'time' && mark.kind !== 'party' && !page;
}

function isFree(element: string, ground: ValueGround): boolean {
  return ['/id', '/uid', '/session_id'].some(field => isUnknown(ground.marks.get(element + field), ground));
}

function tell({ expected, met, place }: Pair<unknown>, { ground, out }: Work, meaning: string): void {
  out.push(
    difference({
      layer: 'object',
      where: bodyPlace(ground.side, place),
      expected: describeJson(expected),
      met: describeJson(met),
      meaning,
    }),
  );
}

/** `a text`, `a number`, `true or false`, `null`, `a list`, `an object`. */
export function jsonKind(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}
