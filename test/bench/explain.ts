/**
 * The detectors over a day's traffic that nobody has looked at: how long they take, what the partners meanwhile notice of
 * it, and how long the Errors area waits for its groups.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../core/clock.ts';
import { sampleFor } from '../../core/faults/sample.ts';
import { createBodyStore } from '../../core/history/bodies.ts';
import { openDatabase } from '../../core/history/database.ts';
import { createExchangeWriter } from '../../core/history/exchange-writer.ts';
import { migrate } from '../../core/history/migrations/list.ts';
import type { ExchangeRecord } from '../../core/http/exchange.ts';
import type { Explaining } from './explain-target.ts';
import type { Bench } from './figure.ts';
import { askedTarget, end, p99Of } from './load-runs.ts';

const EXCHANGES = 100_000;
const LINKS = 10;
const START = Date.UTC(2026, 0, 15, 12);
const OPERATIONS = [
  'locations.list',
  'sessions.put',
  'sessions.patch',
  'cdrs.post',
  'tokens.authorize',
  'versions.list',
];

interface ExplainMeasured {
  readonly seconds: number;
  readonly processor: number;
  readonly resting: number;
  readonly working: number;
  readonly groups: Explaining;
}

async function measureExplaining(exchanges = EXCHANGES): Promise<ExplainMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-explain-'));
  const file = join(folder, 'workbench.db');
  try {
    fill(file, exchanges);
    const first = await start(file);
    await looked(first);
    // Bodies are packed when nothing else is to do, as they are in a database that is in use.
    while (unpacked(file) > 0) await systemClock.sleep(500);
    await end(first.process);

    // What is searched and filtered by is derived by now too.
    forget(file);
    const second = await start(file);
    const seconds = await looked(second);
    const { processor } = await second.ask('now');
    const groups = await second.ask('now');
    const resting = await p99Of(second.port);
    await end(second.process);

    forget(file);
    const third = await start(file);
    const working = await p99Of(third.port, async () => (await third.ask('now')).behind > 0);
    await end(third.process);
    return { seconds, processor, resting, working, groups };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const start = (file: string) => askedTarget<'now', Explaining>(join(import.meta.dirname, 'explain-target.ts'), file);

/** Seconds until everything is looked at. */
async function looked({ ask }: Awaited<ReturnType<typeof start>>): Promise<number> {
  const began = systemClock.elapsed();
  while ((await ask('now')).behind > 0) await systemClock.sleep(500);
  return (systemClock.elapsed() - began) / 1000;
}

function unpacked(file: string): number {
  const database = new Database(file, { readonly: true });
  const count = database.prepare('SELECT count(*) FROM body WHERE coding = 0 AND length >= 1024').pluck().get();
  database.close();
  return Number(count);
}

/** As if a newer version of the detectors came: what they found is gone too, so that all of it is written once more. */
function forget(file: string): void {
  const database = new Database(file);
  database.exec("DELETE FROM setting WHERE name = 'insight.looked'; UPDATE exchange SET findings = NULL");
  database.close();
}

/** A day's traffic: right for the most part, one in fifty refused, one in twenty flawed. */
export function fill(file: string, exchanges: number): void {
  const samples = OPERATIONS.map(operation => sampleFor({ operation, version: '2.2.1', direction: 'answer' }));
  fillWith({ file, exchanges }, number => {
    const sample = samples[number % samples.length];
    return sample && exchangeOf(sample, number);
  });
}

/** A new database with links 1 to 20 or so, and of each number the exchange it makes. */
export function fillWith(
  { file, exchanges }: { readonly file: string; readonly exchanges: number },
  recordOf: (number: number) => ExchangeRecord | undefined,
): void {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  migrate(database);
  const writer = createExchangeWriter(database, { bodies: createBodyStore(database), largestBody: 1_000_000 });
  const links = database.prepare('INSERT INTO link (id, name, details, created_at, updated_at) VALUES (?, ?, ?, 0, 0)');
  const details = {
    organisation: 'bench',
    environment: 'test',
    state: 'registered',
    readOnly: false,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: { tokenForm: 'auto', requiredModules: [] },
  };
  database
    .transaction(() => {
      for (let id = 1; id <= LINKS; id++) links.run(id, `partner ${id}`, JSON.stringify(details));
      for (let number = 1; number <= exchanges; number++) {
        const record = recordOf(number);
        if (record !== undefined) writer.insert(number, record);
      }
    })
    .immediate();
  database.close();
}

function exchangeOf({ facts, message }: ReturnType<typeof sampleFor>, number: number): ExchangeRecord {
  if (message.side !== 'answer') throw new Error('a sample answer');
  const { request, operation } = facts;
  const refused = number % 50 === 7;
  const content = Buffer.from(message.body).toString('utf8');
  const named = (text: string) => text.replaceAll(/\bID(\d)/g, `S${number}-$1`);
  const text = refused ? '{"status_code":2001,"status_message":"no","timestamp":"2026-01-15T12:00:00Z"}' : content;
  const flawed = number % 20 === 3 ? text.replace(/"timestamp":"[^"]+"/, '"timestamp":"2026-01-15 12:00"') : text;
  return {
    direction: 'in',
    linkId: 1 + (number % LINKS),
    operation,
    ...(facts.version === undefined ? {} : { version: facts.version }),
    startedAt: START + number * 800,
    request: {
      method: request.method,
      url: named(request.url),
      headers: request.headers.map(([name, value]) =>
        name === 'Authorization' ? [name, 'Token {token:0a1b2c3d4e5f:base64:48}'] : [name, value],
      ),
      body: Buffer.from(named(Buffer.from(request.body).toString('utf8'))),
    },
    response: {
      status: message.status,
      statusText: message.statusText,
      headers: message.headers,
      body: Buffer.from(flawed),
    },
    ended: { how: 'answered' },
    timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total: 0.4 },
    ocpiStatus: refused ? 2001 : 1000,
    findings: [],
  };
}

export const explainBench: Bench = {
  name: 'explain',
  about: `${EXCHANGES.toLocaleString('en')} stored exchanges looked at from scratch, and what is answered meanwhile`,
  measure: async () => {
    const { seconds, processor, resting, working, groups } = await measureExplaining();
    return [
      {
        name: 'everything looked at',
        value: seconds,
        unit: 's',
        atMost: 10,
        note: `${processor.toFixed(1)} s of the processor`,
      },
      {
        name: 'p99 of answers meanwhile, times that at rest',
        value: working / resting,
        unit: 'ratio',
        atMost: 1.5,
        note: `${resting.toFixed(2)} ms at rest, ${working.toFixed(2)} ms meanwhile`,
      },
      { name: 'errors in groups', value: groups.groupsMs, unit: 'ms', atMost: 300, note: `${groups.groups} groups` },
    ];
  },
};

if (import.meta.main) console.table(await explainBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
