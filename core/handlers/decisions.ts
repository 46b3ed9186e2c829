import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function decisionHandlers({ decisions }: Workbench) {
  const os = implement(contract.decisions);
  return os.router({
    pending: os.pending.handler(() => decisions.pending()),
    decide: os.decide.handler(({ input }) => ({ decided: unwrap(decisions.decide(input)) })),
    policies: os.policies.handler(({ input }) => unwrap(decisions.policies(input.name))),
    setPolicy: os.setPolicy.handler(({ input }) => unwrap(decisions.setPolicy(input))),
  });
}
