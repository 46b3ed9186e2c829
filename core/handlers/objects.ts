import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function objectHandlers({ objects }: Workbench) {
  const os = implement(contract.objects);
  return os.router({
    list: os.list.handler(async ({ input }) => unwrap(await objects.list(input))),
    scan: os.scan.handler(async function* ({ input, signal }) {
      for await (const news of objects.scan(input, signal)) yield unwrap(news);
    }),
    get: os.get.handler(({ input }) => unwrap(objects.get(input))),
    revisions: os.revisions.handler(async ({ input }) => unwrap(await objects.revisions(input))),
    changes: os.changes.handler(async ({ input }) => unwrap(await objects.changes(input))),
  });
}
