import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function errorHandlers({ errors }: Workbench) {
  const os = implement(contract.errors);
  return os.router({
    groups: os.groups.handler(async ({ input, signal }) => unwrap(await errors.groups(input, signal))),
    explain: os.explain.handler(async ({ input }) => unwrap(await errors.explain(input.id))),
    explainCode: os.explainCode.handler(({ input }) => unwrap(errors.explainCode(input.code))),
    cases: os.cases.handler(() => errors.cases()),
    report: os.report.handler(async ({ input }) => unwrap(await errors.report(input.id))),
  });
}
