import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function transactionHandlers({ transactions }: Workbench) {
  const os = implement(contract.transactions);
  return os.router({
    page: os.page.handler(async ({ input, signal }) => unwrap(await transactions.page(input, signal))),
    get: os.get.handler(async ({ input }) => unwrap(await transactions.get(input.id))),
    of: os.of.handler(async ({ input }) => unwrap(await transactions.of(input.exchangeId))),
  });
}
