import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Figure } from './figure.ts';
import { PAGE_SIZE } from './location-pages.ts';
import type { PullProcessFigures } from './pull-process.ts';

const MEBIBYTE = 1024 * 1024;
const FEW = 100_000;
const MANY = 1_000_000;
const ROUNDS = 3;

/** With BENCH_ALL set also a pull of a million, for its memory. */
export const pullBench: Bench = {
  name: 'pull',
  about:
    'pulling locations (2 EVSEs of 2 connectors, pages of 1,000) against an undici loop that only fetches and parses',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-pull-'));
    try {
      const few = await measureFew(folder);
      if (!process.env['BENCH_ALL']) return few.figures;
      const many = await withPartner(MANY, ({ origin }) => inProcess('workbench', origin, join(folder, 'many.db')));
      return [
        ...few.figures,
        { name: '1,000,000: peak memory', value: many.peakMemory / MEBIBYTE, unit: 'MiB', atMost: 400 },
        {
          name: 'peak memory, 1,000,000 to 100,000',
          value: many.peakMemory / few.peakMemory,
          unit: 'ratio',
          atMost: 1.15,
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Round {
  readonly first: number;
  readonly second: number;
  readonly bare: number;
  readonly peakMemory: number;
}

/** Each round measures the loop before and between its pulls: ratios are of neighbours in time. */
async function measureFew(folder: string) {
  const rounds = await withPartner(FEW, async ({ origin, serve }) => {
    const measured: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const file = join(folder, `few-${round}.db`);
      await serve(0);
      const before = await inProcess('bare', origin);
      const first = await inProcess('workbench', origin, file);
      await serve(1);
      const between = await inProcess('bare', origin);
      const second = await inProcess('workbench', origin, file);
      if (before.objects !== FEW || first.news !== FEW || second.news !== FEW / 100) {
        throw new Error(`${before.objects} fetched, ${first.news} and ${second.news} stored`);
      }
      measured.push({
        first: first.ms / before.ms,
        second: second.ms / between.ms,
        bare: before.ms,
        peakMemory: Math.max(first.peakMemory, second.peakMemory),
      });
    }
    return measured;
  });
  const peakMemory = Math.max(...rounds.map(round => round.peakMemory));
  const bare = `the loop alone: ${(median(rounds.map(round => round.bare)) / 1000).toFixed(1)} s`;
  const ratio = (name: string, values: readonly number[], atMost: number): Figure => ({
    name: `100,000: ${name}`,
    value: median(values),
    unit: 'ratio',
    atMost,
    note: `${bare}; ${values.map(value => value.toFixed(2)).join(', ')}`,
  });
  const figures: Figure[] = [
    ratio(
      'first pull',
      rounds.map(({ first }) => first),
      3,
    ),
    ratio(
      'second pull, 1 % changed',
      rounds.map(({ second }) => second),
      2.5,
    ),
    { name: '100,000: peak memory', value: peakMemory / MEBIBYTE, unit: 'MiB', atMost: 400 },
  ];
  return { figures, peakMemory };
}

interface PartnerProcess {
  readonly origin: string;
  /** Serves another version of the objects. */
  serve(version: number): Promise<void>;
}

async function withPartner<T>(objects: number, work: (partner: PartnerProcess) => Promise<T>): Promise<T> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'pull-partner.ts'), [String(objects / PAGE_SIZE)]);
  try {
    const [port] = await once(child, 'message');
    return await work({
      origin: `http://127.0.0.1:${port}`,
      serve: async version => {
        child.send(String(version));
        await once(child, 'message');
      },
    });
  } finally {
    child.kill('SIGTERM');
  }
}

async function inProcess(...args: readonly string[]): Promise<PullProcessFigures> {
  const script = join(import.meta.dirname, 'pull-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], {
    env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
  });
  return JSON.parse(stdout) as PullProcessFigures;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

if (import.meta.main) console.table(await pullBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
