import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { type Gate, letThrough } from '../objects/gate.ts';

/** How somebody writes much beside those who answer partners. */
export interface Pace {
  /** One short transaction, after whoever answers. Throws what SQLite throws. */
  transact<T>(work: (isTime: () => boolean) => T): T;
  /** The same for what is a transaction by itself. */
  alone(work: () => void): void;
  /** Between two of them: lets others work. Throws `Cancelled` once nobody wants the result any more, and `GaveWay`. */
  rest(): Promise<void>;
}

export class Cancelled extends Error {
  constructor() {
    super('it was cancelled');
  }
}

/** Something has begun that must not be held up; what is left is done another time. */
export class GaveWay extends Error {
  constructor() {
    super('it gave way');
  }
}

export interface PaceOptions {
  readonly database: Database;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Something goes on that must not be held up. */
  readonly givesWay?: () => boolean;
}

/** Milliseconds: whoever records waits for the lock about as long. Storing what was changed is part of it. */
const TRANSACTION = 1.5;
/** Milliseconds of changing in one transaction: as many as leave it within that. */
const CHANGING = { least: 0.1, most: 1 } as const;
const LOG_MOVED_EVERY = 750;
const RATE_OVER = 200;
const LONGEST_REST = 60;
/** Exchanges a second from which on partners need the processor and the disk more. */
const BUSY_RATE = 50;
/** As many times as long as it worked. */
const REST = 0.5;
const BUSY_REST = 6;

export function createPace({ database, gate, clock, signal, givesWay = () => false }: PaceOptions): Pace {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const newest = database.prepare<[], number | null>('SELECT max(id) FROM exchange').pluck();
  let worked = 0;
  let changing: number = CHANGING.most;
  let logMovedAt = clock.elapsed();
  let seen = { at: clock.elapsed(), newest: newest.get() ?? 0 };
  let isBusy = false;

  const look = () => {
    const now = clock.elapsed();
    if (now - seen.at < RATE_OVER) return;
    const id = newest.get() ?? 0;
    isBusy = ((id - seen.newest) * 1000) / (now - seen.at) > BUSY_RATE;
    seen = { at: now, newest: id };
  };
  const sleep = async (ms: number) => {
    try {
      await clock.sleep(ms, signal);
    } catch {
      throw new Cancelled();
    }
  };

  return {
    transact(work) {
      letThrough(gate);
      begin.run();
      const began = clock.elapsed();
      try {
        const result = work(() => clock.elapsed() - began < changing);
        commit.run();
        const took = clock.elapsed() - began;
        if (took > TRANSACTION) changing = Math.max(CHANGING.least, changing * (TRANSACTION / took));
        else changing = Math.min(CHANGING.most, changing * 1.1);
        return result;
      } catch (error) {
        // SQLite has rolled back by itself after a full disk.
        if (database.inTransaction) rollback.run();
        throw error;
      } finally {
        worked += clock.elapsed() - began;
      }
    },
    alone(work) {
      letThrough(gate);
      const began = clock.elapsed();
      work();
      worked += clock.elapsed() - began;
    },
    async rest() {
      if (signal.aborted) throw new Cancelled();
      if (clock.elapsed() - logMovedAt > LOG_MOVED_EVERY) {
        // Small pieces of the log, moved often: whoever finds it long makes all others wait for it.
        database.pragma('wal_checkpoint(PASSIVE)');
        logMovedAt = clock.elapsed();
      }
      look();
      const pause = Math.min(LONGEST_REST, worked * (isBusy ? BUSY_REST : REST));
      worked = 0;
      // Also where there is no need to rest: messages are heard only in between.
      await sleep(Math.max(1, pause));
      if (givesWay()) throw new GaveWay();
    },
  };
}
