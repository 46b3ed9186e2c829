import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function sandboxHandlers({ sandbox }: Workbench) {
  const os = implement(contract.sandbox);
  return os.router({
    get: os.get.handler(() => sandbox.view()),
    start: os.start.handler(async ({ input }) => unwrap(await sandbox.start(input))),
    stop: os.stop.handler(() => sandbox.stop()),
    life: {
      get: os.life.get.handler(async () => unwrap(await sandbox.life(life => life.get()))),
      set: os.life.set.handler(async ({ input }) => unwrap(await sandbox.life(life => life.set(input)))),
      start: os.life.start.handler(async ({ input }) => unwrap(await sandbox.charge(input))),
      stop: os.life.stop.handler(async ({ input }) => unwrap(await sandbox.life(life => life.stop(input)))),
      pause: os.life.pause.handler(async () => unwrap(await sandbox.life(life => life.pause()))),
      resume: os.life.resume.handler(async () => unwrap(await sandbox.life(life => life.resume()))),
    },
  });
}
