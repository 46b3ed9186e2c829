/**
 * How much of a bare node:http server the workbench keeps: GET versions, authenticated, sealed and fully recorded, against
 * the same bytes answered by nothing but node:http.
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './figure.ts';
import type { LoadFigures, LoadPlan } from './load.ts';
import { LOAD_TOKEN } from './load-target.ts';

export interface ServerLoadFigures {
  readonly connections: number;
  /** Answers in a second and latencies in milliseconds, medians of all rounds. */
  readonly bare: Omit<LoadFigures, 'answer'>;
  readonly workbench: Omit<LoadFigures, 'answer'>;
  /** Median over the rounds, each of which measures both. */
  readonly ratio: number;
  readonly p99Ratio: number;
}

const REQUEST = [
  'GET /ocpi/versions HTTP/1.1',
  'Host: 127.0.0.1',
  `Authorization: Token ${btoa(LOAD_TOKEN)}`,
  'Accept: application/json',
  'X-Request-ID: 7c0d9b9e-7e6b-4c6e-9f0e-0d5f8f0a1b2c',
  'X-Correlation-ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  '',
  '',
].join('\r\n');

async function measureServerLoad({ connections = 16, rounds = 11, ms = 1_000 } = {}): Promise<ServerLoadFigures> {
  const run = (port: number, time = ms) => load({ port, connections, ms: time, request: REQUEST });
  const workbench = await target('workbench');
  const { answer } = await run(workbench.port, 500);
  if (!answer.startsWith('HTTP/1.1 200 OK') || !answer.includes('"status_code":1000')) throw new Error(answer);
  const bare = await target('bare', JSON.stringify(split(answer)));
  try {
    await run(bare.port, 500);
    const measured: { readonly bare: LoadFigures; readonly workbench: LoadFigures }[] = [];
    for (let round = 0; round < rounds; round++)
      measured.push({ bare: await run(bare.port), workbench: await run(workbench.port) });
    const middle = (of: (round: (typeof measured)[number]) => number) => median(measured.map(of));
    const figures = (which: 'bare' | 'workbench') => ({
      perSecond: middle(round => round[which].perSecond),
      p50: middle(round => round[which].p50),
      p99: middle(round => round[which].p99),
    });
    return {
      connections,
      bare: figures('bare'),
      workbench: figures('workbench'),
      ratio: middle(round => round.workbench.perSecond / round.bare.perSecond),
      p99Ratio: middle(round => round.workbench.p99 / round.bare.p99),
    };
  } finally {
    await Promise.all([end(bare.process), end(workbench.process)]);
  }
}

async function target(
  which: 'bare' | 'workbench',
  ...args: string[]
): Promise<{ process: ChildProcess; port: number }> {
  const child = fork(join(import.meta.dirname, 'load-target.ts'), [which, ...args], { stdio: 'inherit' });
  const [port] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the ${which} server did not start`))),
  ]);
  return { process: child, port: Number(port) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function load(plan: LoadPlan): Promise<LoadFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'load.ts'),
    JSON.stringify(plan),
  ]);
  return JSON.parse(stdout);
}

/** Header lines flat, and the body. */
function split(answer: string): [string[], string] {
  const headEnd = answer.indexOf('\r\n\r\n');
  const [, ...lines] = answer.slice(0, headEnd).split('\r\n');
  return [lines.flatMap(line => line.split(/: (.*)/s, 2)), answer.slice(headEnd + 4)];
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;
}

export const serverLoadBench: Bench = {
  name: 'load',
  about: 'GET versions, authenticated, sealed and fully recorded, 16 connections, against a bare node:http server',
  measure: async () => {
    const { bare, workbench, ratio, p99Ratio } = await measureServerLoad();
    const words = ({ perSecond, p50, p99 }: Omit<LoadFigures, 'answer'>) =>
      `${Math.round(perSecond)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
    return [
      {
        name: 'throughput, share of the bare server',
        value: ratio,
        unit: 'ratio',
        atLeast: 0.6,
        note: words(workbench),
      },
      {
        name: 'p99, times that of the bare server',
        value: p99Ratio,
        unit: 'ratio',
        atMost: 5,
        note: `bare ${words(bare)}`,
      },
    ];
  },
};
