import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function sendingHandlers({ sending }: Workbench) {
  const os = implement(contract.sending);
  return os.router({
    operations: os.operations.handler(({ input }) => unwrap(sending.operations(input.name))),
    example: os.example.handler(async ({ input }) => unwrap(await sending.example(input))),
    preview: os.preview.handler(({ input }) => unwrap(sending.preview(input))),
    send: os.send.handler(async ({ input, signal }) => ({ exchangeId: unwrap(await sending.send(input, signal)) })),
    push: os.push.handler(async ({ input }) => ({ runId: unwrap(await sending.push(input)) })),
    retry: os.retry.handler(async ({ input }) => ({ runId: unwrap(await sending.retry(input)) })),
    command: os.command.handler(({ input }) => ({ runId: unwrap(sending.command(input)) })),
    authorize: os.authorize.handler(({ input }) => ({ runId: unwrap(sending.authorize(input)) })),
    profile: os.profile.handler(({ input }) => ({ runId: unwrap(sending.profile(input)) })),
    preferences: os.preferences.handler(({ input }) => ({ runId: unwrap(sending.preferences(input)) })),
  });
}
