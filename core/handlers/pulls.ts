import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function pullHandlers({ pulls, schedules }: Workbench) {
  const os = implement(contract.pulls);
  return os.router({
    start: os.start.handler(({ input }) => ({ runId: unwrap(pulls.start(input)) })),
    result: os.result.handler(({ input }) => unwrap(pulls.result(input.runId))),
    schedule: os.schedule.handler(({ input }) => unwrap(schedules.set(input))),
    schedules: os.schedules.handler(() => schedules.list()),
  });
}
