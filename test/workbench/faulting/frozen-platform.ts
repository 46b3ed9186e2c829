import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../core/clock.ts';
import { ownDatabase } from '../../../core/loopback/own.ts';

/** The moment at which time stands. */
const NOON = Date.UTC(2026, 5, 1, 12);

export interface FrozenPlatform {
  readonly port: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** A process of its own that owns a database and serves, while its clock stands. */
export async function frozenPlatform(file: string): Promise<FrozenPlatform> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<number>((resolve, reject) => {
    lines.once('line', line => resolve(Number(line)));
    child.once('close', () => reject(new Error('the platform ended before it listened')));
  });
  return {
    port,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

if (import.meta.main) {
  const [file = ''] = process.argv.slice(2);
  const owned = await ownDatabase({ file, keyStore: 'file', clock: { ...systemClock, now: () => NOON } });
  if (!owned.ok) throw new Error(owned.failure.message);
  const serving = await owned.value.workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  process.stdout.write(`${serving.value.port}\n`);
}
