import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';

export function platformHandlers(workbench: Workbench) {
  const os = implement(contract.platform);
  return os.router({
    get: os.get.handler(() => workbench.describe()),
  });
}
