import type { Database } from 'better-sqlite3';
import type { Clock } from '../clock.ts';
import type { ExchangeRecord, ExchangeUpdate, Recorder, Stored } from '../http/exchange.ts';
import { hasFailed } from './exchange-row.ts';
import type { ExchangeWriter } from './exchange-writer.ts';
import { createLateWrites } from './late-writes.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** How long calls wait for a lock that another program holds, and how often it is tried. Milliseconds. */
const LOCK_PATIENCE = 1000;
const LOCK_RETRY = 1;

type Work =
  | { readonly kind: 'insert'; readonly id: number; readonly record: ExchangeRecord; settle(stored: Stored): void }
  | { readonly kind: 'update'; readonly id: number; readonly update: ExchangeUpdate; settle(stored: Stored): void }
  | { readonly kind: 'beside'; write(): void; settle(written: Written): void };

/** What became of a write that shares the transaction of a group. */
export type Written = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What one commit brought. */
export interface Commit {
  readonly recorded: number;
  /** Of those recorded and those that ended. */
  readonly failed: number;
  /** The greatest id among those recorded; 0 where there were none. */
  readonly newest: number;
  /** Recorded before, and changed now. */
  readonly changed: readonly number[];
  /** Nothing but findings of those in `changed`, found by looking at them afterwards. */
  readonly byDetectors?: true;
}

export interface RecorderOptions {
  readonly database: Database;
  readonly writer: ExchangeWriter;
  readonly clock: Clock;
  /** Runs inside each commit, before the rows: what is written lazily. */
  readonly alongside: () => void;
  /** After each commit: what it brought. */
  readonly committed: (commit: Commit) => void;
  /** Rows below the newest one were written: what is derived from them is to be derived anew. */
  readonly changedLate: (ids: readonly number[]) => void;
  /** A transaction was rolled back: what was remembered of it is wrong. */
  readonly rolledBack: () => void;
  /** Whether calls wait because somebody else is writing, so that whoever can lets them go first. */
  readonly waits: (waiting: boolean) => void;
  /** Somebody of ours has the database for himself for a while: calls wait for as long as that lasts. */
  readonly isHeld?: () => boolean;
  /** Undefined: recording works. */
  readonly report: (trouble: Trouble | undefined) => void;
}

export interface GroupRecorder extends Recorder {
  /**
   * Writes something else in the transaction of the next group: one commit for all that happens in a turn. `write` runs
   * inside of it, and once more where another of the group could not be written; what it throws is given as the reason.
   */
  beside(write: () => void): Promise<Written>;
  /** Writes what waits, takes nothing more, and resolves when all is settled. */
  close(): Promise<void>;
}

/**
 * Records with group commits: calls of one turn of the event loop share a transaction, and are settled together when it
 * is on its way to the disk. Storage trouble settles them with the reason; the next commit is tried as if nothing was.
 */
export function createRecorder(options: RecorderOptions): GroupRecorder {
  const { database, writer, clock } = options;
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const late = createLateWrites(writer);
  let queue: Work[] = [];
  let scheduled = false;
  let closing = false;
  let lockedSince: number | undefined;
  let well = true;
  let drained: (() => void) | undefined;

  const enqueue = (work: Work) => {
    if (closing) {
      settleUnwritten(work, 'the workbench is closing');
      return;
    }
    queue.push(work);
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };

  const flush = () => {
    const group = queue;
    const outcome = attempt(group);
    if (outcome === 'locked') {
      // Waiting inside SQLite would stop the thread that answers; the queue waits instead.
      options.waits(true);
      void clock.sleep(LOCK_RETRY).then(flush);
      return;
    }
    queue = [];
    scheduled = false;
    if (lockedSince !== undefined) options.waits(false);
    lockedSince = undefined;
    if (outcome.ok) settleStored(group);
    else settleFailed(group, outcome.error);
    drained?.();
  };

  const attempt = (group: readonly Work[]): 'locked' | Outcome => {
    try {
      begin.run();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble?.kind !== 'locked' || !well) return { ok: false, error };
      lockedSince ??= clock.elapsed();
      if (options.isHeld?.() === true) lockedSince = clock.elapsed();
      return clock.elapsed() - lockedSince < LOCK_PATIENCE ? 'locked' : { ok: false, error };
    }
    return written(group);
  };

  /** Inside a begun transaction: everything or nothing. */
  const written = (group: readonly Work[]): Outcome => {
    try {
      options.alongside();
      late.write();
      for (const work of group) write(work);
      commit.run();
      return { ok: true };
    } catch (error) {
      // SQLite has rolled back by itself after a full disk.
      if (database.inTransaction) rollback.run();
      options.rolledBack();
      return { ok: false, error };
    }
  };

  const write = (work: Work) => {
    if (work.kind === 'insert') writer.insert(work.id, work.record);
    else if (work.kind === 'beside') work.write();
    else if (!writer.update(work.id, work.update)) throw new MissingExchange(work.id);
  };

  const settleStored = (group: readonly Work[]) => {
    const commit = commitOf(group);
    for (const work of group) {
      if (work.kind === 'beside') work.settle({ ok: true });
      else work.settle({ stored: true, id: work.id });
    }
    if (!well) {
      well = true;
      options.report(undefined);
    }
    const lateIds = late.written();
    if (lateIds.length > 0) options.changedLate(lateIds);
    options.committed(commit);
  };

  const settleFailed = (group: readonly Work[], error: unknown) => {
    const trouble = troubleOf(error);
    if (trouble) {
      well = false;
      options.report(trouble);
    } else if (group.length > 1) {
      // One that cannot be written must not take the others with it.
      for (const work of group) alone(work);
      return;
    }
    for (const work of group) {
      if (trouble && work.kind === 'insert') late.keepOpen(work.id, work.record);
      if (trouble && work.kind === 'update') late.keepUpdate(work.id, work.update);
      settleUnwritten(work, trouble?.reason ?? String((error as Error).message));
    }
  };

  const alone = (work: Work) => {
    const outcome = attempt([work]);
    if (outcome === 'locked') settleFailed([work], new Error('the database was locked meanwhile'));
    else if (outcome.ok) settleStored([work]);
    else settleFailed([work], outcome.error);
  };

  return {
    open(record) {
      const id = writer.nextId();
      return { id, stored: new Promise(settle => enqueue({ kind: 'insert', id, record, settle })) };
    },
    record(record) {
      const id = writer.nextId();
      return new Promise(settle => enqueue({ kind: 'insert', id, record, settle }));
    },
    update: (id, update) => new Promise(settle => enqueue({ kind: 'update', id, update, settle })),
    beside: write => new Promise(settle => enqueue({ kind: 'beside', write, settle })),
    close() {
      closing = true;
      if (!scheduled) return Promise.resolve();
      return new Promise(resolve => {
        drained = resolve;
      });
    },
  };
}

function settleUnwritten(work: Work, reason: string): void {
  if (work.kind === 'beside') work.settle({ ok: false, reason });
  else work.settle({ stored: false, id: work.id, reason });
}

function commitOf(group: readonly Work[]): Commit {
  let recorded = 0;
  let failed = 0;
  let newest = 0;
  const changed: number[] = [];
  for (const work of group) {
    if (work.kind === 'beside') continue;
    if (work.kind === 'insert') {
      recorded++;
      if (work.id > newest) newest = work.id;
    } else changed.push(work.id);
    const { ended, response, ocpiStatus } = work.kind === 'insert' ? work.record : work.update;
    if (ended !== undefined && hasFailed(ended.how, response?.status, ocpiStatus)) failed++;
  }
  return { recorded, failed, newest, changed };
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

class MissingExchange extends Error {
  constructor(id: number) {
    super(`there is no exchange ${id}`);
  }
}
