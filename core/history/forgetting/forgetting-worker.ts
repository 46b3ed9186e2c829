import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import { Cancelled } from '../keeping/pace.ts';
import type { FromThread, ToThread } from '../objects/asking-thread.ts';
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

const LOW_PRIORITY = 10;
/** Milliseconds the database may be held by others. */
const PATIENCE = 10_000;
const CACHE_KIB = 8 * 1024;
/** Progress is told as often; milliseconds. */
const TOLD_EVERY = 100;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file, gate, rewriting } = workerData as ForgettingStart;

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);

const underWay = new Map<number, AbortController>();
let closing = false;

async function answer(ask: number, question: ForgettingQuestion, signal: AbortSignal): Promise<ForgettingAnswer> {
  const database = new Database(file, { fileMustExist: true, timeout: PATIENCE });
  try {
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma('synchronous = NORMAL');
    // The log is moved now and then, not by whoever happens to write when it is long.
    database.pragma('wal_autocheckpoint = 0');
    const value = forgottenValue(question.value);
    const common = { file, database, value, clock: systemClock, signal, progress: telling(ask) };
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

function telling(ask: number): (progress: ForgettingProgress) => void {
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

async function answerSafely(ask: number, question: ForgettingQuestion): Promise<void> {
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

function goneBy(error: unknown): ForgettingAnswer {
  if (error instanceof Cancelled) return { kind: 'gone', reason: error.message, isCancelled: true };
  const trouble = troubleOf(error);
  if (trouble === undefined) throw error;
  return { kind: 'gone', reason: trouble.reason, advice: trouble.advice };
}

function say(message: FromThread<ForgettingAnswer, ForgettingProgress>): void {
  port?.postMessage(message);
}

port.on('message', (message: ToThread<ForgettingQuestion>) => {
  if (message.kind === 'ask') void answerSafely(message.ask, message.question);
  else if (message.kind === 'cancel') underWay.get(message.ask)?.abort();
  else {
    closing = true;
    for (const controller of underWay.values()) controller.abort();
    if (underWay.size === 0) port.close();
  }
});
