/** One measured piece of work in a process of its own: `logs-process.ts WORK DATABASE LOG` prints its figures as JSON. */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { systemClock } from '../../core/clock.ts';
import { createBodyStore } from '../../core/history/bodies.ts';
import { openDatabase } from '../../core/history/database.ts';
import { COLUMNS, type ExchangeRow } from '../../core/history/exchange-row.ts';
import { createExchangeWriter } from '../../core/history/exchange-writer.ts';
import { migrate } from '../../core/history/migrations/list.ts';
import type { Ended, Timings } from '../../core/http/wire.ts';
import { openViewer } from '../../core/loopback/viewer.ts';
import { bytesOf } from '../../core/session-log/format/body.ts';
import type { ExchangeLine } from '../../core/session-log/format/records.ts';
import { readLog } from '../../core/session-log/read/read-log.ts';
import { createExportJob } from '../../core/workbench/session-logs/exporting/export-job.ts';
import { openWorkbench } from '../../core/workbench.ts';

export interface LogFigures {
  readonly seconds: number;
  /** Of the processor, all threads together. */
  readonly processor: number;
  /** Largest resident memory beyond that before the work (of an import: of a workbench that is running), bytes. */
  readonly memory: number;
}

/** `begin`: what was done until then is no part of what is measured. */
type Work = (file: string, log: string, begin: () => void) => Promise<unknown>;

/** As it stands in the table with its bodies, nothing made of it. */
const baseline: Work = async (file, log) => {
  const database = new Database(file, { readonly: true });
  const bodies = createBodyStore(database);
  const rows = database.prepare<[], ExchangeRow>(`SELECT ${COLUMNS} FROM exchange ORDER BY id`);
  const textOf = (body: number | null) => (body === null ? null : Buffer.from(bodies.get(body)).toString('utf8'));
  function* pieces() {
    let text = '';
    for (const row of rows.iterate()) {
      text += `${JSON.stringify({ ...row, request: textOf(row.request_body), response: textOf(row.response_body) })}\n`;
      if (text.length < 256 * 1024) continue;
      yield text;
      text = '';
    }
    yield text;
  }
  await pipeline(Readable.from(pieces()), createGzip(), createWriteStream(log));
  database.close();
};

const exporting: Work = async (file, log) => {
  const job = createExportJob(
    {
      file,
      known: [],
      about: {
        ids: null,
        chosen: null,
        links: 'all',
        runs: null,
        objects: 'all',
        groups: ['personal'],
        key: 'bench',
        format: 'ocpilog',
        table: 'exchanges',
      },
    },
    token => `id${token.length}`,
  );
  const turn = () => new Promise<void>(resolve => setImmediate(resolve));
  await job.look(turn);
  const header = {
    workbench: '0',
    writtenAt: '2026-11-22T10:00:00Z',
    title: 'bench',
    scope: {},
    redacted: ['personal' as const],
    keptPersonal: null,
    platform: { parties: [], versions: [], versionsUrl: null },
  };
  const name = { path: log, temporary: `${log}.part`, replace: true, hidden: false };
  const written = await job.write({ header, file: name }, turn);
  if (!written.ok) throw new Error(written.failure.message);
  await job.finish();
  await job.close();
};

const parsing: Work = async (_, log) => {
  let lines = 0;
  const unpacked = createReadStream(log).pipe(createGunzip());
  for await (const line of createInterface({ input: unpacked })) if (JSON.parse(line) !== null) lines++;
  return lines;
};

const reading: Work = async (_, log) => {
  let odd = 0;
  for await (const line of readLog({ path: log })) if (line.type === 'odd') odd++;
  if (odd > 0) throw new Error(`${odd} lines cannot be read`);
};

/** The exchanges of a log into the table, and nothing else. */
const inserting: Work = async (file, log) => {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  migrate(database);
  const writer = createExchangeWriter(database, { bodies: createBodyStore(database), largestBody: 1_000_000 });
  const unpacked = createReadStream(log).pipe(createGunzip());
  let waiting: ExchangeLine[] = [];
  const store = database.transaction((lines: readonly ExchangeLine[]) => {
    for (const { id, request, response, ended, timings, link: linkId, findings = [], ...line } of lines) {
      writer.insert(id, {
        direction: line.direction,
        operation: line.operation,
        startedAt: line.startedAt,
        ...(linkId === undefined ? {} : { linkId }),
        ...(line.version === undefined ? {} : { version: line.version }),
        ...(line.ocpiStatus === undefined ? {} : { ocpiStatus: line.ocpiStatus }),
        request: { ...request, body: request.body === undefined ? new Uint8Array() : bytesOf(request.body) },
        ...(response && {
          response: { ...response, body: response.body === undefined ? new Uint8Array() : bytesOf(response.body) },
        }),
        ended: ended as Ended,
        ...(timings && { timings: timings as unknown as Timings }),
        findings: findings as never,
      });
    }
  });
  for await (const text of createInterface({ input: unpacked })) {
    const line = JSON.parse(text) as ExchangeLine | { readonly type: 'link' };
    if (line.type !== 'exchange') continue;
    waiting.push(line);
    if (waiting.length < 16) continue;
    store.immediate(waiting);
    waiting = [];
  }
  store.immediate(waiting);
  database.close();
};

/** Milliseconds until all threads of a workbench are there, which is so whether or not anything is imported. */
const THREADS_THERE = 15_000;

const importing: Work = async (file, log, begin) => {
  const opened = await openWorkbench({ file, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  await systemClock.sleep(THREADS_THERE);
  begin();
  for await (const step of opened.value.logs.importing.import({ source: { path: log } })) {
    if (!step.ok) throw new Error(step.failure.message);
  }
  // It is not closed: that waits for what is derived from it, which is no part of the import.
};

/** As `wb log open`, from the beginning of the process until a table shows a first row. */
const opening: Work = async (_, log) => {
  const opened = await openViewer({ path: log, name: 'some.ocpilog' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { client } = opened.value;
  while ((await client.exchanges.page({ limit: 1 })).rows.length === 0) await systemClock.sleep(5);
  firstRow = process.uptime();
  await opened.value.close();
};

const WORKS: Readonly<Record<string, Work>> = { baseline, exporting, parsing, reading, inserting, importing, opening };

const [, , name = '', file = '', log = ''] = process.argv;
const work = WORKS[name];
if (work === undefined) throw new Error(`there is no work ${name}`);
let idle = process.memoryUsage().rss;
let largest = idle;
/** Of `opening`: seconds since the process began. */
let firstRow: number | undefined;
const sample = () => {
  largest = Math.max(largest, process.memoryUsage().rss);
};
const sampling = setInterval(sample, 50);
let began = systemClock.elapsed();
let before = process.cpuUsage();
await work(file, log, () => {
  idle = process.memoryUsage().rss;
  largest = idle;
  began = systemClock.elapsed();
  before = process.cpuUsage();
});
sample();
clearInterval(sampling);
const seconds = firstRow ?? (systemClock.elapsed() - began) / 1000;
const { user, system } = process.cpuUsage(before);
const figures: LogFigures = { seconds, processor: (user + system) / 1e6, memory: largest - idle };
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
