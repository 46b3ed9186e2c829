import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { type Deadline, systemClock } from '../../clock.ts';
import type { PageStored } from '../../contract/ingest.ts';
import { troubleOf } from '../trouble.ts';
import type { FromThread, ToThread } from './asking-thread.ts';
import type { IngestAnswer, IngestQuestion, IngestStart } from './ingest-messages.ts';
import { createIngesting, type PageReady } from './ingesting.ts';
import { arrived, memoryOf } from './page-preparing.ts';

/** Milliseconds the database may be held by others before a page counts as not stored. */
const PATIENCE = 10_000;
/** The log is moved into the database by this thread too, in large steps; pages of 4 KiB. */
const LOG_PAGES = 16_384;
const CACHE_KIB = 12 * 1024;
/** Milliseconds between two tries to delete what removed links left, and between two pieces of it. */
const REST_WHEN_ILL = 5000;
const REST_BETWEEN = 2;
/** Milliseconds without a page after which there is time to bring the index of fields up to date. */
const IDLE = 200;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file, gate } = workerData as IngestStart;

const database = new Database(file, { fileMustExist: true, timeout: PATIENCE });
database.pragma('synchronous = NORMAL');
database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
database.pragma(`cache_size = -${CACHE_KIB}`);
const ingesting = createIngesting(database, gate);
const closing = new AbortController();
let sweeping: Promise<void> = Promise.resolve();
let idle: Deadline | undefined;

function answer(question: IngestQuestion): IngestAnswer {
  switch (question.kind) {
    case 'store':
      settleWhenIdle();
      return { kind: 'stored', stored: storeRead(question.page) };
    case 'finish':
      return { kind: 'finished', finished: ingesting.finish(question.pull) };
    case 'vanish':
      return { kind: 'vanished', vanished: ingesting.vanish(question.object) };
    case 'settle':
      settleWhenIdle();
      return { kind: 'settling' };
    case 'sweep':
      sweeping = sweeping.then(sweep);
      return { kind: 'swept' };
  }
}

function storeRead(page: PageReady): PageStored {
  const prepared = arrived(page.prepared);
  const stored = ingesting.storeRead({ ...page, prepared });
  // Its memory is given back at once: the collector would let many pages pile up first, for it hardly sees them.
  for (const memory of memoryOf(prepared)) memory.transfer(0);
  return stored;
}

function settleWhenIdle(): void {
  idle?.cancel();
  idle = systemClock.deadline(IDLE, () => {
    try {
      ingesting.settle();
    } catch (error) {
      if (!troubleOf(error)) throw error;
    }
  });
}

/** Between questions, which come first. What is left when the workbench ends is deleted after its next start. */
async function sweep(): Promise<void> {
  while (!closing.signal.aborted) {
    let pause = REST_BETWEEN;
    try {
      if (!ingesting.sweep()) return;
    } catch (error) {
      if (!troubleOf(error)) throw error;
      pause = REST_WHEN_ILL;
    }
    await clockSleep(pause);
  }
}

async function clockSleep(ms: number): Promise<void> {
  try {
    await systemClock.sleep(ms, closing.signal);
  } catch {
    // The workbench is closing.
  }
}

port.on('message', (message: ToThread<IngestQuestion>) => {
  if (message.kind === 'cancel') return;
  if (message.kind === 'close') {
    closing.abort();
    idle?.cancel();
    void sweeping.then(() => {
      database.close();
      port.close();
    });
    return;
  }
  const reply: FromThread<IngestAnswer, never> = {
    kind: 'answer',
    ask: message.ask,
    answer: answer(message.question),
  };
  port.postMessage(reply);
});
sweeping = sweep();
