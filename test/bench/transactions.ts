/** Transactions over many stored exchanges: how long they take to be put together, and how long a face waits for them. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import type { TransactionPageInput } from '../../core/contract/transaction.ts';
import { localClient } from '../../core/handlers/local-client.ts';
import { createRouter } from '../../core/handlers/router.ts';
import { createBodyStore } from '../../core/history/bodies.ts';
import { openDatabase } from '../../core/history/database.ts';
import { createExchangeWriter } from '../../core/history/exchange-writer.ts';
import type { ExchangeRecord } from '../../core/http/exchange.ts';
import { openWorkbench } from '../../core/workbench.ts';
import { fill } from './explain.ts';
import type { Bench, Figure } from './figure.ts';
import { median } from './load-runs.ts';

const EXCHANGES = Number(process.env['OCPI_WORKBENCH_BENCH_EXCHANGES'] ?? 1_000_000);
const LONG = 500;
const TRIES = 20;
const START = Date.UTC(2026, 0, 15, 12);
const PERIOD_MS = 60_000;

const FILTERS: Readonly<Record<string, TransactionPageInput>> = {
  'the newest 100': {},
  'link:': { link: 'partner 3' },
  'is:open': { open: true },
  'problem:error': { problem: 'error' },
  'state:billed': { state: 'billed' },
  'the beginning of an id': { search: `S${Math.floor(EXCHANGES / 2)}` },
  'offset in the middle': { offset: Math.floor(EXCHANGES / 3) },
};

export const transactionsBench: Bench = {
  name: 'transactions',
  about: `one of ${LONG} exchanges among ${EXCHANGES.toLocaleString('en')} that are stored, asked for over the contract`,
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-bench-'));
    const file = join(folder, 'workbench.db');
    try {
      fill(file, EXCHANGES - LONG);
      addLong(file);
      return await measure(file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(file: string): Promise<Figure[]> {
  const opened = await openWorkbench({ file, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  try {
    const client = localClient(createRouter(workbench));
    const began = systemClock.elapsed();
    const first = await timed(() => client.transactions.page({}));
    while ((await client.transactions.page({ limit: 1 })).behind > 0) await systemClock.sleep(200);
    const seconds = (systemClock.elapsed() - began) / 1000;
    // The detectors look at what is old once; what is measured is how it is from then on.
    while ((await client.errors.groups({ since: Date.now() })).behind > 0) await systemClock.sleep(1000);
    const { count } = await client.transactions.page({ limit: 1 });
    const long = (await client.transactions.page({ search: 'long-charge' })).rows[0];
    if (long?.exchanges !== LONG) throw new Error(`the long transaction has ${long?.exchanges} exchanges`);
    const opens = await several(() => client.transactions.get({ id: long.id }));
    const figures: Figure[] = [
      { name: 'first page, nothing put together yet', value: first, unit: 'ms' },
      {
        name: 'everything put together after',
        value: seconds,
        unit: 's',
        note: `${count.toLocaleString('en')} transactions`,
      },
      {
        name: 'beside the database, per exchange',
        value: statSync(`${file}.transactions`).size / EXCHANGES,
        unit: 'bytes',
      },
      {
        name: `one of ${LONG} exchanges opens`,
        value: opens.worst,
        unit: 'ms',
        atMost: 200,
        note: `median ${opens.median.toFixed(1)}`,
      },
    ];
    for (const [name, filter] of Object.entries(FILTERS)) {
      const pages = await several(() => client.transactions.page(filter));
      figures.push({
        name: `a page: ${name}`,
        value: pages.worst,
        unit: 'ms',
        atMost: 200,
        note: `median ${pages.median.toFixed(1)}`,
      });
    }
    return figures;
  } finally {
    await workbench.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = systemClock.elapsed();
  await work();
  return systemClock.elapsed() - began;
}

async function several(work: () => Promise<unknown>): Promise<{ readonly median: number; readonly worst: number }> {
  const taken: number[] = [];
  for (let at = 0; at < TRIES; at++) taken.push(await timed(work));
  return { median: median(taken), worst: Math.max(...taken) };
}

/** A charge that is told of for hours: put, patched with a period each minute, billed with all of them. */
function addLong(file: string): void {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  const writer = createExchangeWriter(database, { bodies: createBodyStore(database), largestBody: 1_000_000 });
  database
    .transaction(() => {
      for (let at = 0; at < LONG; at++) writer.insert(EXCHANGES - LONG + at + 1, partOfLong(at));
    })
    .immediate();
  database.close();
}

const time = (at: number) => new Date(START + at * PERIOD_MS).toISOString();
const period = (at: number) => ({ start_date_time: time(at), dimensions: [{ type: 'ENERGY', volume: 0.1 }] });
const TOKEN = { country_code: 'NL', party_id: 'EMP', uid: 'LONG-CARD', type: 'RFID', contract_id: 'NL-EMP-LONG' };

function partOfLong(at: number): ExchangeRecord {
  const common = { country_code: 'NL', party_id: 'CPO', cdr_token: TOKEN, auth_method: 'WHITELIST', currency: 'EUR' };
  const session = {
    ...common,
    id: 'long-charge',
    start_date_time: time(0),
    location_id: 'LONG',
    evse_uid: 'E1',
    connector_id: '1',
  };
  if (at === 0) return sent('PUT', { ...session, kwh: 0, status: 'ACTIVE', last_updated: time(0) }, at);
  if (at === LONG - 2)
    return sent('PATCH', { status: 'COMPLETED', end_date_time: time(at), kwh: at / 10, last_updated: time(at) }, at);
  if (at < LONG - 1) return sent('PATCH', { kwh: at / 10, charging_periods: [period(at)], last_updated: time(at) }, at);
  const cdr = {
    ...common,
    id: 'long-cdr',
    session_id: 'long-charge',
    start_date_time: time(0),
    end_date_time: time(LONG - 2),
    cdr_location: { id: 'LONG', evse_uid: 'E1', connector_id: '1' },
    charging_periods: Array.from({ length: LONG - 2 }, (_, place) => period(place)),
    total_cost: { excl_vat: 15 },
    total_energy: (LONG - 2) / 10,
    total_time: (LONG - 2) / 60,
    last_updated: time(LONG),
  };
  return sent('POST', cdr, at);
}

function sent(method: 'PUT' | 'PATCH' | 'POST', body: object, at: number): ExchangeRecord {
  const module = method === 'POST' ? 'cdrs' : 'sessions';
  return {
    direction: 'in',
    linkId: 1,
    operation: `${module}.${method.toLowerCase()}`,
    version: '2.2.1',
    startedAt: START + at * PERIOD_MS,
    request: {
      method,
      url: method === 'POST' ? '/ocpi/2.2.1/cdrs' : '/ocpi/2.2.1/sessions/NL/CPO/long-charge',
      headers: [
        ['Host', 'us.example'],
        ['Content-Type', 'application/json'],
      ],
      body: Buffer.from(JSON.stringify(body)),
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['Content-Type', 'application/json']],
      body: Buffer.from('{"status_code":1000,"timestamp":"2026-01-15T12:00:00Z"}'),
    },
    ended: { how: 'answered' },
    timings: { queue: null, dns: null, connect: null, tls: null, firstByte: null, total: 0.4 },
    ocpiStatus: 1000,
    findings: [],
  };
}

if (import.meta.main) console.table(await transactionsBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
