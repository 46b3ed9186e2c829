import { readDateTime } from '../../ocpi/date-time.ts';
import type { Version } from '../../ocpi/versions.ts';

/** A text of this shape is a time, or was meant to be one. */
export const LIKE_TIME = /^\d{4}-\d{1,2}-\d{1,2}[Tt ]\d/;
const FRACTION = /[.,]\d+(?:[Zz]|[+-]\d{2}:?\d{0,2})?$/;

export interface TimeGround {
  readonly version: Version;
  /** The recorded message writes fractions of a second somewhere: then they say nothing. */
  readonly fractions: boolean;
}

/** True for what is read as a date and time, whatever may be wrong with its spelling. */
export function isTime(text: string, version: Version): boolean {
  return epochOf(text, version) !== undefined;
}

export function epochOf(text: string, version: Version): number | undefined {
  return LIKE_TIME.test(text) ? readDateTime(text, version).epochMs : undefined;
}

/** True where a message has a time that is written with a fraction of a second. */
export function hasFractions(text: string | undefined): boolean {
  return text !== undefined && /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]\d/.test(text);
}

/**
 * Why two times are not written alike; undefined where both are, whatever moments they are. Fractions of a second count only
 * where the recorded message has none at all, for many libraries leave them out where they are zero.
 */
export function otherSpelling(expected: string, met: string, { version, fractions }: TimeGround): string | undefined {
  const before = readDateTime(expected, version);
  const now = readDateTime(met, version);
  // What could not be read when it was recorded cannot be spoilt.
  if (before.epochMs === undefined) return undefined;
  if (now.epochMs === undefined) return 'It is no date and time any more.';
  const zones = [zoneOf(expected), zoneOf(met)];
  if (zones[0] !== zones[1]) return `The time is written ${zones[1]}; before it was written ${zones[0]}.`;
  const known = new Set(before.findings.map(({ code }) => code));
  if (now.findings.some(({ code }) => !known.has(code))) return 'The time is spelled in another way than OCPI has it.';
  if (!fractions && FRACTION.test(met) && !FRACTION.test(expected))
    return 'The time has a fraction of a second; no recorded time of this message has one.';
  return undefined;
}

function zoneOf(text: string): string {
  if (/z$/i.test(text)) return 'with Z';
  return /[+-]\d{2}(?::?\d{2})?$/.test(text.slice(10)) ? 'with an offset' : 'without a zone';
}
