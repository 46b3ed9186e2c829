import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { Atomic } from '../atomic.ts';

/** Exchanges that stay whatever is let go. */
export interface Pins {
  /** Gives how many of them it changed; ids of exchanges that are not there change nothing. Throws what SQLite throws. */
  set(ids: readonly number[], on: boolean): number;
  /** Those of these ids that no exchange has. */
  missing(ids: readonly number[]): number[];
}

export function createPins(database: Database, { clock, atomic }: { clock: Clock; atomic: Atomic }): Pins {
  const put = database.prepare(
    `INSERT OR IGNORE INTO exchange_pin (exchange_id, pinned_at)
     SELECT id, ? FROM exchange WHERE id = ?`,
  );
  const drop = database.prepare('DELETE FROM exchange_pin WHERE exchange_id = ?');
  const there = database
    .prepare<[string], number>('SELECT id FROM exchange WHERE id IN (SELECT value FROM json_each(?))')
    .pluck();
  return {
    missing(ids) {
      const found = new Set(there.all(JSON.stringify(ids)));
      return ids.filter(id => !found.has(id));
    },
    set: (ids, on) =>
      atomic(() => {
        const now = clock.now();
        return ids.reduce((sum, id) => sum + (on ? put.run(now, id) : drop.run(id)).changes, 0);
      }),
  };
}
