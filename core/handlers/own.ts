import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function ownHandlers({ own }: Workbench) {
  const os = implement(contract.own);
  return os.router({
    import: os.import.handler(async ({ input }) => unwrap(await own.import(input))),
    generate: os.generate.handler(async ({ input }) => unwrap(await own.generate(input))),
    set: os.set.handler(async ({ input }) => unwrap(await own.set(input))),
    copy: os.copy.handler(async ({ input }) => unwrap(await own.copy(input))),
    list: os.list.handler(({ input }) => unwrap(own.list(input))),
    get: os.get.handler(({ input }) => unwrap(own.get(input))),
    remove: os.remove.handler(({ input }) => unwrap(own.remove(input))),
  });
}
