/** Session logs out of and into large databases, each piece of work in a process of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillWith } from './explain.ts';
import type { Bench, Figure } from './figure.ts';
import { pushedSession } from './log-traffic.ts';
import type { LogFigures } from './logs-process.ts';

const EXCHANGES = Number(process.env['OCPI_WORKBENCH_BENCH_EXCHANGES'] ?? 100_000);
/** Memory is looked at over ten times as many: it must not grow with them. */
const MANY = 10 * EXCHANGES;
const MOST_MEMORY = 250 * 1024 * 1024;
/** Seconds, the beginning of the process included. */
const MOST_TO_FIRST_ROW = 2;
const PROCESS = join(import.meta.dirname, 'logs-process.ts');
/** As the threads of the workbench have it: room for what lives for a moment is no need of theirs. */
const YOUNG = '--max-semi-space-size=8';
/** The thread that exports has more of it, of 48 MiB in three parts, and an end of the rest. */
const EXPORTING = ['--max-semi-space-size=16', '--max-old-space-size=1024'];

export const logsBench: Bench = {
  name: 'logs',
  about: `session logs of ${EXCHANGES.toLocaleString('en')} exchanges; memory at ${MANY.toLocaleString('en')}`,
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-bench-'));
    try {
      const at = (name: string) => join(folder, name);
      fillWith({ file: at('some.db'), exchanges: EXCHANGES }, pushedSession);
      const baseline = run('baseline', at('some.db'), at('rows.gz'));
      const exporting = run('exporting', at('some.db'), at('some.ocpilog'));
      const parsing = run('parsing', '', at('some.ocpilog'));
      const reading = run('reading', '', at('some.ocpilog'));
      const inserting = run('inserting', at('bare.db'), at('some.ocpilog'));
      const importing = run('importing', at('other.db'), at('some.ocpilog'));
      const opening = run('opening', '', at('some.ocpilog'));
      fillWith({ file: at('many.db'), exchanges: MANY }, pushedSession);
      const many = run('exporting', at('many.db'), at('many.ocpilog'));
      const readMany = run('reading', '', at('many.ocpilog'));
      const importMany = run('importing', at('big.db'), at('many.ocpilog'));
      const megabytes = (file: string) => `${(statSync(at(file)).size / 1e6).toFixed(0)} MB`;
      return [
        ratio('export / rows read and gzipped', { done: exporting, baseline, note: megabytes('some.ocpilog') }),
        ratio('reading a log / gunzip and JSON.parse', { done: reading, baseline: parsing, bound: false }),
        ratio('import / bare insert of the same', { done: importing, baseline: inserting }),
        { name: 'opening a log to its first row', value: opening.seconds, unit: 's', atMost: MOST_TO_FIRST_ROW },
        memory(`memory of an export of ${MANY.toLocaleString('en')}`, many),
        memory('memory of reading it', readMany),
        memory('memory of importing it', importMany),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function run(...args: readonly [work: string, database: string, log: string]): LogFigures {
  const limits = args[0] === 'exporting' ? EXPORTING : [YOUNG];
  const said = execFileSync(process.execPath, [...limits, PROCESS, ...args], {
    env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(said.toString()) as LogFigures;
}

interface Compared {
  readonly done: LogFigures;
  readonly baseline: LogFigures;
  readonly bound?: boolean;
  readonly note?: string;
}

function ratio(name: string, { done, baseline, bound = true, note = '' }: Compared): Figure {
  const spent = ({ seconds, processor }: LogFigures) => `${seconds.toFixed(1)} s (processor ${processor.toFixed(1)} s)`;
  return {
    name,
    value: done.seconds / baseline.seconds,
    unit: 'ratio',
    ...(bound ? { atMost: 2 } : {}),
    note: `${spent(done)} against ${spent(baseline)} ${note}`.trim(),
  };
}

function memory(name: string, figures: LogFigures): Figure {
  return { name, value: figures.memory, unit: 'bytes', atMost: MOST_MEMORY };
}
