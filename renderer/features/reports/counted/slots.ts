import type { ReportBy, ReportRow } from '../../../../core/contract/reports.ts';
import { type Days, nextMonth, shiftedDay } from '../filter/period.ts';

/** A place on the axis: with the row that stands there, or none where nothing happened. */
export interface Slot {
  /** Tells it from all others. */
  readonly id: string;
  readonly key: string;
  readonly row: ReportRow | undefined;
}

/** Time without any charge is drawn as such up to so many places; of more only those with charges are. */
const MOST_FILLED = 400;

export function isTime(by: ReportBy): by is 'day' | 'month' | 'hour' {
  return by === 'day' || by === 'month' || by === 'hour';
}

/**
 * The places of the axis. Rows of time are in its order, whatever that of the rows, with what lies between them; others
 * stand as they come. `today` is where days that have no end go on to.
 */
export function slotsOf(
  by: ReportBy,
  rows: readonly ReportRow[],
  days: Days & { readonly today: string },
): readonly Slot[] {
  if (!isTime(by)) return rows.map(row => ({ id: rowId(row), key: row.key, row }));
  const known = new Map(rows.map(row => [by === 'hour' ? hourKey(row.key) : row.key, row]));
  const keys = by === 'hour' ? hours() : stretch(by, [...known.keys()].filter(key => key !== '').toSorted(), days);
  const untold = known.get('');
  return [
    ...keys.map(key => ({ id: key, key, row: known.get(key) })),
    ...(untold === undefined ? [] : [{ id: '', key: '', row: untold }]),
  ];
}

/** Rows of the same key may be of several parties. */
export function rowId({ key, link, party }: Pick<ReportRow, 'key' | 'link' | 'party'>): string {
  return link === null ? key : JSON.stringify([key, party, link]);
}

function hourKey(key: string): string {
  return key === '' ? '' : key.padStart(2, '0');
}

function hours(): readonly string[] {
  return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
}

function stretch(
  by: 'day' | 'month',
  keys: readonly string[],
  { from, to, today }: Days & { readonly today: string },
): readonly string[] {
  const [first, last] = [keys[0], keys.at(-1)];
  if (first === undefined || last === undefined) return [];
  const length = by === 'day' ? 10 : 7;
  const begin = least(first, from?.slice(0, length) ?? first);
  const end = most(last, (to ?? (from === undefined ? last : today)).slice(0, length));
  const filled: string[] = [];
  for (let key = begin; key <= end; key = by === 'day' ? shiftedDay(key, 1) : nextMonth(key)) {
    if (filled.length === MOST_FILLED) return keys;
    filled.push(key);
  }
  return filled;
}

function least(left: string, right: string): string {
  return left < right ? left : right;
}

function most(left: string, right: string): string {
  return left > right ? left : right;
}
