import type { Database } from 'better-sqlite3';
import type { Pace } from './pace.ts';

/** Deletes rows of exchanges and of runs with what stands beside them. */
export interface RowDeleting {
  /** Of these as many as there is time for. */
  exchanges(ids: readonly number[], reached: (lastId: number) => void): Gone;
  /** Runs, each with its replay. `gone`: one is. */
  runs(ids: readonly number[], gone: () => void): Promise<void>;
}

/** How many were looked at, how many of them are gone, and when the newest of these began, as `opened_at` has it. */
export interface Gone {
  readonly seen: number;
  readonly gone: number;
  readonly until: number;
}

const STEPS_AT_ONCE = 100;

/** `keepsMarked`: not those that somebody pinned, noted or opened in the meantime. */
export function createRowDeleting(
  database: Database,
  { pace, keepsMarked }: { readonly pace: Pace; readonly keepsMarked: boolean },
): RowDeleting {
  const unlessMarked = `AND ended <> 'open'
    AND NOT EXISTS (SELECT 1 FROM exchange_pin WHERE exchange_id = exchange.id)
    AND NOT EXISTS (SELECT 1 FROM exchange_note WHERE exchange_id = exchange.id)`;
  const exchange = database
    .prepare<[number], number>(
      `DELETE FROM exchange WHERE id = ? ${keepsMarked ? unlessMarked : ''} RETURNING opened_at`,
    )
    .pluck();
  const beside = [
    'DELETE FROM exchange_fault WHERE exchange_id = ?',
    'DELETE FROM exchange_resent WHERE exchange_id = ?',
    'DELETE FROM exchange_resent WHERE origin = ?',
    'DELETE FROM exchange_note WHERE exchange_id = ?',
    'DELETE FROM exchange_pin WHERE exchange_id = ?',
  ].map(sql => database.prepare<[number]>(sql));
  const steps = database.prepare<[number]>(
    `DELETE FROM replay_step WHERE id IN (SELECT id FROM replay_step WHERE run_id = ? LIMIT ${STEPS_AT_ONCE})`,
  );
  const replay = database.prepare<[number]>('DELETE FROM replay WHERE run_id = ?');
  const run = database.prepare<[number]>("DELETE FROM run WHERE id = ? AND state <> 'running'");

  return {
    exchanges: (ids, reached) =>
      pace.transact(isTime => {
        let seen = 0;
        let gone = 0;
        let until = 0;
        let last: number | undefined;
        for (const id of ids) {
          seen++;
          const openedAt = exchange.get(id);
          if (openedAt !== undefined) {
            gone++;
            until = Math.max(until, openedAt);
            last = id;
            for (const statement of beside) statement.run(id);
          }
          if (!isTime()) break;
        }
        if (last !== undefined) reached(last);
        return { seen, gone, until };
      }),
    async runs(ids, gone) {
      for (const id of ids) {
        while (pace.transact(() => steps.run(id).changes) > 0) await pace.rest();
        pace.transact(() => {
          replay.run(id);
          run.run(id);
        });
        gone();
        await pace.rest();
      }
    },
  };
}
