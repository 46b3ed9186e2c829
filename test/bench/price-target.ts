/**
 * The workbench over a database with CDRs of its own: prices them one after the other when told to, as somebody does who looks
 * through them. Writes `{ port }`, then on `price` the seconds it took and how many were found right, and on `stop` it stops early.
 */
import { localClient } from '../../core/handlers/local-client.ts';
import { createRouter } from '../../core/handlers/router.ts';
import { openWorkbench } from '../../core/workbench.ts';
import { LOAD_TOKEN } from './load-target.ts';

export interface Priced {
  readonly seconds: number;
  /** Of the processor, all threads: seconds. */
  readonly processor: number;
  readonly bills: number;
  readonly right: number;
}

export const idOf = (number: number) => `BENCH-${number}`;

if (process.argv[1] === import.meta.filename) {
  const [file = '', count = '0'] = process.argv.slice(2);
  const opened = await openWorkbench({ file, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.failure.message);
  const workbench = opened.value;
  const versionsUrl = 'http://127.0.0.1:9/ocpi/versions';
  workbench.links.adopt({ name: 'load', versionsUrl, token: 'not-used', theirToken: LOAD_TOKEN });
  const serving = await workbench.serving.start();
  if (!serving.ok) throw new Error(serving.failure.message);
  const client = localClient(createRouter(workbench));
  let stopped = false;
  process.on('message', async message => {
    stopped = message === 'stop';
    if (stopped) return;
    const began = performance.now();
    const before = process.cpuUsage();
    let [bills, right] = [0, 0];
    for (; bills < Number(count) && !stopped; bills++) {
      const { verdict } = await client.money.price({ bill: { own: 'cdrs', id: idOf(bills) } });
      if (verdict === 'right') right++;
    }
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - began) / 1000;
    process.send?.({ seconds, processor: (user + system) / 1e6, bills, right } satisfies Priced);
  });
  process.once('SIGTERM', async () => {
    await workbench.close();
    process.exit();
  });
  process.send?.({ port: serving.value.port });
}
