import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function linkHandlers({ links, flows }: Workbench) {
  const os = implement(contract.links);
  return os.router({
    list: os.list.handler(() => links.list()),
    get: os.get.handler(({ input }) => unwrap(links.get(input.name))),
    add: os.add.handler(({ input }) => unwrap(links.add(input))),
    invite: os.invite.handler(async ({ input }) => unwrap(await flows.invite(input))),
    adopt: os.adopt.handler(({ input }) => unwrap(flows.adopt(input))),
    set: os.set.handler(({ input }) => unwrap(links.set(input))),
    remove: os.remove.handler(({ input }) => unwrap(links.remove(input))),
    reveal: os.reveal.handler(({ input }) => unwrap(links.reveal(input))),
  });
}
