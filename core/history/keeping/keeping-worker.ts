import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import type { FromThread, ToThread } from '../objects/asking-thread.ts';
import { troubleOf } from '../trouble.ts';
import { backUp, CannotBackUp } from './backing-up.ts';
import { checkDatabase } from './checking.ts';
import { createChoosing } from './choosing.ts';
import { createDeletion } from './deletion.ts';
import type { KeepingAnswer, KeepingProgress, KeepingQuestion, KeepingStart } from './keeping-messages.ts';
import { Cancelled } from './pace.ts';
import { keptBytes } from './space.ts';
import { countExchanges, readStats } from './stats.ts';

const LOW_PRIORITY = 10;
/** Milliseconds the database may be held by others. */
const PATIENCE = 10_000;
const CACHE_KIB = 8 * 1024;
/** Progress is told as often; milliseconds. */
const TOLD_EVERY = 100;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file, databaseId, gate, looks } = workerData as KeepingStart;

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (looks && process.platform === 'linux') setPriority(0, LOW_PRIORITY);

const underWay = new Map<number, AbortController>();
let closing = false;

/** Each question has a connection of its own: what one leaves behind, or runs into, is nothing to the next. */
async function withDatabase<T>(readonly: boolean, work: (database: Database.Database) => Promise<T> | T): Promise<T> {
  const database = new Database(file, { fileMustExist: true, timeout: PATIENCE, readonly });
  try {
    database.pragma(`cache_size = -${CACHE_KIB}`);
    if (!readonly) {
      database.pragma('synchronous = NORMAL');
      // The log is moved now and then, not by whoever happens to write when it is long.
      database.pragma('wal_autocheckpoint = 0');
    }
    return await work(database);
  } finally {
    database.close();
  }
}

function answer(ask: number, question: KeepingQuestion, signal: AbortSignal): Promise<KeepingAnswer> {
  const progress = telling(ask);
  switch (question.kind) {
    case 'delete':
      return withDatabase(false, async database => {
        const remove = createDeletion({ file, database, gate, clock: systemClock });
        return { kind: 'deleted', deleted: await remove({ ...question, signal, progress }) };
      });
    case 'due':
      return withDatabase(true, database => {
        const choosing = createChoosing(database);
        const bounds = choosing.bounds(question.retention, question.now, keptBytes(file, database));
        return { kind: 'due', due: choosing.count(bounds), exchanges: countExchanges(database) };
      });
    case 'stats':
      return withDatabase(true, database => ({ kind: 'stats', stats: readStats({ ...question, file, database }) }));
    case 'check':
      return withDatabase(true, async database => ({
        kind: 'checked',
        check: await checkDatabase({ file, databaseId, database, clock: systemClock, signal, progress }),
      }));
    case 'backup':
      return withDatabase(true, async database => ({
        kind: 'backed-up',
        backedUp: await backUp({ database, path: question.path, signal, progress }),
      }));
  }
}

function telling(ask: number): (progress: KeepingProgress) => void {
  let told = Number.NEGATIVE_INFINITY;
  let doing = '';
  return progress => {
    const now = systemClock.elapsed();
    if (progress.doing === doing && now - told < TOLD_EVERY) return;
    told = now;
    doing = progress.doing;
    say({ kind: 'progress', ask, progress });
  };
}

async function answerSafely(ask: number, question: KeepingQuestion): Promise<void> {
  const controller = new AbortController();
  underWay.set(ask, controller);
  try {
    say({ kind: 'answer', ask, answer: await answer(ask, question, controller.signal) });
  } catch (error) {
    say({ kind: 'answer', ask, answer: goneBy(error) });
  } finally {
    underWay.delete(ask);
    if (closing && underWay.size === 0) port?.close();
  }
}

function goneBy(error: unknown): KeepingAnswer {
  if (error instanceof Cancelled) return { kind: 'gone', reason: error.message, why: 'cancelled' };
  if (error instanceof CannotBackUp) return { kind: 'gone', reason: error.message, advice: error.advice, why: 'place' };
  const trouble = troubleOf(error);
  if (trouble === undefined) throw error;
  return { kind: 'gone', reason: trouble.reason, advice: trouble.advice };
}

function say(message: FromThread<KeepingAnswer, KeepingProgress>): void {
  port?.postMessage(message);
}

port.on('message', (message: ToThread<KeepingQuestion>) => {
  if (message.kind === 'ask') void answerSafely(message.ask, message.question);
  else if (message.kind === 'cancel') underWay.get(message.ask)?.abort();
  else {
    closing = true;
    for (const controller of underWay.values()) controller.abort();
    if (underWay.size === 0) port.close();
  }
});
