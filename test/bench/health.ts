/** A look at many links and their EVSEs: how long it takes, and what partners notice of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../core/clock.ts';
import { factsFileOf } from '../../core/history/facts/facts-file.ts';
import type { Bench } from './figure.ts';
import { fillWatched, type Watched } from './health-links.ts';
import type { Looked } from './health-target.ts';
import { askedTarget, end, median, p99Of } from './load-runs.ts';

const WATCHED: Watched = { links: 200, evses: 10_000, exchanges: 100_000 };
const LOOKS = 15;

type Asked = 'look' | 'links' | 'locations';

interface Measured {
  readonly first: number;
  readonly look: number;
  readonly reading: number;
  readonly longest: number;
  readonly resting: number;
  readonly looking: number;
}

async function measureHealth(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-health-'));
  const file = join(folder, 'workbench.db');
  try {
    await fillWatched(file, WATCHED);
    const target = await askedTarget<Asked, Looked>(join(import.meta.dirname, 'health-target.ts'), file);
    const { ms: first } = await target.ask('look');
    await seen(target.ask);
    const looks: Looked[] = [];
    const readings: number[] = [];
    for (let round = 0; round < LOOKS; round++) {
      looks.push(await target.ask('look'));
      readings.push(readAll(file));
    }
    const resting = await p99Of(target.port);
    let isMeasured = false;
    const asking = (async () => {
      const asks = ['look', 'links', 'locations'] as const;
      for (let at = 0; !isMeasured; at++) await target.ask(asks[at % asks.length] ?? 'look');
    })();
    const looking = await p99Of(target.port);
    isMeasured = true;
    await asking;
    await end(target.process);
    return {
      ...{ first, resting, looking, reading: median(readings) },
      look: median(looks.map(({ ms }) => ms)),
      longest: median(looks.map(({ longest }) => longest)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything is counted and derived: what is over its threshold is told. */
async function seen(ask: (what: Asked) => Promise<Looked>): Promise<void> {
  for (let tries = 0; (await ask('look')).count < WATCHED.evses / 100; tries++) {
    if (tries === 100) throw new Error('not every EVSE that is out of order was told');
    await systemClock.sleep(100);
  }
}

/** Milliseconds to read from SQLite what a look is about: links, their tokens and notices, and every EVSE. */
function readAll(file: string): number {
  const database = new Database(file, { readonly: true });
  const facts = new Database(factsFileOf(file), { readonly: true });
  const began = performance.now();
  const rows = [
    ...database.prepare('SELECT * FROM link').all(),
    ...database.prepare('SELECT * FROM token').all(),
    ...database.prepare('SELECT * FROM link_offer').all(),
    ...database.prepare('SELECT * FROM notice WHERE until IS NULL').all(),
    ...facts.prepare('SELECT * FROM status_evse JOIN status_place USING (object)').all(),
  ];
  const took = performance.now() - began;
  if (rows.length < WATCHED.evses + WATCHED.links) throw new Error(`only ${rows.length} rows were read`);
  for (const connection of [database, facts]) connection.close();
  return took;
}

export const healthBench: Bench = {
  name: 'health',
  about: `a look at ${WATCHED.links} links and ${WATCHED.evses.toLocaleString('en')} EVSEs, and what is answered meanwhile`,
  measure: async () => {
    const { first, look, reading, longest, resting, looking } = await measureHealth();
    return [
      {
        name: 'a look at everything, times reading it from SQLite',
        value: look / reading,
        unit: 'ratio',
        atMost: 20,
        note: `${look.toFixed(0)} ms, ${reading.toFixed(1)} ms`,
      },
      {
        name: 'p99 of answers while it is looked without pause, times that at rest',
        value: looking / resting,
        unit: 'ratio',
        atMost: 1.5,
        note: `${resting.toFixed(2)} ms at rest, ${looking.toFixed(2)} ms meanwhile`,
      },
      { name: 'longest the thread that answers was busy in a look', value: longest, unit: 'ms' },
      {
        name: 'the first look',
        value: first / 1000,
        unit: 's',
        note: `${WATCHED.exchanges.toLocaleString('en')} exchanges of a day counted`,
      },
    ];
  },
};

if (import.meta.main) console.table(await healthBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
