import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function exchangeHandlers({ exchanges }: Workbench) {
  const os = implement(contract.exchanges);
  return os.router({
    list: os.list.handler(async ({ input }) => unwrap(await exchanges.list(input))),
    get: os.get.handler(({ input }) => unwrap(exchanges.get(input.id))),
  });
}
