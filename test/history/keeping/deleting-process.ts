import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openHistory } from '../../../core/history/history.ts';
import { KEEP_ALL, standing } from './recorded.ts';

/** Starts a process that prunes; resolves once it is `doing` that, when it is killed at once. */
export async function killedWhile(file: string, doing: string): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== doing) continue;
    child.kill('SIGKILL');
    await gone;
    return;
  }
  throw new Error(`it ended without ${doing}`);
}

if (import.meta.main) {
  const [file = ''] = process.argv.slice(2);
  const opened = await openHistory({ file, clock: standing, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  // What the killed one before it left behind is not in its way.
  const deleted = await history.keeping.deleteExchanges(
    { kind: 'retention', retention: { ...KEEP_ALL, age: 30 }, gently: false },
    { progress: ({ doing }) => process.stdout.write(`${doing}\n`) },
  );
  if (!deleted.ok) throw new Error(deleted.failure.message);
  await history.close();
}
