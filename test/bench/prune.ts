/**
 * How long partners wait while half of a large database is let go: the same paced load on one workbench before, while it
 * prunes, and after. Answers are recorded all the time.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { createBodyStore } from '../../core/history/bodies.ts';
import { openDatabase } from '../../core/history/database.ts';
import { createExchangeWriter } from '../../core/history/exchange-writer.ts';
import { migrate } from '../../core/history/migrations/list.ts';
import { versionsExchange } from '../support/exchanges.ts';
import type { Bench } from './figure.ts';
import { end, median, VERSIONS_REQUEST } from './load-runs.ts';
import type { PacedFigures, PacedPlan } from './paced-load.ts';
import type { PruneDone } from './prune-target.ts';

const EXCHANGES = 1_000_000;
const PER_SECOND = 200;
const CONNECTIONS = 16;
const SECONDS = 20;
const ROWS = 5000;
const MEBIBYTE = 1024 * 1024;

interface PruneMeasured {
  readonly before: readonly PacedFigures[];
  readonly while: readonly PacedFigures[];
  readonly pruned: PruneDone;
  /** Of the database, bytes. */
  readonly sizes: { readonly before: number; readonly after: number };
  /** Answered, and not in the database afterwards. */
  readonly lost: number;
}

export async function measurePruning({ exchanges = EXCHANGES, seconds = SECONDS } = {}): Promise<PruneMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-prune-'));
  const file = join(folder, 'workbench.db');
  try {
    fill(file, exchanges);
    const child = fork(join(import.meta.dirname, 'prune-target.ts'), [file], { stdio: 'inherit' });
    const heard = async <T>() => (await once(child, 'message'))[0] as T;
    const port = await heard<number>();
    const run = () =>
      load({ port, connections: CONNECTIONS, perSecond: PER_SECOND, ms: seconds * 1000, request: VERSIONS_REQUEST });
    // What is derived of a database that is new to the workbench is derived first.
    await run();
    const before = [await run(), await run(), await run()];
    const sizeBefore = statSync(file).size;
    const pruning = heard<PruneDone>();
    child.send(exchanges / 2);
    const meanwhile: PacedFigures[] = [];
    let pruned: PruneDone | undefined;
    void pruning.then(done => {
      pruned = done;
    });
    while (pruned === undefined) meanwhile.push(await run());
    await end(child);
    const answered = [...before, ...meanwhile].reduce((sum, each) => sum + each.answered, 0);
    return {
      before,
      while: meanwhile,
      pruned,
      sizes: { before: sizeBefore, after: statSync(file).size },
      lost: Math.max(0, answered - newest(file, exchanges)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Half of them with an answer of their own, the other half with one of a thousand. */
function fill(file: string, exchanges: number): void {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  migrate(database);
  database.pragma('synchronous = OFF');
  const writer = createExchangeWriter(database, { bodies: createBodyStore(database), largestBody: MEBIBYTE });
  const some = database.transaction((from: number) => {
    for (let number = from; number < Math.min(exchanges, from + ROWS); number++) {
      const own = number % 2 === 0 ? number : number % 1000;
      const body = Buffer.from(JSON.stringify({ data: { own, filled: String(own).repeat(40) }, status_code: 1000 }));
      const response = { status: 200, statusText: 'OK', headers: [], body };
      writer.insert(writer.nextId(), versionsExchange(number, { response, startedAt: 1_790_000_000_000 + number }));
    }
  });
  for (let from = 0; from < exchanges; from += ROWS) some.immediate(from);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

async function load(plan: PacedPlan): Promise<PacedFigures> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'paced-load.ts'), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout)) as PacedFigures;
}

/** Exchanges that were recorded after those it was filled with. */
function newest(file: string, exchanges: number): number {
  const database = new Database(file, { readonly: true });
  try {
    return Number(database.prepare('SELECT count(*) FROM exchange WHERE id > ?').pluck().get(exchanges));
  } finally {
    database.close();
  }
}

export const pruneBench: Bench = {
  name: 'prune',
  about: `${EXCHANGES / 2} of ${EXCHANGES} exchanges let go while ${PER_SECOND} requests a second are answered`,
  measure: async () => {
    const { before, while: meanwhile, pruned, sizes, lost } = await measurePruning();
    const middle = (of: readonly PacedFigures[]) => median(of.map(each => each.p99));
    const worst = Math.max(...meanwhile.map(each => each.p99));
    const slowest = (of: readonly PacedFigures[]) => Math.max(...of.map(each => each.slowest)).toFixed(0);
    const unanswered = meanwhile.reduce((sum, each) => sum + each.asked - each.answered, 0);
    return [
      {
        name: 'p99 while pruning, of p99 before',
        value: middle(meanwhile) / middle(before),
        unit: 'ratio',
        atMost: 2,
        note: `${middle(meanwhile).toFixed(1)} ms (${worst.toFixed(1)} in the worst round) against ${middle(before).toFixed(1)}; the slowest ${slowest(meanwhile)} against ${slowest(before)} ms`,
      },
      { name: 'not answered', value: unanswered, unit: 'count', atMost: 0 },
      { name: 'answered and not recorded', value: lost, unit: 'count', atMost: 0 },
      {
        name: 'time',
        value: pruned.ms / 1000,
        unit: 's',
        note: `${pruned.exchanges} exchanges, ${pruned.bodies} bodies`,
      },
      {
        name: 'what is left of the file',
        value: sizes.after / sizes.before,
        unit: 'ratio',
        atMost: 0.65,
        note: `${Math.round(sizes.after / MEBIBYTE)} of ${Math.round(sizes.before / MEBIBYTE)} MiB`,
      },
    ];
  },
};
