import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import { answerQuestions, giveWayToOthers } from '../objects/answering-thread.ts';
import { troubleOf } from '../trouble.ts';
import { backUp, CannotBackUp } from './backing-up.ts';
import { checkDatabase } from './checking.ts';
import { createChoosing } from './choosing.ts';
import { createDeletion } from './deletion.ts';
import type { KeepingAnswer, KeepingProgress, KeepingQuestion, KeepingStart } from './keeping-messages.ts';
import { Cancelled } from './pace.ts';
import { countExchanges, readStats } from './stats.ts';

/** Milliseconds the database may be held by others. */
const PATIENCE = 10_000;
const CACHE_KIB = 8 * 1024;

const { file, databaseId, gate, looks } = workerData as KeepingStart;

if (looks) giveWayToOthers();

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

interface Answering {
  readonly signal: AbortSignal;
  readonly progress: (progress: KeepingProgress) => void;
}

function answer(question: KeepingQuestion, { signal, progress }: Answering): Promise<KeepingAnswer> {
  switch (question.kind) {
    case 'delete':
      return withDatabase(false, async database => {
        const remove = createDeletion({ file, database, gate, clock: systemClock });
        return { kind: 'deleted', deleted: await remove({ ...question, signal, progress }) };
      });
    case 'due':
      return withDatabase(true, database => {
        const choosing = createChoosing(database);
        const bounds = choosing.bounds(question.retention, question.now);
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
        backedUp: await backUp({ database, path: question.path, clock: systemClock, signal, progress }),
      }));
  }
}

function goneBy(error: unknown): KeepingAnswer {
  if (error instanceof Cancelled) return { kind: 'gone', reason: error.message, why: 'cancelled' };
  if (error instanceof CannotBackUp) return { kind: 'gone', reason: error.message, advice: error.advice, why: 'place' };
  const trouble = troubleOf(error);
  if (trouble === undefined) throw error;
  return { kind: 'gone', reason: trouble.reason, advice: trouble.advice };
}

answerQuestions<KeepingQuestion, KeepingAnswer, KeepingProgress>({ port: parentPort, answer, gone: goneBy });
