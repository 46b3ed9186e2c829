import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function reportHandlers({ reports }: Workbench) {
  const os = implement(contract.reports);
  return os.router({
    get: os.get.handler(async ({ input, signal }) => unwrap(await reports.get(input, signal))),
    csv: os.csv.handler(async ({ input, signal }) => unwrap(await reports.csv(input, signal))),
    charges: os.charges.handler(async ({ input, signal }) => unwrap(await reports.charges(input, signal))),
    differences: os.differences.handler(async ({ input, signal }) => unwrap(await reports.differences(input, signal))),
  });
}
