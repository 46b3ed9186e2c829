import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../../clock.ts';
import type { FromThread, ToThread } from '../../../history/objects/asking-thread.ts';
import { troubleOf } from '../../../history/trouble.ts';
import { tokenNames } from '../token-naming.ts';
import { createExportJob, type ExportJob, type ExportTurn } from './export-job.ts';
import type { ExportAnswer, ExportQuestion, ExportStart, ExportTold } from './export-messages.ts';

const LOW_PRIORITY = 10;
/** Milliseconds after which it is looked whether somebody still waits, and how far it has come is told. */
const TURN = 20;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');

// On Linux this is the priority of the calling thread alone: whoever answers partners comes first.
if (process.platform === 'linux') setPriority(0, LOW_PRIORITY);

class Cancelled extends Error {}

const start = workerData as ExportStart;
const cancelled = new Set<number>();
let job: ExportJob | undefined;
/** What is being answered. */
let asking = 0;
const nameOf = tokenNames(start.naming, token =>
  say({ kind: 'progress', ask: asking, progress: { kind: 'name', token } }),
);
let last: Promise<unknown> = Promise.resolve();

function turnOf(ask: number): ExportTurn {
  let began = systemClock.elapsed();
  return async progress => {
    if (systemClock.elapsed() - began < TURN) return;
    say({ kind: 'progress', ask, progress: { kind: 'progress', ...progress } });
    await new Promise<void>(resolve => setImmediate(resolve));
    began = systemClock.elapsed();
    if (cancelled.has(ask)) throw new Cancelled();
  };
}

async function answer(ask: number, question: ExportQuestion): Promise<ExportAnswer> {
  asking = ask;
  job ??= createExportJob(start, nameOf);
  const turn = turnOf(ask);
  switch (question.kind) {
    case 'look':
      await job.look(turn);
      if (question.rehearse) await job.rehearse(turn);
      return { kind: 'looked', looked: job.looked() };
    case 'write': {
      const written = await job.write(question, turn);
      if (!written.ok) return { kind: 'failed', failure: written.failure };
      return { kind: 'written' };
    }
    case 'rows': {
      const taken = await job.rows(question.rows);
      return taken.ok ? { kind: 'taken' } : { kind: 'failed', failure: taken.failure };
    }
    case 'finish': {
      const finished = await job.finish();
      if (!finished.ok) return { kind: 'failed', failure: finished.failure };
      return { kind: 'finished', bytes: finished.value, looked: job.looked() };
    }
  }
}

async function answerSafely(ask: number, question: ExportQuestion): Promise<void> {
  try {
    say({ kind: 'answer', ask, answer: await answer(ask, question) });
  } catch (error) {
    const reason = error instanceof Cancelled ? 'it was cancelled' : troubleOf(error)?.reason;
    if (reason === undefined) throw error;
    say({ kind: 'answer', ask, answer: { kind: 'gone', reason } });
  }
}

function say(message: FromThread<ExportAnswer, ExportTold>): void {
  port?.postMessage(message);
}

// One after the other: a file is written in one go.
port.on('message', (message: ToThread<ExportQuestion>) => {
  if (message.kind === 'ask') last = last.then(() => answerSafely(message.ask, message.question));
  else if (message.kind === 'cancel') cancelled.add(message.ask);
  else {
    last = last.then(async () => {
      await job?.close();
      port.close();
    });
  }
});
