import { implement, ORPCError } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function runHandlers({ flows, links, runs }: Workbench) {
  const os = implement(contract.runs);
  const known = (runId: number) => {
    const run = runs.get(runId);
    if (run !== undefined) return run;
    const advice = 'wb register and its like print the id of their run.';
    throw new ORPCError('NOT_FOUND', { message: `there is no run ${runId}`, data: { advice }, defined: true });
  };
  return os.router({
    register: os.register.handler(({ input }) => ({ runId: unwrap(flows.register(input)) })),
    rotate: os.rotate.handler(({ input }) => ({ runId: unwrap(flows.rotate(input)) })),
    unregister: os.unregister.handler(({ input }) => ({ runId: unwrap(flows.unregister(input)) })),
    look: os.look.handler(({ input }) => ({ runId: unwrap(flows.look(input)) })),
    doctor: os.doctor.handler(({ input }) => ({ runId: unwrap(flows.doctor(input)) })),
    get: os.get.handler(({ input }) => known(input.runId)),
    list: os.list.handler(({ input }) => {
      const linkId = input.name === undefined ? undefined : unwrap(links.find(input.name)).id;
      return runs.list({
        limit: input.limit,
        ...(linkId === undefined ? {} : { linkId }),
        ...(input.kinds === undefined ? {} : { kinds: input.kinds }),
      });
    }),
    watch: os.watch.handler(async function* ({ input, signal }) {
      known(input.runId);
      yield* runs.watch(input.runId, signal);
    }),
    cancel: os.cancel.handler(({ input }) => unwrap(runs.cancel(input.runId))),
  });
}
