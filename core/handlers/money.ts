import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function moneyHandlers({ money }: Workbench) {
  const os = implement(contract.money);
  return os.router({
    price: os.price.handler(async ({ input }) => unwrap(await money.price(input))),
    payments: os.payments.handler(async ({ input, signal }) => unwrap(await money.payments(input, signal))),
  });
}
