import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../core/clock.ts';
import { openHistory } from '../../../core/history/history.ts';
import { answer, location, pageOf } from './pages.ts';

/** What a page of a run holds: each run changes the city of a third of the objects. */
export function pageOfRun(run: number, page: number, size: number) {
  return Array.from({ length: size }, (_, at) => {
    const number = page * size + at;
    return location(
      number,
      number % 3 === run % 3 ? { city: `Town ${run}`, last_updated: `2026-03-0${run}T00:00:00Z` } : {},
    );
  });
}

export interface PullingProcess {
  /** Pages it was told are stored, so far. */
  readonly acknowledged: readonly number[];
  atLeast(count: number): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a process that stores one page after the other, writing the number of each that is stored to its output. */
export function pullingProcess(
  file: string,
  { run, size }: { readonly run: number; readonly size: number },
): PullingProcess {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), file, String(run), String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: number[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  createInterface({ input: child.stdout }).on('line', line => {
    acknowledged.push(Number(line));
    for (const { count, resolve } of waiting) if (acknowledged.length >= count) resolve();
  });
  return {
    acknowledged,
    atLeast: count =>
      new Promise(resolve => {
        if (acknowledged.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

if (import.meta.main) {
  const [file = '', run, size] = process.argv.slice(2);
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { objects } = opened.history;
  for (let page = 0; ; page++) {
    const body = answer(pageOfRun(Number(run), page, Number(size)));
    const stored = await objects.ingest.store(pageOf(body, { runId: Number(run), page, seenAt: systemClock.now() }));
    if (stored.trouble !== undefined) throw new Error(stored.trouble);
    process.stdout.write(`${page}\n`);
  }
}
