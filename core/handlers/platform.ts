import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { switchServing } from '../workbench/operated-serving.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function platformHandlers(workbench: Workbench) {
  const os = implement(contract.platform);
  return os.router({
    acknowledge: os.acknowledge.handler(() => {
      workbench.platform.acknowledgeKeyNotice();
      return workbench.describe();
    }),
    get: os.get.handler(() => workbench.describe()),
    configure: os.configure.handler(({ input }) => {
      // Null takes a setting back; absent leaves it.
      const { publicUrl, ...rest } = input;
      const taken = publicUrl === undefined ? {} : { publicUrl: publicUrl ?? undefined };
      unwrap(workbench.platform.configure({ ...rest, ...taken }));
      return workbench.describe();
    }),
    serve: os.serve.handler(async ({ input }) => {
      unwrap(await switchServing(workbench.serving, input.on));
      return workbench.describe();
    }),
  });
}
