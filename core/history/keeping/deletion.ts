import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { Retention } from '../../contract/storage.ts';
import type { Gate } from '../objects/gate.ts';
import { bitsIn } from './bits.ts';
import { createChoosing } from './choosing.ts';
import type { Deleted, DeletingProgress, Deletion } from './deleting.ts';
import { createGoneLog } from './gone.ts';
import { createPace, type Pace } from './pace.ts';
import { createRowDeleting } from './rows.ts';
import { giveBackSpace, keptBytes, usedBytes } from './space.ts';
import { deleteUnusedBodies } from './unused-bodies.ts';

export interface DeletionOptions {
  readonly file: string;
  /** A connection of this thread's own. */
  readonly database: Database;
  readonly gate: Gate;
  readonly clock: Clock;
}

export interface DeletionAsked {
  readonly which: Deletion;
  /** Wall clock, milliseconds since the epoch. */
  readonly now: number;
  /** See `deleteUnusedBodies`. */
  readonly handedOut: SharedArrayBuffer;
  readonly signal: AbortSignal;
  readonly progress: (progress: DeletingProgress) => void;
}

interface Counts {
  readonly exchanges: number;
  readonly bodies: number;
  readonly runs: number;
}

interface Some {
  readonly pace: Pace;
  /** Ids above one, in order. */
  readonly after: (id: number) => readonly number[];
  readonly keepsMarked: boolean;
  readonly deleted: (more: number) => void;
}

const IDS = 256;
const RUNS = 100;
/** What an exchange takes is guessed, so what a size lets go is looked at again. */
const MOST_ROUNDS = 6;

/** Deletes, in a thread that may take its time. Throws what SQLite throws, and `Cancelled`. */
export function createDeletion(options: DeletionOptions): (asked: DeletionAsked) => Promise<Deleted> {
  const { file, database, clock } = options;
  const choosing = createChoosing(database);
  const goneLog = createGoneLog(database);
  const underWay = database.prepare("SELECT 1 FROM run WHERE state = 'running' AND kind IN ('replay', 'pull') LIMIT 1");
  const ofLink = database
    .prepare<[number, number], number>(`SELECT id FROM exchange WHERE link_id = ? AND id > ? ORDER BY id LIMIT ${IDS}`)
    .pluck();
  const runsOfLink = database
    .prepare<[number, number], number>(
      `SELECT id FROM run WHERE link_id = ? AND id > ? AND state <> 'running' ORDER BY id LIMIT ${RUNS}`,
    )
    .pluck();
  const emptyRuns = database
    .prepare<[number, number], number>(
      `SELECT id FROM run WHERE started_at < ? AND id > ? AND state <> 'running'
       AND NOT EXISTS (SELECT 1 FROM exchange WHERE run_id = run.id) ORDER BY id LIMIT ${RUNS}`,
    )
    .pluck();
  const openedFrom = database
    .prepare<[number], number>('SELECT opened_at FROM exchange WHERE id >= ? ORDER BY id LIMIT 1')
    .pluck();

  const deleteExchanges = async ({ pace, after, keepsMarked, deleted }: Some): Promise<number> => {
    const rows = createRowDeleting(database, { pace, keepsMarked });
    let deletion: number | undefined;
    let sum = 0;
    let at = 0;
    for (let ids = after(0); ids.length > 0; ids = after(at)) {
      for (let left = ids; left.length > 0; ) {
        const [first = 0] = left;
        const { seen, gone } = rows.exchanges(left, lastId => {
          deletion ??= goneLog.begin(first);
          goneLog.reach(deletion, lastId);
        });
        sum += gone;
        at = left[seen - 1] ?? at;
        left = left.slice(seen);
        deleted(sum);
        await pace.rest();
      }
    }
    return sum;
  };

  const deleteRuns = async (pace: Pace, after: (id: number) => readonly number[]): Promise<number> => {
    const rows = createRowDeleting(database, { pace, keepsMarked: true });
    let sum = 0;
    for (let ids = after(0); ids.length > 0; ids = after(ids.at(-1) ?? 0)) {
      await rows.runs(ids);
      sum += ids.length;
    }
    return sum;
  };

  const deleteBodies = (pace: Pace, { handedOut, progress }: DeletionAsked): Promise<number> =>
    deleteUnusedBodies(database, { pace, handedOut: bitsIn(handedOut), progress });

  const byRetention = async (retention: Retention, pace: Pace, asked: DeletionAsked): Promise<Counts> => {
    // What lies beside the database follows, and is taken to be as much of all as it was in the beginning.
    const share = keptBytes(file, database) / Math.max(1, usedBytes(database));
    const sum = { exchanges: 0, bodies: 0, runs: 0 };
    for (let round = 0; round < (retention.size === null ? 1 : MOST_ROUNDS); round++) {
      const bounds = choosing.bounds(retention, asked.now, usedBytes(database) * share);
      const total = choosing.count(bounds);
      if (total === 0) break;
      sum.exchanges += await deleteExchanges({
        pace,
        after: id => choosing.after(bounds, id, IDS),
        keepsMarked: true,
        deleted: done => asked.progress({ doing: 'deleting', done, total }),
      });
      const since = openedFrom.get(Math.max(bounds.count, bounds.age)) ?? bounds.settledBefore;
      sum.runs += await deleteRuns(pace, id => emptyRuns.all(since, id));
      sum.bodies += await deleteBodies(pace, asked);
    }
    return sum;
  };

  const byLinks = async (linkIds: readonly number[], pace: Pace, asked: DeletionAsked): Promise<Counts> => {
    const sum = { exchanges: 0, bodies: 0, runs: 0 };
    for (const linkId of linkIds) {
      const before = sum.exchanges;
      sum.exchanges += await deleteExchanges({
        pace,
        after: id => ofLink.all(linkId, id),
        keepsMarked: false,
        deleted: done => asked.progress({ doing: 'deleting', done: before + done, total: null }),
      });
      sum.runs += await deleteRuns(pace, id => runsOfLink.all(linkId, id));
    }
    return { ...sum, bodies: await deleteBodies(pace, asked) };
  };

  return async asked => {
    const { which, signal, progress } = asked;
    const gently = which.kind === 'retention' && which.gently;
    const waits = () => gently && underWay.get() !== undefined;
    const pace = createPace({ ...options, signal, waits });
    const before = keptBytes(file, database);
    const counts =
      which.kind === 'links'
        ? await byLinks(which.linkIds, pace, asked)
        : await byRetention(which.retention, pace, asked);
    await giveBackSpace(database, { pace, clock, progress });
    return { ...counts, bytes: Math.max(0, before - keptBytes(file, database)) };
  };
}
