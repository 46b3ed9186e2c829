import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function lifeHandlers({ life }: Workbench) {
  const os = implement(contract.life);
  return os.router({
    get: os.get.handler(() => life.view()),
    set: os.set.handler(({ input }) => unwrap(life.set(input))),
    start: os.start.handler(async ({ input }) => unwrap(await life.start(input))),
    stop: os.stop.handler(({ input }) => unwrap(life.stop(input))),
    pause: os.pause.handler(() => life.pause()),
    resume: os.resume.handler(() => life.resume()),
  });
}
