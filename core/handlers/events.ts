import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';

export function eventHandlers({ events }: Workbench) {
  const os = implement(contract.events);
  return os.router({
    watch: os.watch.handler(async function* ({ signal }) {
      yield* events.watch(signal);
    }),
  });
}
