import type { Database } from 'better-sqlite3';

/** A log of as many pages (64 MiB) is emptied even if writers must wait for it, else under constant load it only grows. */
const LARGEST_LOG_PAGES = 16_384;

/** Milliseconds for which writers are kept waiting until nobody reads an older state; what does not come about is tried again. */
const LONGEST_HOLD = 20;

/**
 * Moves the write-ahead log into the database, so that neither the copying nor the waiting for the disk happens on the
 * thread that answers.
 */
export function moveLog(database: Database): void {
  const [moved] = database.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
  if (moved && moved.log > LARGEST_LOG_PAGES && moved.checkpointed < moved.log) {
    const patience = Number(database.pragma('busy_timeout', { simple: true }));
    database.pragma(`busy_timeout = ${LONGEST_HOLD}`);
    try {
      database.pragma('wal_checkpoint(RESTART)');
    } finally {
      database.pragma(`busy_timeout = ${patience}`);
    }
  }
}
