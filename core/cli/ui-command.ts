import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { Failure } from '../contract/failure.ts';
import { joinDatabase } from '../loopback/join.ts';
import type { Joined } from '../loopback/own.ts';
import { openBrowser } from './browser.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { databasePath } from './database-path.ts';
import { readPort, untilSignal } from './serve-options.ts';
import { CommandFailure, tell } from './terminal.ts';

interface UiFlags extends CommonOptions {
  readonly port?: string;
  readonly open: boolean;
}

export function uiCommand(): Command {
  return command('ui', 'the workbench as a page in the browser; prints one JSON line with its address; Ctrl-C ends it')
    .option('--port <port>', 'of the page, kept in the database (default: the kept one, else where it was last)')
    .option('--no-open', 'print the address only')
    .action((options: UiFlags) =>
      perform(options, async () => {
        const file = databasePath(options.db);
        const port = options.port === undefined ? undefined : readPort(options.port);
        buildPage();
        await showPage({ file, port, open: options.open });
        return 0;
      }),
    );
}

/** In the sources the page is built when it is missing or old; an installed workbench brings it along. */
export function buildPage(): void {
  const script = fileURLToPath(new URL('../setup/page.js', import.meta.url));
  if (existsSync(script)) spawnSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
}

interface Showing {
  readonly file: string;
  readonly port: number | undefined;
  readonly open: boolean;
}

/**
 * Shows the page until it is asked to end. Where another process owns the database, that one serves it; should it end
 * first, this one takes over, and the page that is open comes back by itself.
 */
async function showPage({ file, port, open }: Showing): Promise<void> {
  const signal = untilSignal().then(() => 'signal' as const);
  let before: number | undefined;
  for (;;) {
    const joined = await joinDatabase({ file, page: { port, before, insists: true } });
    if (!joined.ok) throw new CommandFailure(joined.failure);
    const first = before === undefined;
    try {
      await startPlatform(joined.value);
      const address = await joined.value.newAddress();
      if (address === undefined) throw new CommandFailure(NO_PAGE);
      const at = Number(new URL(address).port);
      if (first) {
        process.stdout.write(`${JSON.stringify({ url: address, port: at, pid: process.pid })}\n`);
        if (port !== undefined && at !== port) {
          tell(`--port ${port} is not used: the process that owns the database serves the page, at ${at}.`);
        }
        if (open) openBrowser(address, tell);
      }
      before = at;
      const end = await Promise.race([signal, joined.value.ownerGone.then(() => 'owner gone' as const)]);
      if (end === 'signal') return;
      tell('The process that owned the database ended; the page goes on from this one.');
    } finally {
      await joined.value.close();
    }
  }
}

const NO_PAGE: Failure = {
  code: 'OPERATION_FAILED',
  message: 'the process that owns the database gives no address of the page',
  advice: 'End that process, perhaps of an older version, and run wb ui again.',
};

/** Partners are answered from the start; what keeps us from that is told, and the page shows it too. */
async function startPlatform({ workbench }: Joined): Promise<void> {
  const serving = await workbench?.serving.start();
  if (serving === undefined || serving.ok) return;
  const { message, advice } = serving.failure;
  tell(`Partners cannot reach us: ${message}\n${advice}`);
}
