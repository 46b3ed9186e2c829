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
  });
}
