import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { FromThread, ToThread } from './asking-thread.ts';
import type { PreparingAnswer, PreparingStart } from './ingest-messages.ts';
import { createPagePreparing, memoryOf, type PageForReading } from './page-preparing.ts';

const PATIENCE = 1000;
/** Keys are looked up in the order in which they were stored, mostly. */
const CACHE_KIB = 4 * 1024;

const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const { file } = workerData as PreparingStart;
const database = new Database(file, { fileMustExist: true, readonly: true, timeout: PATIENCE });
database.pragma(`cache_size = -${CACHE_KIB}`);
const prepare = createPagePreparing(database);

port.on('message', (message: ToThread<PageForReading>) => {
  if (message.kind === 'cancel') return;
  if (message.kind === 'close') {
    database.close();
    port.close();
    return;
  }
  const prepared = prepare(message.question);
  const answer: FromThread<PreparingAnswer, never> = {
    kind: 'answer',
    ask: message.ask,
    answer: { kind: 'prepared', prepared },
  };
  port.postMessage(answer, memoryOf(prepared));
});
