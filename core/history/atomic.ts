import type { Database } from 'better-sqlite3';

/**
 * Runs synchronous work in one transaction: all of it is committed, or none. Inside another one it simply belongs to it.
 * Throws what SQLite throws, and what the work throws.
 */
export type Atomic = <T>(work: () => T) => T;

/**
 * How long a change waits for a lock, in milliseconds; not again before one was got. The recorder does not wait in here at
 * all: it has a queue.
 */
const PATIENCE = 1000;

export interface AtomicOptions {
  /** What is kept in memory has to be read anew. */
  readonly rolledBack: () => void;
  /** Whether a change waits because somebody else is writing, so that whoever can lets it go first. */
  readonly waits: (waiting: boolean) => void;
}

export function createAtomic(database: Database, { rolledBack, waits }: AtomicOptions): Atomic {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  database.pragma('busy_timeout = 0');
  let well = true;
  const beginPatiently = () => {
    try {
      begin.run();
    } catch (error) {
      if (!well) throw error;
      well = false;
      database.pragma(`busy_timeout = ${PATIENCE}`);
      waits(true);
      try {
        begin.run();
      } finally {
        waits(false);
        database.pragma('busy_timeout = 0');
      }
    }
    well = true;
  };
  return work => {
    if (database.inTransaction) return work();
    beginPatiently();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      if (database.inTransaction) rollback.run();
      rolledBack();
      throw error;
    }
  };
}
