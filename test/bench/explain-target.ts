/**
 * The workbench over a database that is there already, as a process of its own: `rest` serves it with the detectors done
 * once they are, `work` while they look at everything anew. Writes `{ port }`, then on each message `Explaining`.
 */
import { localClient } from '../../core/handlers/local-client.ts';
import { createRouter } from '../../core/handlers/router.ts';
import { openWorkbench } from '../../core/workbench.ts';
import { LOAD_TOKEN } from './load-target.ts';

export interface Explaining {
  /** Exchanges the detectors have not looked at yet. */
  readonly behind: number;
  /** Milliseconds for the groups of all there is. */
  readonly groupsMs: number;
  readonly groups: number;
  /** Of the processor, all threads, since it began: seconds. */
  readonly processor: number;
}

if (process.argv[1] === import.meta.filename) {
  const opened = await openWorkbench({ file: process.argv[2] ?? '', keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  const versionsUrl = 'http://127.0.0.1:9/ocpi/versions';
  workbench.links.adopt({ name: 'load', versionsUrl, token: 'not-used', theirToken: LOAD_TOKEN });
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  const client = localClient(createRouter(workbench));
  process.on('message', async () => {
    const began = performance.now();
    const { behind, groups } = await client.errors.groups({ findings: 'note' });
    const { user, system } = process.cpuUsage();
    process.send?.({
      behind,
      groups: groups.length,
      groupsMs: performance.now() - began,
      processor: (user + system) / 1e6,
    } satisfies Explaining);
  });
  process.once('SIGTERM', async () => {
    await workbench.close();
    process.exit();
  });
  process.send?.({ port: serving.value.port });
}
