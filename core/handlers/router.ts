import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { exchangeHandlers } from './exchanges.ts';
import { linkHandlers } from './links.ts';
import { platformHandlers } from './platform.ts';
import { runHandlers } from './runs.ts';

/** The contract over a workbench. */
export function createRouter(workbench: Workbench) {
  return implement(contract).router({
    platform: platformHandlers(workbench),
    links: linkHandlers(workbench),
    runs: runHandlers(workbench),
    exchanges: exchangeHandlers(workbench),
  });
}

export type ContractRouter = ReturnType<typeof createRouter>;
