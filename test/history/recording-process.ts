import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../core/clock.ts';
import { openHistory } from '../../core/history/history.ts';
import { versionsExchange } from '../support/exchanges.ts';

export interface RecordingProcess {
  readonly pid: number;
  /** Ids it was told are stored, so far. */
  readonly acknowledged: readonly number[];
  /** Resolves when so many are acknowledged. */
  atLeast(count: number): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a process that owns a database and records as fast as it can, writing each id that is stored to its output. */
export async function recordingProcess(file: string, { pid = 0 } = {}): Promise<RecordingProcess> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), file, String(pid)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: number[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  createInterface({ input: child.stdout }).on('line', line => {
    acknowledged.push(...line.split(' ').map(Number));
    for (const { count, resolve } of waiting) if (acknowledged.length >= count) resolve();
  });
  const atLeast = (count: number) =>
    acknowledged.length >= count
      ? Promise.resolve()
      : new Promise<void>(resolve => {
          waiting.push({ count, resolve });
        });
  await atLeast(1);
  return {
    pid: child.pid ?? 0,
    acknowledged,
    atLeast,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

if (import.meta.main) {
  const [file = '', pid] = process.argv.slice(2);
  const opened = await openHistory({
    file,
    clock: systemClock,
    keyStore: 'file',
    ...(Number(pid) === 0 ? {} : { pid: Number(pid) }),
  });
  if (!opened.ok) throw new Error(opened.message);
  const { recorder } = opened.history;
  for (let number = 0; ; number += 16) {
    const group = Array.from({ length: 16 }, (_, at) => recorder.record(versionsExchange(number + at)));
    const stored = await Promise.all(group);
    process.stdout.write(`${stored.flatMap(one => (one.stored ? [one.id] : [])).join(' ')}\n`);
  }
}
