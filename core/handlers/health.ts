import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function healthHandlers({ health }: Workbench) {
  const os = implement(contract.health);
  return os.router({
    links: os.links.handler(async ({ input, signal }) => unwrap(await health.links(input, signal))),
    locations: os.locations.handler(async ({ input, signal }) => unwrap(await health.locations(input, signal))),
    location: os.location.handler(async ({ input, signal }) => unwrap(await health.location(input, signal))),
    thresholds: os.thresholds.handler(({ input }) => unwrap(health.thresholds(input))),
    setThresholds: os.setThresholds.handler(({ input }) => unwrap(health.setThresholds(input))),
    notices: os.notices.handler(({ input }) => unwrap(health.notices(input))),
    acknowledge: os.acknowledge.handler(({ input }) => unwrap(health.acknowledge(input))),
    look: os.look.handler(async ({ input }) => unwrap(await health.look(input))),
  });
}
