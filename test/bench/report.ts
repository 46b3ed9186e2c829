/**
 * A million CDRs reported: how long the first question takes, how long it took to derive what is counted, and what
 * partners notice of either.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { factsFileOf, removeFactsFile } from '../../core/history/facts/facts-file.ts';
import type { Bench } from './figure.ts';
import { askedTarget, end, p99Of } from './load-runs.ts';
import { fillCdrs } from './report-cdrs.ts';
import type { Reported } from './report-target.ts';

const CDRS = 1_000_000;
const GROUPINGS = ['day', 'location', 'tariff', 'token'] as const;
const MEBIBYTE = 1024 * 1024;

type Grouping = (typeof GROUPINGS)[number];

interface Measured {
  readonly deriving: number;
  readonly bytes: number;
  readonly cold: readonly (readonly [by: Grouping, reported: Reported])[];
  readonly resting: number;
  readonly reporting: number;
  readonly derivingP99: number;
}

async function measureReports(cdrs = CDRS): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-report-'));
  const file = join(folder, 'workbench.db');
  const start = (of: string) => askedTarget<Grouping, Reported>(join(import.meta.dirname, 'report-target.ts'), of);
  try {
    await fillCdrs(file, cdrs);
    const first = await start(file);
    const began = systemClock.elapsed();
    while ((await first.ask('day')).behind > 0) await systemClock.sleep(200);
    const deriving = (systemClock.elapsed() - began) / 1000;
    await end(first.process);
    const bytes = statSync(factsFileOf(file)).size;

    const cold: (readonly [Grouping, Reported])[] = [];
    for (const by of GROUPINGS) {
      const asked = await start(file);
      cold.push([by, await asked.ask(by)]);
      await end(asked.process);
    }

    const second = await start(file);
    const resting = await p99Of(second.port);
    let isMeasured = false;
    const asking = (async () => {
      for (let at = 0; !isMeasured; at++) await second.ask(GROUPINGS[at % GROUPINGS.length] ?? 'day');
    })();
    const reporting = await p99Of(second.port);
    isMeasured = true;
    await asking;
    await end(second.process);

    removeFactsFile(file);
    const third = await start(file);
    const derivingP99 = await p99Of(third.port, async () => (await third.ask('day')).behind > 0);
    await end(third.process);
    return { deriving, bytes, cold, resting, reporting, derivingP99 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const reportBench: Bench = {
  name: 'report',
  about: `${CDRS.toLocaleString('en')} CDRs counted, and what is answered meanwhile`,
  measure: async () => {
    const { deriving, bytes, cold, resting, reporting, derivingP99 } = await measureReports();
    for (const [by, { charges, credits, behind }] of cold) {
      // One in a hundred credits another one, and neither is a charge.
      const isWhole = credits === CDRS / 100 && charges === CDRS - 2 * credits && behind === 0;
      if (!isWhole) throw new Error(`by ${by} there were ${charges} charges and ${credits} credits`);
    }
    const times = cold.map(([by, { ms, rows }]) => `${by} ${(ms / 1000).toFixed(2)} s (${rows} rows)`);
    return [
      {
        name: 'the slowest report, asked first',
        value: Math.max(...cold.map(([, { ms }]) => ms)) / 1000,
        unit: 's',
        atMost: 3,
        note: times.join(', '),
      },
      {
        name: 'p99 of answers while reports are asked for, times that at rest',
        value: reporting / resting,
        unit: 'ratio',
        atMost: 1.5,
        note: `${resting.toFixed(2)} ms at rest, ${reporting.toFixed(2)} ms meanwhile`,
      },
      {
        name: 'p99 of answers while it is derived, times that at rest',
        value: derivingP99 / resting,
        unit: 'ratio',
        atMost: 1.5,
        note: `${derivingP99.toFixed(2)} ms meanwhile`,
      },
      {
        name: 'derived, with nothing else to do',
        value: deriving,
        unit: 's',
        note: `${(bytes / MEBIBYTE).toFixed(0)} MiB`,
      },
    ];
  },
};

if (import.meta.main) console.table(await reportBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
