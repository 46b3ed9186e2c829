import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap, unwrapEach } from './unwrap.ts';

export function storageHandlers({ storage, forgetting }: Workbench) {
  const os = implement(contract.storage);
  return os.router({
    stats: os.stats.handler(async () => unwrap(await storage.stats())),
    check: os.check.handler(({ signal }) => unwrapEach(storage.check(signal))),
    backup: os.backup.handler(({ input, signal }) => unwrapEach(storage.backup(input.path, signal))),
    prune: os.prune.handler(({ input, signal }) => unwrapEach(storage.prune(input, signal))),
    setRetention: os.setRetention.handler(({ input }) => unwrap(storage.setRetention(input))),
    pin: os.pin.handler(({ input }) => unwrap(storage.pin(input))),
    forget: os.forget.handler(({ input, signal }) => unwrapEach(forgetting.forget(input, signal))),
  });
}
