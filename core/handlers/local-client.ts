import { createRouterClient } from '@orpc/server';
import type { ContractRouter } from './router.ts';

/** The contract without a wire, for a face in the process that owns the database: inputs are checked all the same. */
export function localClient(router: ContractRouter) {
  return createRouterClient(router, { context: {} });
}
