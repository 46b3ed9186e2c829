/**
 * The workbench over a database that is there already, as a process of its own. Writes `{ port }`, then on each message,
 * which names what to ask, `Looked`.
 */
import { localClient } from '../../core/handlers/local-client.ts';
import { createRouter } from '../../core/handlers/router.ts';
import { openWorkbench } from '../../core/workbench.ts';
import { LOAD_TOKEN } from './load-target.ts';

export interface Looked {
  /** Milliseconds until it was answered. */
  readonly ms: number;
  /** Notices, links or locations. */
  readonly count: number;
  /** The longest the thread that answers was busy meanwhile, milliseconds. */
  readonly longest: number;
}

if (process.argv[1] === import.meta.filename) {
  const opened = await openWorkbench({ file: process.argv[2] ?? '', keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  const versionsUrl = 'http://127.0.0.1:9/ocpi/versions';
  if (workbench.links.list().every(({ name }) => name !== 'load')) {
    workbench.links.adopt({ name: 'load', versionsUrl, token: 'not-used', theirToken: LOAD_TOKEN });
  }
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  const { health } = localClient(createRouter(workbench));
  const asks = {
    look: async () => (await health.look({})).notices.length,
    links: async () => (await health.links({})).links.length,
    locations: async () => (await health.locations({ order: 'availability' })).count,
  };
  process.on('message', async (what: keyof typeof asks) => {
    let longest = 0;
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - before - 1);
      before = now;
    }, 1);
    const began = performance.now();
    const count = await asks[what]();
    const ms = performance.now() - began;
    await new Promise(resolve => setTimeout(resolve, 2));
    clearInterval(timer);
    process.send?.({ ms, count, longest } satisfies Looked);
  });
  process.once('SIGTERM', async () => {
    await workbench.close();
    process.exit();
  });
  process.send?.({ port: serving.value.port });
}
