import { readDateTime } from '../../ocpi/date-time.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';

/** What a request for a list asks for (digest 1.6). Times are milliseconds since the epoch. */
export interface ListQuery {
  readonly from?: number;
  readonly to?: number;
  /** Of booking locations (digest 6.11): they have a time slot within. */
  readonly slotFrom?: number;
  readonly slotTo?: number;
  readonly offset: number;
  /** Never over the bound. */
  readonly limit: number;
}

export type ListQueryRead =
  | { readonly ok: true; readonly query: ListQuery; readonly findings: readonly Finding[] }
  /** `parameter`: the first one that means nothing. */
  | {
      readonly ok: false;
      readonly parameter: string;
      readonly expected: string;
      readonly findings: readonly Finding[];
    };

const PAGING: ReadonlySet<string> = new Set(['offset', 'limit']);
const DATES = { date_from: 'from', date_to: 'to', timeslot_from: 'slotFrom', timeslot_to: 'slotTo' } as const;
const USUAL = ['date_from', 'date_to'] as const;
const OF_BOOKINGS = ['timeslot_from', 'timeslot_to'] as const;

export interface ListQueryContext {
  readonly version: Version;
  readonly bound: number;
  /** Whether time slots can be asked for. */
  readonly timeslots?: boolean;
}

const A_DATE = 'a date and time, as 2026-01-31T12:00:00Z';
const OUTSIDE_OF_LINKS = /[^\x21-\x7e]|[<>"]/g;

interface Parameter {
  readonly name: string;
  /** As sent. */
  readonly text: string;
  readonly value: string;
}

/** Reads `date_from`, `date_to`, `offset` and `limit`, and time slots where they can be asked for; what else is in the query is nobody's business here. */
export function readListQuery(query: string, { version, bound, timeslots = false }: ListQueryContext): ListQueryRead {
  const findings: Finding[] = [];
  const parameters = parametersOf(query);
  const given = (wanted: string) => parameters.find(({ name }) => name === wanted)?.value;
  const refuse = (parameter: string, met: string, expected: string): ListQueryRead => {
    const found = finding('request.parameter', { pointer: 'url', met: `${parameter}=${met}`, expected });
    return { ok: false, parameter, expected, findings: [found] };
  };

  const times: { -readonly [Field in (typeof DATES)[keyof typeof DATES]]?: number } = {};
  for (const name of timeslots ? [...USUAL, ...OF_BOOKINGS] : USUAL) {
    const text = given(name);
    if (text === undefined) continue;
    const read = readMoment(text, version);
    if (read.epochMs === undefined) return refuse(name, text, A_DATE);
    times[DATES[name]] = read.epochMs;
    findings.push(...read.findings.filter(({ severity }) => severity !== 'error'));
  }
  const offset = given('offset');
  if (offset !== undefined && !isCount(offset, 0)) return refuse('offset', offset, 'a whole number from 0');
  const limit = given('limit');
  if (limit !== undefined && !isCount(limit, 1)) return refuse('limit', limit, 'a whole number from 1');
  const wanted = limit === undefined ? bound : Math.min(Number(limit), bound);
  return { ok: true, query: { ...times, offset: Number(offset ?? 0), limit: wanted }, findings };
}

/**
 * The query of the page that follows: what was asked, byte for byte, with another offset and the limit that was applied.
 * Only what would end the Link header early is encoded.
 */
export function nextQuery(query: string, { offset, limit }: Pick<ListQuery, 'offset' | 'limit'>): string {
  const kept = parametersOf(query)
    .filter(({ name, text }) => text !== '' && !PAGING.has(name))
    .map(({ text }) => text.replaceAll(OUTSIDE_OF_LINKS, encodeByte));
  return [...kept, `offset=${offset}`, `limit=${limit}`].join('&');
}

/** A request target is read as Latin-1, one character a byte. */
function encodeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function parametersOf(query: string): Parameter[] {
  if (query === '') return [];
  return query.split('&').map(text => {
    const equals = text.indexOf('=');
    const name = equals === -1 ? text : text.slice(0, equals);
    return { name: decoded(name), text, value: equals === -1 ? '' : decoded(text.slice(equals + 1)) };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A plus sign stands for itself in an offset nobody encoded, and for a blank where forms are encoded. */
function readMoment(text: string, version: Version) {
  const read = readDateTime(text, version, 'url');
  return read.epochMs === undefined && text.includes('+')
    ? readDateTime(text.replaceAll('+', ' '), version, 'url')
    : read;
}

function isCount(text: string, least: number): boolean {
  return /^\d{1,15}$/.test(text) && Number(text) >= least;
}
