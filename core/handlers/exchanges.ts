import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function exchangeHandlers({ exchanges, resending, imports }: Workbench) {
  const os = implement(contract.exchanges);
  return os.router({
    list: os.list.handler(async ({ input }) => unwrap(await exchanges.list(input))),
    page: os.page.handler(async ({ input, signal }) => unwrap(await exchanges.page(input, signal))),
    count: os.count.handler(async ({ input, signal }) => unwrap(await exchanges.count(input, signal))),
    get: os.get.handler(({ input }) => unwrap(exchanges.get(input.id))),
    resend: os.resend.handler(async ({ input }) => unwrap(await resending.resend(input))),
    curl: os.curl.handler(({ input }) => unwrap(resending.curl(input))),
    upload: os.upload.handler(async ({ input }) => unwrap(await imports.upload(input))),
    import: os.import.handler(async ({ input }) => unwrap(await imports.import(input))),
    related: os.related.handler(async ({ input }) => unwrap(await exchanges.related(input.id))),
    note: os.note.handler(({ input }) => unwrap(exchanges.note(input))),
  });
}
