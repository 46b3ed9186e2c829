import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { unwrap } from './unwrap.ts';

export function workspaceHandlers({ workspace }: Workbench) {
  const os = implement(contract.workspace);
  return os.router({
    export: os.export.handler(async ({ input }) => unwrap(await workspace.export(input.folder))),
    import: os.import.handler(async ({ input }) => unwrap(await workspace.import(input))),
  });
}
