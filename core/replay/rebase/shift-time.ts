import { readDateTime } from '../../ocpi/date-time.ts';
import type { Version } from '../../ocpi/versions.ts';

const WRITTEN =
  /^(\d{4})-(\d{1,2})-(\d{1,2})([Tt ])(\d{1,2}):(\d{2})(?::(\d{2})(?:([.,])(\d+))?)?( ?[Zz]|[+-]\d{2}(?::?\d{2})?)?$/;
/** RFC 3339, with or without a zone: nothing but a time is written so. */
const PLAIN = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?$/;

const USUAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;

/** How the times of a flow move. */
export interface TimeShift {
  /** Whole seconds, in milliseconds. */
  readonly shiftMs: number;
  /** Milliseconds since the epoch: what lies before it stays where it is. */
  readonly from: number;
}

/** Milliseconds since the epoch of a time as partners write them; undefined for any other text. */
export function momentOf(text: string, version: Version): number | undefined {
  return WRITTEN.test(text) ? readDateTime(text, version).epochMs : undefined;
}

/** True for a text that is wholly a date and time, wherever it stands. */
export function isPlainTime(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * The time so much later, spelled as it was: digits of the fraction, zone and separators are kept. Whole seconds are
 * added, so that the gap between any two times stays what it was; one written to the minute is cut to it.
 */
export function shiftTime(text: string, { shiftMs, from }: TimeShift, version: Version): string {
  const usual = USUAL.test(text) ? usualMoment(text) : undefined;
  if (usual !== undefined) {
    if (usual < from) return text;
    return `${secondsOf(usual + shiftMs) ?? text.slice(0, 19)}${text.slice(19)}`;
  }
  const moment = momentOf(text, version);
  if (moment === undefined || moment < from || shiftMs === 0) return text;
  const [, , month, day, separator, hour, , second, mark, fraction, zone = ''] = WRITTEN.exec(text) ?? [];
  const there = new Date(localOf(text, version) + shiftMs);
  if (Number.isNaN(there.getTime())) return text;
  const year = there.getUTCFullYear();
  if (year < 0 || year > 9999) return text;
  const wide = (value: number, like: string | undefined) => String(value).padStart(like?.length === 1 ? 1 : 2, '0');
  const date = `${String(year).padStart(4, '0')}-${wide(there.getUTCMonth() + 1, month)}-${wide(there.getUTCDate(), day)}`;
  const minutes = `${wide(there.getUTCHours(), hour)}:${wide(there.getUTCMinutes(), '00')}`;
  const seconds = second === undefined ? '' : `:${wide(there.getUTCSeconds(), '00')}`;
  return `${date}${separator}${minutes}${seconds}${fraction === undefined ? '' : `${mark}${fraction}`}${zone}`;
}

/** As nearly all are written; looked at without the patterns above, for a replay has many. Undefined where no calendar has it. */
function usualMoment(text: string): number | undefined {
  const written = text.slice(0, 19);
  const moment = Date.parse(`${written}Z`);
  if (Number.isNaN(moment)) return undefined;
  // Every month has so many days; the 30th of February and 24 o'clock are read as what comes after them.
  const everywhere = written.slice(8, 10) <= '28' && written.slice(11, 13) < '24';
  return everywhere || secondsOf(moment) === written ? moment : undefined;
}

/** `2026-01-31T12:00:00`; undefined outside the years 0 to 9999. */
function secondsOf(moment: number): string | undefined {
  const date = new Date(moment);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  return /^\d{4}-/.test(text) ? text.slice(0, 19) : undefined;
}

/** What the clock on the wall shows, as if it were UTC: the zone is written behind it again. */
function localOf(text: string, version: Version): number {
  const zone = /( ?[Zz]|[+-]\d{2}(?::?\d{2})?)$/.exec(text.slice(11))?.[0] ?? '';
  const bare = text.slice(0, text.length - zone.length);
  return readDateTime(`${bare}Z`, version).epochMs ?? Number.NaN;
}
