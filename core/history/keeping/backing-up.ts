import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { BackedUp } from '../../contract/storage.ts';
import { troubleOf } from '../trouble.ts';
import { draftOf, removeDraft, removeLeftDrafts } from './drafts.ts';
import type { KeepingProgress } from './keeping-messages.ts';
import { Cancelled } from './pace.ts';

export interface BackingUp {
  readonly database: Database.Database;
  /** Absolute. */
  readonly path: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly signal: AbortSignal;
  readonly progress: (progress: KeepingProgress) => void;
}

/** The place is to blame, not the database. */
export class CannotBackUp extends Error {
  readonly advice: string;
  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Copied in one go; some milliseconds. */
const PAGES = 500;

/**
 * Copies a database as it is at this moment, however much is recorded meanwhile, into a file that is there when all of it is
 * on the disk, or not at all; what a process that was killed left beside it is taken away. The copy has no owner; the key of its tokens is not in it. Throws what SQLite throws,
 * `CannotBackUp` and `Cancelled`.
 */
export async function backUp({ database, path, clock, signal, progress }: BackingUp): Promise<BackedUp> {
  if (existsSync(path)) throw taken(path);
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new CannotBackUp(`there is no folder ${dirname(path)}`, 'Make it, or choose another path.');
  }
  // Somebody else may be backing up to the same path: whoever is first has it.
  const draft = draftOf(path);
  try {
    removeLeftDrafts(path, clock.now());
    makePrivate(draft, path);
    await copy({ database, draft, signal, progress });
    settle(draft);
    // Bringing it onto the disk may take long: whoever stopped it meanwhile is told that there is none.
    if (signal.aborted) throw new Cancelled();
    place(draft, path);
    return { kind: 'backed-up', path, bytes: statSync(path).size };
  } catch (error) {
    throw blamed(error, path);
  } finally {
    removeDraft(draft);
  }
}

/** What partners sent is nobody else's business. */
function makePrivate(draft: string, path: string): void {
  try {
    closeSync(openSync(draft, 'wx', 0o600));
  } catch (error) {
    throw new CannotBackUp(
      `${path} cannot be written: ${(error as Error).message}`,
      'Choose a folder you may write to.',
    );
  }
}

async function copy({
  database,
  draft,
  signal,
  progress,
}: Omit<BackingUp, 'path' | 'clock'> & { draft: string }): Promise<void> {
  // As long as this lasts the database looks as it did when it began: nothing that is recorded makes the copy begin anew.
  database.exec('BEGIN');
  try {
    database.prepare('SELECT count(*) FROM meta').get();
    await database.backup(draft, {
      progress({ totalPages, remainingPages }) {
        if (signal.aborted) throw new Cancelled();
        progress({ doing: 'copying', done: totalPages - remainingPages, total: totalPages });
        return PAGES;
      },
    });
  } finally {
    if (database.inTransaction) database.exec('COMMIT');
  }
}

/** Nobody owns the copy; all of it stands in one file, on the disk. */
function settle(draft: string): void {
  const copied = new Database(draft);
  try {
    copied.prepare('DELETE FROM owner').run();
    copied.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    copied.close();
  }
  chmodSync(draft, 0o600);
  const descriptor = openSync(draft, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Never over another file, though one came in the meantime; where a disk has no links, as nearly so as can be. */
function place(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(path)) throw taken(path);
    renameSync(draft, path);
  }
}

function taken(path: string): CannotBackUp {
  return new CannotBackUp(`${path} is there already, and was not touched`, 'Choose a name that is not taken.');
}

function blamed(error: unknown, path: string): unknown {
  if (error instanceof CannotBackUp || error instanceof Cancelled) return error;
  const trouble = troubleOf(error);
  if (trouble?.kind === 'full')
    return new CannotBackUp(
      `the disk of ${path} is full; nothing was left there`,
      'Free some space there, or choose another disk.',
    );
  if (trouble !== undefined) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC')
    return new CannotBackUp(
      `the disk of ${path} is full; nothing was left there`,
      'Free some space there, or choose another disk.',
    );
  if (code !== undefined && /^E[A-Z]+$/.test(code))
    return new CannotBackUp(`${path} cannot be written: ${message}`, 'Choose another path.');
  return error;
}
