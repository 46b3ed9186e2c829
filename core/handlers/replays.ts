import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function replayHandlers({ replays, scenarios }: Workbench) {
  const os = implement(contract.replays);
  return os.router({
    plan: os.plan.handler(async ({ input }) => unwrap(await replays.plan(input))),
    start: os.start.handler(async ({ input }) => unwrap(await replays.start(input))),
    pause: os.pause.handler(({ input }) => unwrap(replays.pause(input.runId))),
    continue: os.continue.handler(({ input }) => unwrap(replays.continue(input.runId))),
    step: os.step.handler(({ input }) => unwrap(replays.step(input.runId))),
    stop: os.stop.handler(({ input }) => unwrap(replays.stop(input.runId))),
    list: os.list.handler(({ input }) => unwrap(replays.list(input))),
    get: os.get.handler(({ input }) => unwrap(replays.get(input.runId))),
    steps: os.steps.handler(({ input }) => unwrap(replays.steps(input))),
    stepView: os.stepView.handler(async ({ input }) => unwrap(await replays.stepView(input))),
    compare: os.compare.handler(async ({ input }) => unwrap(await replays.compare(input))),
    report: os.report.handler(async ({ input }) => unwrap(await replays.report(input))),
    scenarios: {
      list: os.scenarios.list.handler(() => scenarios.list()),
      get: os.scenarios.get.handler(({ input }) => unwrap(scenarios.get(input.name))),
      check: os.scenarios.check.handler(({ input }) => scenarios.check(input.text)),
      save: os.scenarios.save.handler(({ input }) => unwrap(scenarios.save(input.text))),
      remove: os.scenarios.remove.handler(({ input }) => unwrap(scenarios.remove(input.name))),
    },
  });
}
