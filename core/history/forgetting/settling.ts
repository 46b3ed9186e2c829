import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { Cancelled } from '../keeping/pace.ts';
import { type Proof, type Proving, proveGone } from './proof.ts';

/** Milliseconds somebody who reads may hold on to the log. */
const LOG_PATIENCE = 10_000;
const LOG_RETRY = 50;

export interface Settling extends Omit<Proving, 'database'> {
  readonly database: Database;
  /** From now on nobody can write for as long as it takes to copy the database; and from now on they can again. */
  readonly rewriting: (begins: boolean) => void;
  /** Something was erased: what remains of it in pages is there for certain, though nobody can tell it from what stays. */
  readonly erased: boolean;
}

/**
 * Moves the log into the database, looks whether anything is left, and where pages still hold what was deleted writes the
 * database anew. Throws what SQLite throws, and `Cancelled`.
 */
export async function settle(settling: Settling): Promise<Proof> {
  await emptyLog(settling.database, settling);
  const proof = await proveGone(settling);
  if (proof.stored > 0 || (proof.remains === 0 && !(proof.isWithin && settling.erased))) return proof;
  settling.progress({ doing: 'writing the database anew', done: 0, total: null });
  settling.rewriting(true);
  try {
    settling.database.exec('VACUUM');
  } finally {
    settling.rewriting(false);
  }
  await emptyLog(settling.database, settling);
  return proveGone(settling);
}

/** All of the log is in the database, and the log is empty; as far as those who read let it. */
async function emptyLog(
  database: Database,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const until = clock.elapsed() + LOG_PATIENCE;
  for (;;) {
    if (signal.aborted) throw new Cancelled();
    const [said] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
    if (said?.busy === 0 || clock.elapsed() > until) return;
    await clock.sleep(LOG_RETRY);
  }
}
