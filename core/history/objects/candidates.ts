import type { Database } from 'better-sqlite3';
import { objectsOf, spanOf } from './field-rows.ts';
import { listOf, type NumberRange } from './numbers.ts';
import { numbersFromText } from './stored-row.ts';

/** Ids of objects that may be what a query asks for, ascending, a batch at a time; an empty batch is the end. */
export type Candidates = (limit: number) => readonly number[];

/** Where ids come from. All of them start after an id and stay within one list. */
export interface CandidateSources {
  all(range: NumberRange, after: number): Candidates;
  /** Those that have all of these values. */
  withValues(values: readonly number[], range: NumberRange, after: number): Candidates;
  /** Those that changed since a time, where they are few; undefined where going through all is as quick. */
  changedSince(since: number, range: NumberRange, after: number): Candidates | undefined;
}

/** So many changes are looked at before they count as many. */
const FEW_CHANGES = 5000;

export function createCandidateSources(database: Database): CandidateSources {
  const all = database
    .prepare<[number, number, number], number>('SELECT id FROM object WHERE id > ? AND id < ? ORDER BY id LIMIT ?')
    .pluck();
  const changed = database
    .prepare<[number, number, number], [id: number, changedAt: number]>(
      'SELECT id, changed_at FROM object WHERE change >= ? AND change < ? ORDER BY change DESC LIMIT ?',
    )
    .raw();
  const indexedUpTo = database.prepare<[number], number>('SELECT fields_up_to FROM object_list WHERE id = ?').pluck();
  const notIndexed = database
    .prepare<[number, number, number], [id: number, values: string]>(
      'SELECT id, field_values FROM object WHERE id > ? AND id < ? ORDER BY id LIMIT ?',
    )
    .raw();
  const bySize = new Map<number, ReturnType<typeof spansOf>>();
  const spans = (values: number) => {
    const known = bySize.get(values) ?? spansOf(database, values);
    bySize.set(values, known);
    return known;
  };

  return {
    all({ before }, after) {
      let last = after;
      return limit => {
        const ids = all.all(last, before, limit);
        last = ids.at(-1) ?? before;
        return ids;
      };
    },
    withValues(values, { from, before }, after) {
      // What is newer than the index is looked at itself.
      const upTo = indexedUpTo.get(listOf(from)) ?? 0;
      let newest = Math.max(after, upTo);
      const statement = spans(values.length);
      let span = spanOf(after);
      let ids: number[] = [];
      return limit => {
        while (ids.length === 0) {
          const rows = statement.all(...values, span, spanOf(before), limit);
          const last = rows.at(-1);
          if (!last) break;
          span = last[0] + 1;
          ids = rows.flatMap(([at, bits]) => objectsOf(at, bits)).filter(id => id > after && id <= upTo);
        }
        while (ids.length === 0) {
          const rows = notIndexed.all(newest, before, limit);
          const last = rows.at(-1);
          if (!last) return [];
          newest = last[0];
          ids = rows.filter(([, text]) => hasAll(numbersFromText(text), values)).map(([id]) => id);
        }
        return ids.splice(0, limit);
      };
    },
    changedSince(since, { from, before }, after) {
      // Changes are numbered in the order in which they were seen.
      const rows = changed.all(from, before, FEW_CHANGES);
      const enough = rows.findIndex(([, at]) => at < since);
      if (enough < 0 && rows.length === FEW_CHANGES) return undefined;
      const recent = enough < 0 ? rows : rows.slice(0, enough);
      const ids = recent.map(([id]) => id).filter(id => id > after);
      ids.sort((left, right) => left - right);
      return limit => ids.splice(0, limit);
    },
  };
}

function hasAll(numbers: readonly number[], values: readonly number[]): boolean {
  return values.every(value => numbers.includes(value));
}

/** Rows of spans in which some object has all of so many values. */
function spansOf(database: Database, values: number) {
  const names = Array.from({ length: values }, (_, at) => `field${at}`);
  const bits = names.map(name => `${name}.bits`).join(' & ');
  const conditions = names.map((name, at) => `${name}.value = ?${at === 0 ? '' : ` AND ${name}.span = field0.span`}`);
  return database
    .prepare<number[], [span: number, bits: number]>(
      `SELECT field0.span, ${bits} FROM ${names.map(name => `object_field ${name}`).join(' CROSS JOIN ')}
       WHERE ${conditions.join(' AND ')} AND field0.span >= ? AND field0.span <= ? AND (${bits}) <> 0
       ORDER BY field0.span LIMIT ?`,
    )
    .raw();
}
