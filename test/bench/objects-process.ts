import { systemClock } from '../../core/clock.ts';
import { type History, openHistory } from '../../core/history/history.ts';
import type { ObjectQuery } from '../../core/history/objects/objects.ts';
import { versionsExchange } from '../support/exchanges.ts';
import { createLocationPages, PAGE_SIZE } from './location-pages.ts';

/** What one measured process writes to its output, in milliseconds and bytes. */
export interface ParseFigures {
  readonly perPage: number;
}

export interface PullFigures {
  readonly perPage: number;
  readonly peakMemory: number;
  /** Seconds from the last page to the full text being complete; absent where it was not waited for. */
  readonly searchableAfter?: number;
  readonly changed: number;
  /** Of the exchanges that were recorded meanwhile. */
  readonly recordedMedian: number;
  readonly recordedWorst: number;
}

export type QueryFigures = Readonly<Record<string, { readonly median: number; readonly worst: number }>>;

const PARSE_ROUNDS = 40;
const TRIES = 20;
/** As often an exchange is recorded while pages are stored. */
const RECORDED_EVERY = 10;

/** JSON.parse of the same pages, and nothing else. */
function parse(): ParseFigures {
  const pages = createLocationPages();
  let spent = 0;
  for (let number = -5; number < PARSE_ROUNDS; number++) {
    const body = pages.page(Math.max(0, number), 0);
    const began = systemClock.elapsed();
    const { data } = JSON.parse(body.toString()) as { data: unknown[] };
    if (number >= 0) spent += systemClock.elapsed() - began;
    if (data.length !== PAGE_SIZE) throw new Error('the page is not whole');
  }
  return { perPage: spent / PARSE_ROUNDS };
}

/** Stores so many objects, one page after the other, with the next one at hand. */
async function pull(history: History, { objects, run, wait }: { objects: number; run: number; wait: boolean }) {
  const pages = createLocationPages();
  const waits = recordMeanwhile(history);
  let changed = 0;
  let spent = 0;
  for (let page = 0; page < objects / PAGE_SIZE; page++) {
    const body = pages.page(page, run - 1);
    const began = systemClock.elapsed();
    const stored = await history.objects.ingest.store({
      ...{ linkId: 1, runId: run, module: 'locations', version: '2.2.1', shape: 'list' },
      page,
      body,
      seenAt: systemClock.now(),
    });
    spent += systemClock.elapsed() - began;
    if (stored.trouble !== undefined) throw new Error(stored.trouble);
    changed += stored.added + stored.changed;
  }
  const began = systemClock.elapsed();
  const recorded = await waits();
  const searchableAfter = wait ? { searchableAfter: await searchable(history, began) } : {};
  const figures: PullFigures = {
    perPage: spent / (objects / PAGE_SIZE),
    peakMemory: process.resourceUsage().maxRSS * 1024,
    changed,
    ...searchableAfter,
    ...recorded,
  };
  return figures;
}

/** Records an exchange now and then; the returned function ends it and tells how long they waited. */
function recordMeanwhile(history: History) {
  const ending = new AbortController();
  const waits: number[] = [];
  const working = (async () => {
    for (let number = 0; !ending.signal.aborted; number++) {
      const began = systemClock.elapsed();
      await history.recorder.record(versionsExchange(number));
      waits.push(systemClock.elapsed() - began);
      await systemClock.sleep(RECORDED_EVERY);
    }
  })();
  return async () => {
    ending.abort();
    await working;
    const { median, worst } = spreadOf(waits);
    return { recordedMedian: median, recordedWorst: worst };
  };
}

async function searchable(history: History, began: number): Promise<number> {
  for (;;) {
    const found = await history.objects.list({ linkId: 1, module: 'locations', search: 'station', limit: 1 });
    if (!found.ok) throw new Error(found.reason);
    if (found.behind === 0) return (systemClock.elapsed() - began) / 1000;
    await systemClock.sleep(50);
  }
}

async function query(history: History, objects: number): Promise<QueryFigures> {
  const list = async (more: Partial<ObjectQuery>) => {
    const began = systemClock.elapsed();
    const found = await history.objects.list({ linkId: 1, module: 'locations', limit: 100, ...more });
    const took = systemClock.elapsed() - began;
    if (!found.ok || found.objects.length === 0) throw new Error(`nothing is found by ${JSON.stringify(more)}`);
    return { took, next: found.next };
  };
  const first = (await list({})).next ?? 0;
  const last = first + objects - PAGE_SIZE - 100;
  const some = String(objects / 2).padStart(7, '0');
  const queries: Readonly<Record<string, Partial<ObjectQuery>>> = {
    'field: one in five': { where: ['evses.status=CHARGING'] },
    'field: one in 900': { where: ['postal_code=9001'] },
    'fields: three at once': { where: ['evses.status=CHARGING', 'operator.name=Operator 4', 'postal_code=9004'] },
    'fields: at the end': { where: ['evses.status=CHARGING', 'city=Lyon'], after: last },
    'words: in all of them': { search: 'station' },
    'words: in one of ten': { search: 'göteborg charging' },
    'words: in a single one': { search: `LOC${some}` },
    'words: a beginning': { search: 'loc00*' },
    'words and a field': { search: 'station lyon', where: ['evses.status=CHARGING'] },
    'words and a rare field': { search: 'station', where: ['postal_code=9007'] },
    'page of 1,000: the first': { limit: PAGE_SIZE },
    'page of 1,000: the last': { limit: PAGE_SIZE, after: last },
    'changed since': { changedSince: 1 },
  };
  const figures: Record<string, { median: number; worst: number }> = {};
  for (const [name, more] of Object.entries(queries)) {
    const times: number[] = [];
    for (let at = 0; at < TRIES; at++) times.push((await list(more)).took);
    figures[name] = spreadOf(times);
  }
  return figures;
}

function spreadOf(times: readonly number[]) {
  const sorted = [...times].sort((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 };
}

async function withHistory<T>(file: string, work: (history: History) => Promise<T>): Promise<T> {
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  try {
    return await work(opened.history);
  } finally {
    await opened.history.close();
  }
}

/** `parse`, `pull FILE OBJECTS RUN [wait]`, `query FILE OBJECTS`: one figure is one process, for its memory is its own. */
async function run([mode = '', file = '', objects = '', number = '', wait]: readonly string[]): Promise<unknown> {
  if (mode === 'parse') return parse();
  return withHistory<unknown>(file, history =>
    mode === 'query'
      ? query(history, Number(objects))
      : pull(history, { objects: Number(objects), run: Number(number), wait: wait === 'wait' }),
  );
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(process.argv.slice(2)))}\n`);
