import type { ParentPort } from 'electron';
import { openLog } from '../core/workbench/log.ts';
import { createCoreHost } from './core-host.ts';
import type { ToCore } from './core-messages.ts';

/** Entry of the utility process, which is no Electron module of its own: its parent's port stands on `process`. */
const { parentPort } = process as typeof process & { readonly parentPort: ParentPort };

const core = createCoreHost({
  tell: message => parentPort.postMessage(message),
  end: () => process.exit(0),
});

let database: string | undefined;
const fall = (error: unknown) => {
  if (database !== undefined) openLog(database).trouble('the core ended', error);
  process.exit(1);
};
process.on('uncaughtException', fall);
process.on('unhandledRejection', fall);

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToCore;
  if (message.kind === 'open') database = message.database;
  core.hear(message, ports).catch(fall);
});
