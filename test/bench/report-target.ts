/**
 * The workbench over a database that is there already, as a process of its own. Writes `{ port }`, then on each message,
 * which names what to count by, `Reported`.
 */
import { localClient } from '../../core/handlers/local-client.ts';
import { createRouter } from '../../core/handlers/router.ts';
import { openWorkbench } from '../../core/workbench.ts';
import { LOAD_TOKEN } from './load-target.ts';

export interface Reported {
  /** Milliseconds until the report was there. */
  readonly ms: number;
  readonly charges: number;
  readonly credits: number;
  readonly rows: number;
  /** CDRs that are not counted yet. */
  readonly behind: number;
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
  const client = localClient(createRouter(workbench));
  process.on('message', async (by: 'day' | 'location' | 'tariff' | 'token') => {
    const began = performance.now();
    const { total, count, behind } = await client.reports.get({ by });
    const ms = performance.now() - began;
    process.send?.({ ms, behind, rows: count, charges: total.charges, credits: total.credits } satisfies Reported);
  });
  process.once('SIGTERM', async () => {
    await workbench.close();
    process.exit();
  });
  process.send?.({ port: serving.value.port });
}
