import { type Dispatcher, request } from 'undici';
import { systemClock } from '../../core/clock.ts';
import { ownDatabase } from '../../core/loopback/own.ts';

/** What a measured process writes to its output: milliseconds for everything, bytes of memory at most. */
export interface PullProcessFigures {
  readonly ms: number;
  readonly peakMemory: number;
  readonly objects: number;
  readonly news: number;
}

const peakMemory = () => process.resourceUsage().maxRSS * 1024;

/** The least anybody can do: ask for page after page and parse it. */
async function bare(origin: string): Promise<PullProcessFigures> {
  const began = systemClock.elapsed();
  let objects = 0;
  for (let url: string | undefined = `${origin}/locations?limit=1000`; url !== undefined; ) {
    const { body, headers }: Dispatcher.ResponseData = await request(url);
    const { data } = JSON.parse(await body.text()) as { readonly data: readonly unknown[] };
    objects += data.length;
    url = /^<([^>]*)>/.exec(String(headers['link'] ?? ''))?.[1];
  }
  return { ms: systemClock.elapsed() - began, peakMemory: peakMemory(), objects, news: 0 };
}

/** `wb pull --full`: recorded, checked, compared, stored. */
async function workbench(origin: string, file: string): Promise<PullProcessFigures> {
  const owned = await ownDatabase({ file, keyStore: 'file' });
  if (!owned.ok) throw new Error(owned.failure.message);
  const { client, close } = owned.value;
  const name = 'bench';
  const known = await client.links.list();
  if (known.length === 0) {
    const { runId } = await client.links.adopt({ name, versionsUrl: `${origin}/versions`, token: 'the-token' });
    for await (const _ of await client.runs.watch({ runId }));
  }
  const { runId } = await client.pulls.start({ name, module: 'locations', full: true, pageSize: 1000 });
  for await (const _ of await client.runs.watch({ runId }));
  const { ok, summary, objects, added, changed, durationMs } = await client.pulls.result({ runId });
  if (!ok) throw new Error(summary);
  const figures = { ms: durationMs, peakMemory: peakMemory(), objects, news: added + changed };
  await close();
  return figures;
}

const [which, origin = '', file = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(which === 'bare' ? await bare(origin) : await workbench(origin, file)));
