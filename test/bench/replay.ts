/** Recorded requests sent again as fast as possible, against a loop that only sends them. */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './figure.ts';
import type { ReplayFigures } from './replay-process.ts';

const ROUNDS = 3;

interface Round {
  readonly bare: number;
  readonly replay: ReplayFigures;
}

/** Each round measures the loop before and after the replay: ratios are of neighbours in time. */
async function measureRounds(folder: string): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const child: ChildProcess = fork(join(import.meta.dirname, 'replay-partner.ts'));
    try {
      const [port] = await once(child, 'message');
      const origin = `http://127.0.0.1:${port}`;
      const before = await inProcess('bare', origin);
      const replay = await inProcess('workbench', origin, join(folder, `replay-${round}.db`));
      const after = await inProcess('bare', origin);
      child.send('writes');
      const [writes] = await once(child, 'message');
      if (writes !== before.same + replay.same + after.same) throw new Error(`the partner got ${writes} writes`);
      rounds.push({ bare: (before.ms + after.ms) / 2, replay });
    } finally {
      child.kill('SIGTERM');
    }
  }
  return rounds;
}

async function inProcess(...args: readonly string[]): Promise<ReplayFigures> {
  const script = join(import.meta.dirname, 'replay-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], {
    env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
  });
  return JSON.parse(stdout) as ReplayFigures;
}

export const replayBench: Bench = {
  name: 'replay',
  about:
    '10,000 recorded PUTs and PATCHes of sessions, replayed as fast as possible, against an undici loop that only sends',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-replay-'));
    try {
      const rounds = await measureRounds(folder);
      const ratios = rounds.map(({ bare, replay }) => bare / replay.ms);
      const bare = `the loop alone: ${(median(rounds.map(round => round.bare)) / 1000).toFixed(1)} s`;
      return [
        {
          name: 'speed, replay to the bare loop',
          value: median(ratios),
          unit: 'ratio',
          atLeast: 0.5,
          note: `${bare}; ${ratios.map(ratio => ratio.toFixed(2)).join(', ')}`,
        },
        {
          name: 'from the order to the end, with plan and detectors',
          value: median(rounds.map(({ replay }) => replay.wholeMs)) / 1000,
          unit: 's',
        },
        {
          name: 'event loop late by, 99 of 100',
          value: Math.max(...rounds.map(({ replay }) => replay.late)),
          unit: 'ms',
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

if (import.meta.main) console.table(await replayBench.measure(), ['name', 'value', 'unit', 'atLeast', 'note']);
