import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { systemClock } from '../../clock.ts';
import { createFacetWriting } from '../traffic/facet-writing.ts';
import { troubleOf } from '../trouble.ts';
import { createGoneFollowing } from './gone-following.ts';
import { moveLog } from './log-moving.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';
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
/** Facets are few microseconds each: in time for whoever looks, and seldom enough to share their commits. */
const FACETS_EVERY = 100;
/** Everything is read once, in the order in which it lies. */
const CACHE_KIB = 2 * 1024;
/** Exchanges a second from which on the recorder needs the processor more than the index does. */
const BUSY_RATE = 500;
/** Objects are many: a batch of them is as long as a search can be kept waiting without anybody noticing. */
const OBJECT_BATCH_TIME = 40;
/**
 * While objects are being stored, and where processors are few, their index waits; but not with more objects behind it
 * than it comes to within some seconds afterwards.
 */
const MOST_BEHIND = 150_000;
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
let facets = createFacetWriting(database, index.connection, clock);
let gone = createGoneFollowing(database, index.connection, clock);
let facetsAt = Number.NEGATIVE_INFINITY;
let lastChange = 0;
let changesSaid = 0;
if (isAhead()) makeAnew();

const again = new Set<number>();
/** Who waits until what was deleted is out of the index. */
const waitingForGone: number[] = [];
let closing = false;
let wake: (() => void) | undefined;

/** The database was put back to an earlier state: what is derived beyond it never happened. Or it cannot be read. */
function isAhead(): boolean {
  try {
    return index.upTo() > rows.greatestId() || objectIndex.isAhead() || facets.isAhead();
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

function makeAnew(): void {
  index.close();
  removeTextIndex(start.file);
  index = openTextIndex(start.file, start.databaseId);
  objectIndex = createObjectIndex(database, index.connection, clock);
  facets = createFacetWriting(database, index.connection, clock);
  gone = createGoneFollowing(database, index.connection, clock);
  facets.changed([], lastChange);
}

/** Derives facets for a few milliseconds; false where none is left, or where there is something else to do first. */
function deriveFacets({ every, busy }: { readonly every: number; readonly busy: boolean }): boolean {
  if (clock.elapsed() - facetsAt < every) return false;
  const more = facets.derive(BATCH_TIME);
  if (!more || busy) facetsAt = clock.elapsed();
  const change = facets.changesDone();
  if (change > changesSaid) say({ kind: 'derived', change });
  changesSaid = change;
  return more;
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

function catchUp(ask: number): void {
  try {
    const until = clock.elapsed() + CATCH_UP_TIME;
    while (clock.elapsed() < until && gone.follow(BATCH_TIME));
    while (clock.elapsed() < until && deriveFacets({ every: 0, busy: false }));
    while (clock.elapsed() < until && indexBatch());
    const behind = Math.max(0, rows.newestId() - index.upTo());
    say({ kind: 'caught-up', ask, behind });
  } catch (error) {
    say({ kind: 'held-up', ask, reason: reasonOf(error) });
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
  if (message.kind === 'catch-up') catchUp(message.ask);
  else if (message.kind === 'gone') {
    waitingForGone.push(message.ask);
    wake?.();
  } else if (message.kind === 'anew') {
    makeAnew();
    wake?.();
    say({ kind: 'caught-up', ask: message.ask, behind: Math.max(0, rows.newestId() - index.upTo()) });
  } else if (message.kind === 'doubted') {
    if (!index.isSound()) makeAnew();
  } else if (message.kind === 'changed') {
    lastChange = message.change;
    facets.changed(message.ids, lastChange);
  } else if (message.kind === 'reindex') for (const id of message.ids) again.add(id);
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

/** Whether the index of objects had better leave the processors to those who store them. */
function objectsWait(): boolean {
  const storing = Atomics.load(start.progress, 1) > 0;
  return storing && availableParallelism() < FEW_PROCESSORS && objectIndex.behind() < MOST_BEHIND;
}

function sayGone(): void {
  const behind = Math.max(0, rows.newestId() - index.upTo());
  for (const ask of waitingForGone.splice(0)) say({ kind: 'caught-up', ask, behind });
}

/** One piece of work, and how long to rest after it. */
function work(rate: number): number {
  const began = clock.elapsed();
  const busy = rate > BUSY_RATE;
  const moreGone = gone.follow(BATCH_TIME);
  if (!moreGone) sayGone();
  const facetsDue = clock.elapsed() - facetsAt >= FACETS_EVERY;
  const moreFacets = deriveFacets({ every: FACETS_EVERY, busy });
  // Facets and texts share what there is while it is busy: a piece of one, a rest, a piece of the other.
  if (busy && facetsDue) return (clock.elapsed() - began) * BUSY_REST;
  if (moreFacets) return 0;
  if (indexBatch()) return busy ? (clock.elapsed() - began) * BUSY_REST : 0;
  if (moreGone) return 0;
  if (objectsWait()) return POLL_EVERY;
  if (objectIndex.indexBatch(OBJECT_BATCH_TIME)) return busy ? (clock.elapsed() - began) * BUSY_REST : 0;
  if (!busy && gone.pack()) return clock.elapsed() - began;
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
