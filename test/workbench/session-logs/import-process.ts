import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ownDatabase } from '../../../core/loopback/own.ts';

/** A process that imports a log, and may be killed while it does. */
export interface ImportProcess {
  /** Resolves when some of the log is stored. */
  storing(): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export function startImportProcess(file: string, path: string): ImportProcess {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), file, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  const storing = new Promise<void>(resolve =>
    createInterface({ input: child.stdout }).on('line', line => {
      if (line === 'storing') resolve();
    }),
  );
  return {
    storing: () => storing,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

if (import.meta.main) {
  const [file = '', path = ''] = process.argv.slice(2);
  const owned = await ownDatabase({ file, keyStore: 'file' });
  if (!owned.ok) throw new Error(owned.failure.message);
  for await (const step of await owned.value.client.logs.import({ source: { path } })) {
    if (step.kind === 'progress') process.stdout.write(`${step.doing}\n`);
  }
}
