import type { Database } from 'better-sqlite3';
import { createFieldRows, fieldRows, type ObjectValues } from './field-rows.ts';
import { numbersOf } from './numbers.ts';

/** Objects that are indexed together. Values are spread all over the index: the more at once, the less of it is rewritten. */
const OBJECTS_AT_ONCE = 8192;
/** Rows of one transaction: about two milliseconds. */
const ROWS_AT_ONCE = 1500;
/** Objects looked at once more in one transaction. */
const CHECKED_AT_ONCE = 1000;

/**
 * Brings the values of new objects into the index, many objects at a time. What it has not come to yet is told by
 * `fields_up_to`, and whoever asks looks at those objects themselves (candidates.ts), so nothing is ever missed. Setting a
 * bit again does nothing: a process that dies on the way leaves no more than work for the next one.
 */
export interface FieldIndex {
  /** Indexes what waits, if it is enough to be worth it, or all of it. */
  follow(listId: number, newest: number): void;
  followAll(): void;
}

export function createFieldIndex(database: Database, transact: <T>(work: () => T) => T): FieldIndex {
  const fields = createFieldRows(database);
  const lists = database
    .prepare<[], [id: number, upTo: number]>('SELECT id, fields_up_to FROM object_list WHERE removed_at IS NULL')
    .raw();
  const readUpTo = database.prepare<[number], number>('SELECT fields_up_to FROM object_list WHERE id = ?').pluck();
  const move = database.prepare('UPDATE object_list SET fields_up_to = ? WHERE id = ?');
  const after = database
    .prepare<[number, number, number], ObjectValues>(
      'SELECT id, field_values FROM object WHERE id > ? AND id < ? ORDER BY id LIMIT ?',
    )
    .raw();
  const known = new Map<number, number>();

  const upToOf = (listId: number): number => {
    const upTo = known.get(listId) ?? Math.max(readUpTo.get(listId) ?? 0, numbersOf(listId).from);
    known.set(listId, upTo);
    return upTo;
  };

  /**
   * In one transaction: what was pushed meanwhile has other values by now, of which the index was told before it was told
   * the old ones.
   */
  const finish = (listId: number, indexed: readonly ObjectValues[]) => {
    const [first] = indexed;
    const last = indexed.at(-1);
    if (!first || !last) return;
    const now = after.all(first[0] - 1, last[0] + 1, indexed.length);
    now.forEach((object, at) => {
      const before = indexed[at];
      if (!before || object[1] === before[1]) return;
      fields.remove(fieldRows([before]));
      fields.add(fieldRows([object]));
    });
    move.run(last[0], listId);
  };

  /** False where nothing waits. */
  const indexSome = (listId: number): boolean => {
    const found = after.all(upToOf(listId), numbersOf(listId).before, OBJECTS_AT_ONCE);
    const last = found.at(-1)?.[0];
    if (last === undefined) return false;
    const rows = fieldRows(found);
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      transact(() => fields.add(rows.slice(at, at + ROWS_AT_ONCE)));
    }
    for (let at = 0; at < found.length; at += CHECKED_AT_ONCE) {
      transact(() => finish(listId, found.slice(at, at + CHECKED_AT_ONCE)));
    }
    known.set(listId, last);
    return true;
  };

  return {
    follow(listId, newest) {
      if (newest - upToOf(listId) >= OBJECTS_AT_ONCE) indexSome(listId);
    },
    followAll() {
      for (const [listId] of lists.all()) while (indexSome(listId));
    },
  };
}
