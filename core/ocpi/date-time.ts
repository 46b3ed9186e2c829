import { type Finding, finding } from './findings.ts';
import { atLeast22, type Version } from './versions.ts';

export interface DateTimeRead {
  /** Milliseconds since the epoch, finer fractions cut off; absent when the text is no date and time. */
  readonly epochMs?: number;
  readonly findings: readonly Finding[];
}

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);
const LONGEST = 25;
const EXPECTED = 'YYYY-MM-DDTHH:MM:SSZ';
const READABLE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})([Tt ])(\d{1,2}):(\d{2})(?::(\d{2})(?:([.,])(\d+))?)?(?: ?([Zz])|([+-])(\d{2})(?::?(\d{2}))?)?$/;
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;
/** How partners write "unknown" (T15): not a valid date by RFC 3339, and accepted. */
const UNKNOWN_MOMENT = '1970-1-1T00:00:00Z';

/**
 * Reads a date and time as partners write it (T3, T15): Z, nothing or a fraction is fine; offsets, missing seconds and odd
 * spellings are read with a warning; what does not exist (second 60 and more, 30 February) is not read.
 */
export function readDateTime(text: string, version: Version, pointer = ''): DateTimeRead {
  const parts = READABLE.exec(text);
  if (!parts) return unusable(text, pointer);
  const [, year, month, day, separator, hour, minute, second, mark, fraction, zulu, sign, offsetHours, offsetMinutes] =
    parts;
  const epochMs = toEpoch({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second ?? 0),
    milliseconds: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  });
  const shift = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  if (epochMs === undefined || Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59)
    return unusable(text, pointer);
  if (text.length <= LONGEST && (CANONICAL.test(text) || text === UNKNOWN_MOMENT))
    return { epochMs, findings: NO_FINDINGS };

  const findings: Finding[] = [];
  const details = { pointer, met: text, expected: EXPECTED };
  // 2.1.1 is ISO 8601, where +00:00 is UTC; from 2.2 on it is declared not to be.
  if (sign && (shift !== 0 || atLeast22(version))) findings.push(finding('date-time.offset', details));
  const oddDigits = [month, day, hour].some(part => part?.length === 1) && text !== UNKNOWN_MOMENT;
  if (second === undefined || separator !== 'T' || mark === ',' || zulu === 'z' || text.includes(' ') || oddDigits) {
    findings.push(finding('date-time.spelling', details));
  }
  if (text.length > LONGEST) {
    findings.push(finding('date-time.too-long', { ...details, expected: `up to ${LONGEST} characters` }));
  }
  return { epochMs: epochMs - shift * 60_000, findings };
}

/** `2026-01-31T12:00:00Z`: UTC, no fraction (cut off, not rounded). For years 0 to 9999. */
export function writeDateTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

function unusable(text: string, pointer: string): DateTimeRead {
  return { findings: [finding('date-time.unusable', { pointer, met: text, expected: EXPECTED })] };
}

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
}

/** Undefined for a moment that no calendar has. */
function toEpoch({ year, month, day, hour, minute, second, milliseconds }: Moment): number | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  // Date.UTC takes years below 100 for those of the last century.
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, second, milliseconds));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}
