import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../clock.ts';
import type { LogViewing } from '../../contract/session-log.ts';
import { openViewer, type Viewer } from '../../loopback/viewer.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { openBrowser } from '../browser.ts';
import { type CommonOptions, command, perform } from '../command.ts';
import { readPort, untilSignal } from '../serve-options.ts';
import { CommandFailure, tell } from '../terminal.ts';
import { buildPage } from '../ui-command.ts';
import { createProgressLine } from './progress-line.ts';

interface OpenFlags extends CommonOptions {
  readonly port?: string;
  readonly open: boolean;
}

/** Milliseconds between two looks at how far the file is read. */
const LOOKED_EVERY = 250;

export function openCommand(): Command {
  return command(
    'open <file>',
    'look at a session log as a page in the browser, without touching any database; prints one JSON line with its address; Ctrl-C ends it',
  )
    .option('--port <port>', 'of the page (default: a free one)')
    .option('--no-open', 'print the address only')
    .action((file: string, options: OpenFlags) =>
      perform(options, async () => {
        const port = options.port === undefined ? undefined : readPort(options.port);
        buildPage();
        const asked = untilSignal();
        const opened = await openViewer({ path: resolve(file), name: basename(file), port });
        if (!opened.ok) throw new CommandFailure(opened.failure);
        const viewer = opened.value;
        try {
          const address = await viewer.newAddress();
          if (address === undefined) throw new Error('who owns a database gives addresses of its page');
          const at = Number(new URL(address).port);
          process.stdout.write(`${JSON.stringify({ url: address, port: at, pid: process.pid })}\n`);
          if (options.open) openBrowser(address, tell);
          const ended = new AbortController();
          const reading = tellHowFar(viewer, ended.signal);
          await asked;
          ended.abort();
          await reading;
        } finally {
          await viewer.close();
        }
        return 0;
      }),
    );
}

/** What is wrong with a file is known at its end. */
async function tellHowFar({ client }: Viewer, signal: AbortSignal): Promise<void> {
  const line = createProgressLine();
  let last: LogViewing | null = null;
  while (!signal.aborted) {
    last = await client.logs.viewing();
    if (last?.state !== 'reading') break;
    line.show({ doing: 'reading', done: last.exchanges, total: last.total });
    await systemClock.sleep(LOOKED_EVERY, signal).catch(() => {});
  }
  line.end();
  if (last !== null && last.problem !== '')
    tell(plainText(`${last.name} is ${last.condition ?? 'not read'}: ${last.problem}`));
}
