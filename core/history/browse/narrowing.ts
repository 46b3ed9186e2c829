import type { Database } from 'better-sqlite3';
import { findValue } from '../objects/field-values.ts';
import type { ListRow } from '../objects/lists.ts';
import { numbersOf } from '../objects/numbers.ts';
import { numbersFromText } from '../objects/stored-row.ts';
import { allBits, type Bits, emptyBits, narrow, setBit, without } from './bits.ts';
import type { PathCondition } from './conditions.ts';
import type { MarkReading } from './mark-reading.ts';
import { MARK, MARK_WORDS, MARKS_ON_PAGE } from './marks.ts';
import { type Area, areasOf } from './place.ts';
import type { BrowseQuery } from './queries.ts';

/** Objects of a list that hold in everything that some index answers, within milliseconds; undefined: all do. */
export type Narrowing = (
  list: ListRow,
  asked: { readonly query: BrowseQuery; readonly indexed: readonly PathCondition[]; readonly size: number },
) => Bits | undefined;

const SPAN = 32;
/** Bits of a mark that make a finding of this severity or a worse one. */
const SEVERITIES = {
  error: MARK.error,
  warning: MARK.error | MARK.warning,
  note: MARK.error | MARK.warning | MARK.note,
  any: MARK.error | MARK.warning | MARK.note,
} as const;

export function createNarrowing(database: Database, marks: MarkReading): Narrowing {
  const valueNumber = findValue(database);
  const spans = database
    .prepare<[number, number, number], [span: number, bits: number]>(
      'SELECT span, bits FROM object_field WHERE value = ? AND span >= ? AND span < ?',
    )
    .raw();
  const indexedUpTo = database.prepare<[number], number>('SELECT fields_up_to FROM object_list WHERE id = ?').pluck();
  const notIndexed = database
    .prepare<[number, number], [id: number, values: string]>(
      'SELECT id, field_values FROM object WHERE id > ? AND id < ?',
    )
    .raw();
  const vanished = database
    .prepare<[number, number], number>(
      'SELECT id FROM object WHERE vanished_at IS NOT NULL AND id > ? AND id < ? ORDER BY id',
    )
    .pluck();
  // Changes are numbered in the order in which they were seen, so that a time is found among them by halving.
  const changeFrom = database
    .prepare<[number, number], [change: number, changedAt: number]>(
      'SELECT change, changed_at FROM object WHERE change >= ? AND change < ? ORDER BY change LIMIT 1',
    )
    .raw();
  const newestChange = database
    .prepare<[number, number], number | null>('SELECT max(change) FROM object WHERE change >= ? AND change < ?')
    .pluck();
  const changedFrom = database
    .prepare<[number, number], number>('SELECT id FROM object WHERE change >= ? AND change < ?')
    .pluck();

  const havingAny = (list: ListRow, { field, values }: PathCondition, size: number): Bits => {
    const bits = emptyBits(size);
    const { from, before } = numbersOf(list.id);
    const numbers = values.flatMap(value => valueNumber.get(list.id, field, value) ?? []);
    if (numbers.length === 0) return bits;
    const upTo = Math.max(indexedUpTo.get(list.id) ?? 0, from);
    const first = from / SPAN;
    for (const number of numbers) {
      for (const [span, set] of spans.all(number, first, before / SPAN)) {
        if (span - first < bits.length) bits[span - first] = (bits[span - first] ?? 0) | set;
      }
    }
    // Beyond the index its rows may be there or not; what is newer is looked at itself.
    narrow(bits, withinIndex(size, upTo - from));
    const wanted = new Set(numbers);
    for (const [id, text] of notIndexed.all(upTo, before)) {
      if (numbersFromText(text).some(number => wanted.has(number)) && id - from <= size) setBit(bits, id - from);
    }
    return bits;
  };

  const marked = (list: ListRow, { finding, within }: BrowseQuery, size: number): Bits => {
    const bits = emptyBits(size);
    const range = numbersOf(list.id);
    const severity = finding === undefined ? 0 : SEVERITIES[finding];
    const areas = within && areasOf(within);
    marks.each(range, (first, words) => {
      for (let at = 0, word = 0; at < MARKS_ON_PAGE; at++, word += MARK_WORDS) {
        const rest = words[word + 2] ?? 0;
        if (severity !== 0 && (rest & severity) === 0) continue;
        if (areas && ((rest & MARK.placed) === 0 || !liesIn(areas, words[word] ?? 0, words[word + 1] ?? 0))) continue;
        const place = first + at - range.from;
        if (place <= size) setBit(bits, place);
      }
    });
    return bits;
  };

  const changedSince = (list: ListRow, since: number, size: number): Bits | undefined => {
    const { from, before } = numbersOf(list.id);
    let low = from;
    let high = (newestChange.get(from, before) ?? from) + 1;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      const row = changeFrom.get(middle, before);
      if (row && row[1] < since) low = row[0] + 1;
      else high = middle;
    }
    const oldest = changeFrom.get(from, before);
    if (oldest && low <= oldest[0]) return undefined;
    const bits = emptyBits(size);
    for (const id of changedFrom.all(low, before)) if (id - from <= size) setBit(bits, id - from);
    return bits;
  };

  return (list, { query, indexed, size }) => {
    let bits: Bits | undefined;
    const keep = (other: Bits | undefined) => {
      if (!other) return;
      if (bits) narrow(bits, other);
      else bits = other;
    };
    for (const condition of indexed) keep(havingAny(list, condition, size));
    if (query.finding !== undefined || query.within !== undefined) keep(marked(list, query, size));
    if (query.changedSince !== undefined) keep(changedSince(list, query.changedSince, size));
    if (query.vanished !== undefined) {
      const { from, before } = numbersOf(list.id);
      const gone = emptyBits(size);
      for (const id of vanished.all(from, before)) if (id - from <= size) setBit(gone, id - from);
      if (query.vanished) keep(gone);
      else {
        bits ??= allBits(size);
        without(bits, gone);
      }
    }
    return bits;
  };
}

function withinIndex(size: number, upTo: number): Bits {
  const bits = emptyBits(size);
  bits.set(allBits(Math.min(size, upTo)));
  return bits;
}

export function liesIn(areas: readonly Area[], x: number, y: number): boolean {
  for (const { left, right, top, bottom } of areas) if (x >= left && x <= right && y >= top && y <= bottom) return true;
  return false;
}
