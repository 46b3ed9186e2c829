import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import { troubleOf } from '../trouble.ts';
import { moveLog } from './log-moving.ts';
import type { FromWorker, TextQuery, ToWorker, WorkerStart } from './messages.ts';
import { createObjectIndex } from './object-index.ts';
import { createPacking } from './packing.ts';
import { createSearchableRows } from './searchable-rows.ts';
import { isDamage, openTextIndex, removeTextIndex, type Searchable } from './text-index.ts';

/** Milliseconds. */
const POLL_EVERY = 200;
const BATCH_TIME = 4;
const LOG_MOVED_EVERY = 1000;
const REST_WHEN_ILL = 2000;
/** Before a search the index catches up, for at most as long. */
const CATCH_UP_TIME = 150;
const BATCH_ROWS = 64;
/** Everything is read once, in the order in which it lies. */
const CACHE_KIB = 2 * 1024;
/** Exchanges a second from which on the recorder needs the processor more than the index does. */
const BUSY_RATE = 500;
/** Objects are many: a batch of them is as long as a search can be kept waiting without anybody noticing. */
const OBJECT_BATCH_TIME = 40;
/** While objects are being stored, and where processors are few, their index rests this many times as long as it worked. */
const STORING_REST = 9;
const FEW_PROCESSORS = 3;
/** When it is busy, the index rests this many times as long as it worked. */
const BUSY_REST = 10;

const start = workerData as WorkerStart;
const clock = systemClock;
const port = parentPort;
if (!port) throw new Error('this file is run by a worker thread');
const say = (message: FromWorker) => port.postMessage(message);

const database = new Database(start.file, { fileMustExist: true, timeout: 1000 });
database.pragma(`cache_size = -${CACHE_KIB}`);
const rows = createSearchableRows(database, start.searchedBody);
const packOne = createPacking(database);
let index = openTextIndex(start.file, start.databaseId);
let objectIndex = createObjectIndex(database, index.connection, clock);
// The database was put back to an earlier state: what the index knows beyond it never happened.
if (index.upTo() > rows.newestId() || objectIndex.isAhead()) makeAnew();

const again = new Set<number>();
let closing = false;
let wake: (() => void) | undefined;

function makeAnew(): void {
  index.close();
  removeTextIndex(start.file);
  index = openTextIndex(start.file, start.databaseId);
  objectIndex = createObjectIndex(database, index.connection, clock);
}

/** Indexes for a few milliseconds; false where nothing is left. */
function indexBatch(): boolean {
  for (const id of index.open()) if (!rows.isOpen(id)) again.add(id);
  const ids = [...again];
  const fresh = rows.after(index.upTo(), BATCH_ROWS);
  if (ids.length === 0 && fresh.length === 0) return false;
  const until = clock.elapsed() + BATCH_TIME;
  const done: number[] = [];
  const next = (): Searchable | undefined => {
    if (clock.elapsed() > until) return undefined;
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
      done.push(id);
      const row = rows.one(id);
      if (row) return row;
    }
    return fresh.shift();
  };
  index.add(next);
  for (const id of done) again.delete(id);
  return true;
}

function search(ask: number, query: TextQuery): void {
  try {
    const until = clock.elapsed() + CATCH_UP_TIME;
    while (clock.elapsed() < until && indexBatch());
    const behind = Math.max(0, rows.newestId() - index.upTo());
    say({ kind: 'found', ask, ids: index.search(query), behind });
  } catch (error) {
    say({ kind: 'not-found', ask, reason: reasonOf(error) });
    mend(error);
  }
}

/** An index that is damaged is made anew; everything else passes. */
function mend(error: unknown): void {
  if (isDamage(error)) makeAnew();
  else if (!troubleOf(error)) throw error;
}

function reasonOf(error: unknown): string {
  return troubleOf(error)?.reason ?? (error as Error).message;
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'search') search(message.ask, message.query);
  else if (message.kind === 'reindex') for (const id of message.ids) again.add(id);
  else {
    closing = true;
    wake?.();
  }
});

/** How many exchanges a second are being stored, and whether any were since the last look. */
function createGauge() {
  let count = 0;
  let at = clock.elapsed();
  let rate = 0;
  return () => {
    const now = clock.elapsed();
    if (now - at >= POLL_EVERY) {
      const next = Atomics.load(start.progress, 0);
      rate = ((next - count) * 1000) / (now - at);
      count = next;
      at = now;
    }
    return rate;
  };
}

async function rest(ms: number): Promise<void> {
  const waking = new AbortController();
  wake = () => waking.abort();
  try {
    await clock.sleep(ms, waking.signal);
  } catch {
    // Woken, to close.
  }
}

/** How many times as long as it worked the index of objects rests. */
function objectRest(busy: boolean): number {
  if (busy) return BUSY_REST;
  return Atomics.load(start.progress, 1) > 0 && availableParallelism() < FEW_PROCESSORS ? STORING_REST : 0;
}

/** One piece of work, and how long to rest after it. */
function work(rate: number): number {
  const began = clock.elapsed();
  const busy = rate > BUSY_RATE;
  if (indexBatch()) return busy ? (clock.elapsed() - began) * BUSY_REST : 0;
  if (objectIndex.indexBatch(OBJECT_BATCH_TIME)) return (clock.elapsed() - began) * objectRest(busy);
  return !busy && packOne() ? 0 : POLL_EVERY;
}

async function run(): Promise<void> {
  const gauge = createGauge();
  let logMovedAt = clock.elapsed();
  let stored = -1;
  let well: boolean | undefined;
  while (!closing) {
    let pause = 0;
    try {
      pause = work(gauge());
      const now = Atomics.load(start.progress, 0);
      if (now !== stored && clock.elapsed() - logMovedAt > LOG_MOVED_EVERY) {
        moveLog(database);
        stored = now;
        logMovedAt = clock.elapsed();
      }
      if (well !== true) say({ kind: 'well' });
      well = true;
    } catch (error) {
      well = false;
      say({ kind: 'ill', reason: reasonOf(error) });
      mend(error);
      pause = REST_WHEN_ILL;
    }
    await rest(pause);
  }
  index.close();
  database.close();
  port?.close();
}

await run();
