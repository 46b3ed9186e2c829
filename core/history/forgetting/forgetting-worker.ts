import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import { Cancelled } from '../keeping/pace.ts';
import { answerQuestions, giveWayToOthers } from '../objects/answering-thread.ts';
import { troubleOf } from '../trouble.ts';
import { eraseValue } from './erasure.ts';
import type {
  ForgettingAnswer,
  ForgettingProgress,
  ForgettingQuestion,
  ForgettingStart,
} from './forgetting-messages.ts';
import { forgottenValue } from './forgotten-value.ts';
import { settle } from './settling.ts';

/** Milliseconds the database may be held by others. */
const PATIENCE = 10_000;
const CACHE_KIB = 8 * 1024;

const { file, gate, rewriting } = workerData as ForgettingStart;

giveWayToOthers();

interface Answering {
  readonly signal: AbortSignal;
  readonly progress: (progress: ForgettingProgress) => void;
}

async function answer(question: ForgettingQuestion, { signal, progress }: Answering): Promise<ForgettingAnswer> {
  const database = new Database(file, { fileMustExist: true, timeout: PATIENCE });
  try {
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma('synchronous = NORMAL');
    // The log is moved now and then, not by whoever happens to write when it is long.
    database.pragma('wal_autocheckpoint = 0');
    const value = forgottenValue(question.value);
    const common = { file, database, value, clock: systemClock, signal, progress };
    if (question.kind === 'erase') {
      const { dry, handedOut } = question;
      return { kind: 'erased', erased: await eraseValue({ ...common, gate, dry, handedOut }) };
    }
    const proof = await settle({
      ...common,
      erased: question.erased,
      rewriting: begins => void Atomics.store(rewriting, 0, begins ? 1 : 0),
    });
    return { kind: 'settled', proof };
  } finally {
    database.close();
  }
}

function goneBy(error: unknown): ForgettingAnswer {
  if (error instanceof Cancelled) return { kind: 'gone', reason: error.message, isCancelled: true };
  const trouble = troubleOf(error);
  if (trouble === undefined) throw error;
  return { kind: 'gone', reason: trouble.reason, advice: trouble.advice };
}

answerQuestions<ForgettingQuestion, ForgettingAnswer, ForgettingProgress>({ port: parentPort, answer, gone: goneBy });
