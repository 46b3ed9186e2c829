import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { Retention } from '../../contract/storage.ts';
import type { Gate } from '../objects/gate.ts';
import { bitsIn } from './bits.ts';
import { createChoosing } from './choosing.ts';
import type { Deleted, DeletingProgress, Deletion } from './deleting.ts';
import { createGoneLog } from './gone.ts';
import { createPace, GaveWay, type Pace } from './pace.ts';
import { createRowDeleting } from './rows.ts';
import { giveBackSpace, keptBytes } from './space.ts';
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

/** What is gone by now. */
interface Counts {
  exchanges: number;
  bodies: number;
  runs: number;
}

/** What somebody deletes with. */
interface Work {
  readonly pace: Pace;
  readonly asked: DeletionAsked;
  readonly counts: Counts;
}

interface Some {
  readonly pace: Pace;
  /** Ids above one, in order. */
  readonly after: (id: number) => readonly number[];
  readonly keepsMarked: boolean;
  /** `all`: with those before. */
  readonly deleted: (more: number, all: number) => void;
}

const IDS = 256;
const RUNS = 100;

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
      `SELECT id FROM run WHERE started_at <= ? AND id > ? AND state <> 'running'
       AND (link_id IS NULL OR link_id NOT IN (SELECT link_id FROM imported_log_link))
       AND NOT EXISTS (SELECT 1 FROM exchange WHERE run_id = run.id) ORDER BY id LIMIT ${RUNS}`,
    )
    .pluck();

  /** When the newest one began that is gone; 0: none is. */
  const deleteExchanges = async ({ pace, after, keepsMarked, deleted }: Some): Promise<number> => {
    const rows = createRowDeleting(database, { pace, keepsMarked });
    let deletion: number | undefined;
    let sum = 0;
    let newest = 0;
    let at = 0;
    for (let ids = after(0); ids.length > 0; ids = after(at)) {
      for (let left = ids; left.length > 0; ) {
        const [first = 0] = left;
        const { seen, gone, until } = rows.exchanges(left, lastId => {
          deletion ??= goneLog.begin(first);
          goneLog.reach(deletion, lastId);
        });
        sum += gone;
        newest = Math.max(newest, until);
        at = left[seen - 1] ?? at;
        left = left.slice(seen);
        deleted(gone, sum);
        await pace.rest();
      }
    }
    return newest;
  };

  const deleteRuns = async ({ pace, counts }: Work, after: (id: number) => readonly number[]): Promise<void> => {
    const rows = createRowDeleting(database, { pace, keepsMarked: true });
    for (let ids = after(0); ids.length > 0; ids = after(ids.at(-1) ?? 0)) {
      await rows.runs(ids, () => counts.runs++);
    }
  };

  const deleteBodies = ({ pace, asked: { handedOut, progress }, counts }: Work): Promise<void> =>
    deleteUnusedBodies(database, {
      pace,
      handedOut: bitsIn(handedOut),
      progress,
      deleted: more => {
        counts.bodies += more;
      },
    });

  const byRetention = async (retention: Retention, work: Work): Promise<void> => {
    const { pace, asked, counts } = work;
    const bounds = choosing.bounds(retention, asked.now);
    const total = choosing.count(bounds);
    if (total === 0) return;
    const until = await deleteExchanges({
      pace,
      after: id => choosing.after(bounds, id, IDS),
      keepsMarked: true,
      deleted: (more, done) => {
        counts.exchanges += more;
        asked.progress({ doing: 'deleting', done, total });
      },
    });
    // A run without exchanges is as old as those that went around it; it may also never have had any.
    const since = Math.max(until, retention.age === null ? 0 : bounds.linksSince);
    await deleteRuns(work, id => emptyRuns.all(since, id));
    await deleteBodies(work);
  };

  const byLinks = async (linkIds: readonly number[], work: Work): Promise<void> => {
    const { pace, asked, counts } = work;
    for (const linkId of linkIds) {
      await deleteExchanges({
        pace,
        after: id => ofLink.all(linkId, id),
        keepsMarked: false,
        deleted: more => {
          counts.exchanges += more;
          asked.progress({ doing: 'deleting', done: counts.exchanges, total: null });
        },
      });
      await deleteRuns(work, id => runsOfLink.all(linkId, id));
    }
    await deleteBodies(work);
  };

  const gone = async (work: Work): Promise<void> => {
    const { which, progress } = work.asked;
    if (which.kind === 'links') await byLinks(which.linkIds, work);
    else await byRetention(which.retention, work);
    await giveBackSpace(database, { pace: work.pace, clock, progress });
  };

  return async asked => {
    const { which, signal } = asked;
    const gently = which.kind === 'retention' && which.gently;
    const givesWay = () => gently && underWay.get() !== undefined;
    const before = keptBytes(file, database);
    const counts: Counts = { exchanges: 0, bodies: 0, runs: 0 };
    try {
      if (!givesWay()) await gone({ pace: createPace({ ...options, signal, givesWay }), asked, counts });
    } catch (error) {
      // What is deleted is sound by itself; bodies that nobody names any more go with the next deletion.
      if (!(error instanceof GaveWay)) throw error;
    }
    return { ...counts, bytes: Math.max(0, before - keptBytes(file, database)) };
  };
}
