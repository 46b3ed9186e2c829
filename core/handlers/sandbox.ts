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
    faults: {
      kinds: os.faults.kinds.handler(async () => unwrap(await sandbox.faults(faults => faults.kinds()))),
      list: os.faults.list.handler(async () => unwrap(await sandbox.faults(faults => faults.list()))),
      add: os.faults.add.handler(async ({ input }) => unwrap(await sandbox.faults(faults => faults.add(input)))),
      change: os.faults.change.handler(async ({ input }) =>
        unwrap(await sandbox.faults(faults => faults.change(input))),
      ),
      arm: os.faults.arm.handler(async ({ input }) => unwrap(await sandbox.faults(faults => faults.arm(input)))),
      remove: os.faults.remove.handler(async ({ input }) =>
        unwrap(await sandbox.faults(faults => faults.remove(input))),
      ),
      restart: os.faults.restart.handler(async ({ input }) =>
        unwrap(await sandbox.faults(faults => faults.restart(input))),
      ),
      import: os.faults.import.handler(async ({ input }) =>
        unwrap(await sandbox.faults(faults => faults.import(input))),
      ),
      export: os.faults.export.handler(async () => unwrap(await sandbox.faults(faults => faults.export()))),
      packs: os.faults.packs.handler(async () => unwrap(await sandbox.faults(faults => faults.packs()))),
      load: os.faults.load.handler(async ({ input }) => unwrap(await sandbox.faults(faults => faults.load(input)))),
      preview: os.faults.preview.handler(async ({ input }) =>
        unwrap(await sandbox.faults(faults => faults.preview(input))),
      ),
      try: os.faults.try.handler(async ({ input }) => unwrap(await sandbox.faults(faults => faults.try(input)))),
      suggest: os.faults.suggest.handler(async ({ input }) =>
        unwrap(await sandbox.faults(faults => faults.suggest(input))),
      ),
      hits: os.faults.hits.handler(async ({ input }) => unwrap(await sandbox.faults(faults => faults.hits(input)))),
    },
  });
}
