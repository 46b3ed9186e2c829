import Database from 'better-sqlite3';
import { moveLog } from './log-moving.ts';

/** Moves the write-ahead log for a thread that makes it grow faster than the background empties it. */
export interface LogMover {
  /** Best while nothing is being written: then all of the log goes, and the next write begins it anew. */
  move(): void;
  close(): void;
}

const PATIENCE = 1000;

export function openLogMover(file: string): LogMover {
  const database = new Database(file, { timeout: PATIENCE });
  return { move: () => moveLog(database), close: () => database.close() };
}
