/**
 * How much of a bare node:http server the workbench keeps: GET versions, authenticated, sealed and fully recorded, against
 * the same bytes answered by nothing but node:http.
 */
import type { Bench } from './figure.ts';
import type { LoadFigures } from './load.ts';
import { end, load, median, target, VERSIONS_REQUEST } from './load-runs.ts';

export interface ServerLoadFigures {
  readonly connections: number;
  /** Answers in a second and latencies in milliseconds, medians of all rounds. */
  readonly bare: Omit<LoadFigures, 'answer'>;
  readonly workbench: Omit<LoadFigures, 'answer'>;
  /** Median over the rounds, each of which measures both. */
  readonly ratio: number;
  readonly p99Ratio: number;
}

async function measureServerLoad({ connections = 16, rounds = 11, ms = 1_000 } = {}): Promise<ServerLoadFigures> {
  const run = (port: number, time = ms) => load({ port, connections, ms: time, request: VERSIONS_REQUEST });
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

/** Header lines flat, and the body. */
function split(answer: string): [string[], string] {
  const headEnd = answer.indexOf('\r\n\r\n');
  const [, ...lines] = answer.slice(0, headEnd).split('\r\n');
  return [lines.flatMap(line => line.split(/: (.*)/s, 2)), answer.slice(headEnd + 4)];
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
