/**
 * What is asked while it prunes, as a process of its own: the whole workbench over the database named. Writes its port; told
 * how many exchanges are to stay it prunes, and writes what came of it.
 */
import { openWorkbench } from '../../core/workbench.ts';
import { LOAD_TOKEN } from './load-target.ts';

export interface PruneDone {
  readonly exchanges: number;
  readonly bodies: number;
  /** Bytes given back. */
  readonly bytes: number;
  readonly ms: number;
}

const [file = ''] = process.argv.slice(2);
const opened = await openWorkbench({ file, keyStore: 'file' });
if (!opened.ok) throw new Error(opened.failure.message);
const workbench = opened.value;
workbench.links.adopt({
  name: 'load',
  versionsUrl: 'http://127.0.0.1:9/ocpi/versions',
  token: 'not-used',
  theirToken: LOAD_TOKEN,
});
const serving = await workbench.serving.start();
if (!serving.ok) throw new Error(serving.failure.message);

async function prune(count: number): Promise<PruneDone> {
  const began = performance.now();
  for await (const step of workbench.storage.prune({ retention: { count }, confirmed: true })) {
    if (!step.ok) throw new Error(step.failure.message);
    if (step.value.kind !== 'pruned') continue;
    const { exchanges, bodies, bytes } = step.value;
    return { exchanges, bodies, bytes, ms: performance.now() - began };
  }
  throw new Error('it did not say what it had done');
}

process.on('message', message => {
  void prune(Number(message)).then(done => process.send?.(done));
});
process.once('SIGTERM', () => void workbench.close().then(() => process.exit()));
process.send?.(serving.value.port);
