import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { type History, openHistory } from '../../core/history/history.ts';
import type { ExchangeRecord } from '../../core/http/exchange.ts';
import { versionsExchange } from '../support/exchanges.ts';
import type { Bench, Figure } from './figure.ts';

/** Milliseconds over all tries. */
interface Spread {
  readonly median: number;
  readonly worst: number;
}

interface RecordingFigures {
  /** Microseconds of the answering thread for one small exchange, in commits of 16; the quickest and the median round. */
  readonly best: number;
  readonly median: number;
}

interface QueryFigures {
  readonly exchanges: number;
  readonly bytesPerExchange: number;
  /** Of the full-text index, beside the database. */
  readonly indexBytesPerExchange: number;
  /** Seconds until the index knew every exchange, recorded as fast as it goes. */
  readonly indexedAfter: number;
  readonly lists: Readonly<Record<string, Spread>>;
  readonly searches: Readonly<Record<string, Spread>>;
}

export const historyBench: Bench = {
  name: 'history',
  about: 'what recording costs the answering thread, and lists and searches over 100,000 exchanges',
  async measure() {
    const recording = await measureRecording();
    const queries = await measureQueries();
    return [
      {
        name: 'recording one small exchange, commits of 16',
        value: recording.median,
        unit: 'µs',
        note: `median round; at best ${recording.best.toFixed(1)}`,
      },
      { name: 'database, per exchange', value: queries.bytesPerExchange, unit: 'bytes' },
      { name: 'full-text index, per exchange', value: queries.indexBytesPerExchange, unit: 'bytes' },
      { name: 'index complete after the last exchange', value: queries.indexedAfter, unit: 's' },
      ...spreads('list', queries.lists, 10),
      ...spreads('search', queries.searches, 50),
    ];
  },
};

/** The median is held to the bound: the worst of 20 belongs to the neighbours on the machine. */
function spreads(kind: string, measured: Readonly<Record<string, Spread>>, atMost: number): Figure[] {
  return Object.entries(measured).map(([name, { median, worst }]) => ({
    name: `${kind}: ${name}`,
    value: median,
    unit: 'ms',
    atMost,
    note: `worst of ${TRIES}: ${worst.toFixed(1)}`,
  }));
}

const GROUP = 16;
const TRIES = 20;

/** What one recorded exchange costs when 16 connections share a commit. */
async function measureRecording(rounds = 15, perRound = 8000): Promise<RecordingFigures> {
  return withHistory(async history => {
    const costs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const spent = await record(history, perRound, number => versionsExchange(number, { linkId: 1 }));
      costs.push((spent * 1000) / perRound);
    }
    costs.sort((left, right) => left - right);
    return { best: costs[0] ?? 0, median: costs[Math.floor(costs.length / 2)] ?? 0 };
  });
}

/** Lists and searches over many exchanges of mixed kinds: ten links, some failures, a few runs, bodies of several sizes. */
async function measureQueries(exchanges = 100_000): Promise<QueryFigures> {
  return withHistory(async history => {
    for (let number = 0; number < 10; number++) history.links.insert(linkNamed(`partner ${number}`));
    await record(history, exchanges, mixedExchange);
    const recorded = systemClock.elapsed();
    await indexed(history);
    const indexedAfter = (systemClock.elapsed() - recorded) / 1000;
    const newest = versionsExchange(exchanges - 1).startedAt;
    const lists = {
      newest: await spread(() => history.exchanges.list()),
      'of a link': await spread(() => history.exchanges.list({ link: 'partner 3' })),
      errors: await spread(() => history.exchanges.list({ errors: true })),
      'errors of a link': await spread(() => history.exchanges.list({ link: 'partner 7', errors: true })),
      'since, last hundredth': await spread(() => history.exchanges.list({ since: newest - exchanges / 100 })),
      'since the future': await spread(() => history.exchanges.list({ since: newest + 1 })),
      'errors of a link since': await spread(() =>
        history.exchanges.list({ link: 'partner 7', errors: true, since: newest - exchanges / 2 }),
      ),
      'of a run': await spread(() => history.exchanges.list({ runId: 17 })),
      'a page in the middle': await spread(() => history.exchanges.list({ before: exchanges / 2 })),
      'one, whole': await spread(() => history.exchanges.get(exchanges / 2)),
    };
    const search = (text: string, more = {}) =>
      spread(async () => {
        const found = await history.find({ search: text, limit: 100, ...more });
        if (!found.ok || found.exchanges.length === 0) throw new Error(`nothing found for ${text}`);
      });
    const searches = {
      'a word in all': await search('success'),
      'two common words': await search('locations success'),
      'one in a hundred': await search('rotterdam'),
      'a single one': await search(`loc${exchanges / 2}`),
      'a beginning': await search('rott*'),
      'a beginning of many': await search('loc*'),
      'common, of a link': await search('success', { link: 'partner 3' }),
      'common, errors of a link': await search('locations', { link: 'partner 7', errors: true }),
      'a page in the middle': await search('success', { before: exchanges / 2 }),
    };
    await history.close();
    const bytes = (end: string) => statSync(history.file + end).size / exchanges;
    return {
      exchanges,
      bytesPerExchange: bytes(''),
      indexBytesPerExchange: bytes('.search'),
      indexedAfter,
      lists,
      searches,
    };
  });
}

async function withHistory<T>(work: (history: History) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-bench-'));
  try {
    const opened = await openHistory({ file: join(folder, 'workbench.db'), clock: systemClock, keyStore: 'file' });
    if (!opened.ok) throw new Error(opened.message);
    try {
      return await work(opened.history);
    } finally {
      await opened.history.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records in groups as the server does; gives the milliseconds from handing over to knowing that it is stored. */
async function record(history: History, count: number, make: (number: number) => ExchangeRecord): Promise<number> {
  let spent = 0;
  for (let from = 0; from < count; from += GROUP) {
    const records = Array.from({ length: Math.min(GROUP, count - from) }, (_, at) => make(from + at));
    const began = systemClock.elapsed();
    const stored = await Promise.all(records.map(one => history.recorder.record(one)));
    spent += systemClock.elapsed() - began;
    if (!stored.every(one => one.stored)) throw new Error('an exchange was not stored');
  }
  return spent;
}

async function indexed(history: History): Promise<void> {
  for (;;) {
    const found = await history.find({ search: 'success', limit: 1 });
    if (!found.ok) throw new Error(found.reason);
    if (found.behind === 0) return;
    await systemClock.sleep(50);
  }
}

async function spread(work: () => unknown): Promise<Spread> {
  const times: number[] = [];
  for (let at = 0; at < TRIES; at++) {
    const began = systemClock.elapsed();
    await work();
    times.push(systemClock.elapsed() - began);
  }
  times.sort((left, right) => left - right);
  return { median: times[TRIES / 2] ?? 0, worst: times.at(-1) ?? 0 };
}

function linkNamed(name: string) {
  return {
    name,
    organisation: name,
    environment: 'test' as const,
    state: 'registered' as const,
    readOnly: false,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: { tokenForm: 'auto' as const, requiredModules: [] },
  };
}

const CITIES = ['Amsterdam', 'Utrecht', 'Eindhoven', 'Gent', 'Lyon', 'Köln', 'Wien', 'Oslo', 'Aarhus'];

/** Every second one a GET versions, every second a location with its text; one in fifty fails, one in 500 is of a run. */
function mixedExchange(number: number): ExchangeRecord {
  const more = {
    linkId: 1 + (number % 10),
    ...(number % 500 === 0 ? { runId: number / 500 } : {}),
    ...(number % 50 === 7 ? { ocpiStatus: 2001 } : {}),
  };
  const plain = versionsExchange(number, more);
  if (number % 2 === 0 || !plain.response) return plain;
  const city = number % 100 === 1 ? 'Rotterdam' : CITIES[number % CITIES.length];
  const body = {
    data: { id: `LOC${number + 1}`, name: `Charging at ${city}`, address: `Street ${number % 997}`, city, evses: [] },
    status_code: 1000,
    status_message: 'Success',
    timestamp: new Date(plain.startedAt).toISOString(),
  };
  return {
    ...plain,
    operation: 'locations.get',
    request: { ...plain.request, url: `/ocpi/2.2.1/sender/locations/LOC${number + 1}` },
    response: { ...plain.response, body: Buffer.from(JSON.stringify(body)) },
  };
}

if (import.meta.main) console.table(await historyBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
