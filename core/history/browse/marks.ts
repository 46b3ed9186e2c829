import { evseStatusesOf, STATUSES_BY_URGENCY, urgencyOf } from '../../ocpi/evse-urgency.ts';
import type { Finding } from '../../ocpi/findings.ts';
import { positionOf } from '../../ocpi/geo-location.ts';
import { type Place, placeOf } from './place.ts';

/**
 * What is derived of each object for maps and filters: where it is, its most urgent status, how bad its findings are.
 * 256 neighbours stand in one row of the derived database, three 32-bit words each, so that a million of them are read
 * within some milliseconds.
 */
export const MARK_TABLE = 'CREATE TABLE object_mark (page INTEGER PRIMARY KEY, marks BLOB NOT NULL);';

export const MARKS_ON_PAGE = 256;
/** x, y, and the rest. */
export const MARK_WORDS = 3;
export const MARK_PAGE_BYTES = MARKS_ON_PAGE * MARK_WORDS * Uint32Array.BYTES_PER_ELEMENT;

/** Bits of the third word; the status stands above them, counted from one, zero for none. */
export const MARK = { placed: 1, error: 2, warning: 4, note: 8 } as const;
const STATUS_SHIFT = 8;

/** Page of an object; the remainder is its place on it. */
export function markPageOf(object: number): number {
  return Math.floor(object / MARKS_ON_PAGE);
}

export interface Mark {
  readonly place: Place | undefined;
  readonly rest: number;
}

export function markOf(object: unknown, findings: readonly Pick<Finding, 'severity'>[]): Mark {
  const position = positionOf(object);
  let rest = position ? MARK.placed : 0;
  for (const { severity } of findings) rest |= MARK[severity];
  const statuses = evseStatusesOf(object);
  if (statuses.length > 0) rest |= (Math.min(...statuses.map(urgencyOf)) + 1) << STATUS_SHIFT;
  return { place: position && placeOf(position), rest };
}

export function setMark(words: Uint32Array, object: number, { place, rest }: Mark): void {
  const at = (object % MARKS_ON_PAGE) * MARK_WORDS;
  words[at] = place?.x ?? 0;
  words[at + 1] = place?.y ?? 0;
  words[at + 2] = rest;
}

/** Place in `STATUSES_BY_URGENCY` counted from one; zero for none. */
export function statusNumber(rest: number): number {
  return (rest >>> STATUS_SHIFT) & 0xff;
}

export function statusOfNumber(number: number): string | null {
  return STATUSES_BY_URGENCY[number - 1] ?? null;
}

/** A blob's bytes as words; copied only where they do not lie on a word's boundary. */
export function wordsOf(blob: Uint8Array): Uint32Array {
  const aligned = blob.byteOffset % Uint32Array.BYTES_PER_ELEMENT === 0 ? blob : new Uint8Array(blob);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / Uint32Array.BYTES_PER_ELEMENT);
}
