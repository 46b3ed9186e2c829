import type { Database } from 'better-sqlite3';
import { numbersOf } from './numbers.ts';

/** Rows deleted in one transaction. */
const SWEPT_AT_ONCE = 200;

/** Deletes what removed links leave behind, a few rows at each call; false where nothing is left. */
export function createSweep(database: Database, transact: (work: () => void) => void): () => boolean {
  const removed = database
    .prepare<[], number>('SELECT id FROM object_list WHERE removed_at IS NOT NULL LIMIT 1')
    .pluck();
  const drop = database.prepare('DELETE FROM object_list WHERE id = ?');
  const ranges = (table: string, column: string) =>
    database.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE ${column} IN
         (SELECT ${column} FROM ${table} WHERE ${column} >= ? AND ${column} < ? LIMIT ${SWEPT_AT_ONCE})`,
    );
  const rows = [ranges('object', 'id'), ranges('object_block', 'id'), ranges('object_revision', 'change')];
  const oneValue = database.prepare<[number], number>('SELECT id FROM object_value WHERE list_id = ? LIMIT 1').pluck();
  const fieldRows = database.prepare<[number, number]>(
    `DELETE FROM object_field WHERE value = ? AND span IN
       (SELECT span FROM object_field WHERE value = ? LIMIT ${SWEPT_AT_ONCE})`,
  );
  const dropValue = database.prepare('DELETE FROM object_value WHERE id = ?');
  return () => {
    const listId = removed.get();
    if (listId === undefined) return false;
    const { from, before } = numbersOf(listId);
    transact(() => {
      for (const some of rows) if (some.run(from, before).changes > 0) return;
      const value = oneValue.get(listId);
      if (value === undefined) drop.run(listId);
      else if (fieldRows.run(value, value).changes === 0) dropValue.run(value);
    });
    return true;
  };
}
