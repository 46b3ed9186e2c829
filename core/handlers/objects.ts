import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function objectHandlers({ objects, browsing }: Workbench) {
  const os = implement(contract.objects);
  return os.router({
    list: os.list.handler(async ({ input }) => unwrap(await objects.list(input))),
    scan: os.scan.handler(async function* ({ input, signal }) {
      for await (const news of objects.scan(input, signal)) yield unwrap(news);
    }),
    lines: os.lines.handler(async ({ input, signal }) => unwrap(await browsing.lines(input, signal))),
    count: os.count.handler(async ({ input, signal }) => unwrap(await browsing.count(input, signal))),
    offset: os.offset.handler(async ({ input, signal }) => unwrap(await browsing.offset(input, signal))),
    map: os.map.handler(async ({ input, signal }) => unwrap(await browsing.map(input, signal))),
    values: os.values.handler(({ input }) => ({ values: browsing.values(input) })),
    lists: os.lists.handler(async () => unwrap(await browsing.lists())),
    get: os.get.handler(({ input }) => unwrap(objects.get(input))),
    text: os.text.handler(({ input }) => ({ text: unwrap(objects.text(input)) })),
    revisions: os.revisions.handler(async ({ input }) => unwrap(await objects.revisions(input))),
    changes: os.changes.handler(async ({ input }) => unwrap(await objects.changes(input))),
  });
}
