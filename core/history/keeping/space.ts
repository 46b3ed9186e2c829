import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { factsFileOf } from '../facts/facts-file.ts';
import { chargeFileOf } from '../transactions/charge-file.ts';
import { textIndexFile } from '../worker/text-index.ts';
import type { DeletingProgress } from './deleting.ts';
import type { Pace } from './pace.ts';

/** A file of the database. */
export interface DatabaseFile {
  readonly path: string;
  readonly what: string;
  readonly bytes: number;
  /** It is emptied by itself, and does not tell how much is kept. */
  readonly passing: boolean;
}

/** Those that are there. */
export function filesOf(file: string): DatabaseFile[] {
  const index = textIndexFile(file);
  const charges = chargeFileOf(file);
  const facts = factsFileOf(file);
  const named: readonly (readonly [path: string, what: string, passing: boolean])[] = [
    [file, 'database', false],
    [`${file}-wal`, 'write-ahead log of the database', true],
    [`${file}-shm`, 'index of that log', true],
    [index, 'full text and index of traffic', false],
    [`${index}-wal`, 'write-ahead log of the full text', true],
    [`${index}-shm`, 'index of that log', true],
    [charges, 'transactions', false],
    [`${charges}-wal`, 'write-ahead log of the transactions', true],
    [`${charges}-shm`, 'index of that log', true],
    [facts, 'facts for reports and health', false],
    [`${facts}-wal`, 'write-ahead log of the facts', true],
    [`${facts}-shm`, 'index of that log', true],
    [`${file}.log`, "the workbench's own log", true],
  ];
  return named.flatMap(([path, what, passing]) => {
    const bytes = statSync(path, { throwIfNoEntry: false })?.size;
    return bytes === undefined ? [] : [{ path, what, bytes, passing }];
  });
}

/** Bytes of all that is kept, free pages included; as the files are, once their logs are moved into them. */
export function keptBytes(file: string, database: Database): number {
  const beside = filesOf(file).filter(({ path, passing }) => !passing && path !== file);
  const own = pragma(database, 'page_count') * pragma(database, 'page_size');
  return beside.reduce((sum, { bytes }) => sum + bytes, own);
}

export function pragma(database: Database, name: string): number {
  return Number(database.pragma(name, { simple: true }));
}

/** Pages moved in one transaction: to begin with, at least, and at most. */
const PAGES = { first: 16, least: 2, most: 256 };
/** Milliseconds. */
const LONGEST = 3;
const SHORTEST = 1.5;

/** Gives free pages back to the disk, a few at a time. */
export async function giveBackSpace(
  database: Database,
  { pace, clock, progress }: { pace: Pace; clock: Clock; progress: (progress: DeletingProgress) => void },
): Promise<void> {
  const total = pragma(database, 'freelist_count');
  let pages = PAGES.first;
  for (let free = total; free > 0; ) {
    const began = clock.elapsed();
    pace.alone(() => database.pragma(`incremental_vacuum(${pages})`));
    const took = clock.elapsed() - began;
    if (took > LONGEST) pages = Math.max(PAGES.least, Math.floor(pages / 2));
    else if (took < SHORTEST) pages = Math.min(PAGES.most, pages * 2);
    const left = pragma(database, 'freelist_count');
    // A database that was made otherwise keeps its free pages for what comes.
    if (left >= free) break;
    free = left;
    progress({ doing: 'giving back space', done: total - free, total });
    await pace.rest();
  }
  // The file gets shorter as the log is moved into it.
  database.pragma('wal_checkpoint(PASSIVE)');
}
