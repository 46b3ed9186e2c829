import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function faultHandlers({ faults }: Workbench) {
  const os = implement(contract.faults);
  return os.router({
    kinds: os.kinds.handler(() => faults.kinds()),
    list: os.list.handler(() => faults.list()),
    add: os.add.handler(({ input }) => unwrap(faults.add(input))),
    change: os.change.handler(({ input }) => unwrap(faults.change(input))),
    arm: os.arm.handler(({ input }) => unwrap(faults.arm(input))),
    remove: os.remove.handler(({ input }) => unwrap(faults.remove(input))),
    restart: os.restart.handler(({ input }) => unwrap(faults.restart(input))),
    import: os.import.handler(({ input }) => unwrap(faults.import(input))),
    export: os.export.handler(() => faults.export()),
    packs: os.packs.handler(() => faults.packs()),
    load: os.load.handler(({ input }) => unwrap(faults.load(input))),
    preview: os.preview.handler(({ input }) => unwrap(faults.preview(input))),
    try: os.try.handler(async ({ input }) => unwrap(await faults.try(input))),
    suggest: os.suggest.handler(({ input }) => unwrap(faults.suggest(input.exchangeId))),
    hits: os.hits.handler(({ input }) => faults.hits(input)),
  });
}
