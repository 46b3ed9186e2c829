import type { MessageChannelMain, UtilityProcess, WebContents } from 'electron';
import type { Clock } from '../core/clock.ts';
import type { ImportedTraffic } from '../core/contract/exchange.ts';
import { type Failure, failed, type Outcome } from '../core/contract/failure.ts';
import { CHANNELS } from './channels.ts';
import type { FromCore, ToCore } from './core-messages.ts';
import type { FreshNotices } from './notice-watch.ts';

export type CoreChild = Pick<UtilityProcess, 'on' | 'postMessage' | 'kill'>;
/** Where a port is sent to: the page's side of it. */
export type PageContents = Pick<WebContents, 'postMessage' | 'send' | 'isDestroyed'>;

export interface CoreKeeperOptions {
  readonly fork: () => CoreChild;
  readonly newChannel: () => Pick<MessageChannelMain, 'port1' | 'port2'>;
  readonly clock: Clock;
  /** The database is open; `again` where the core before this one died. */
  readonly onReady: (state: { readonly again: boolean; readonly notServing: Failure | null }) => void;
  readonly onRefused: (failure: Failure) => void;
  readonly onNotices: (fresh: FreshNotices) => void;
  /** It died too often in a row and is not started again. */
  readonly onGivenUp: (end: { readonly deaths: number; readonly code: number }) => void;
}

/** Keeps the core's process: starts it, starts it again when it dies, and joins the page to whichever runs. */
export interface CoreKeeper {
  /** Opens a database; the core of another one is ended first. */
  open(database: string): Promise<void>;
  database(): string | undefined;
  /** The page asks for a way to the core; it is given one now, and a new one whenever the core was started again. */
  connect(page: PageContents): void;
  importFile(path: string): Promise<Outcome<ImportedTraffic>>;
  /** Ends the core as it wishes to end, by force when that takes too long. */
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Who lived so long had started well: its death begins a new count. */
const WELL_AFTER_MS = 60_000;
const MOST_DEATHS = 5;
const CLOSE_PATIENCE_MS = 8_000;
/** It only passed on what another owner of the database said, and that one ended: nothing is wrong. */
const ENDED_BY_ITSELF = 0;

interface Running {
  readonly child: CoreChild;
  readonly startedAt: number;
  /** Answers every import it still owes, and says that it is over. */
  readonly ended: Promise<void>;
  ready: boolean;
  /** Its end was asked for. */
  closing: boolean;
}

export function createCoreKeeper(options: CoreKeeperOptions): CoreKeeper {
  const { fork, newChannel, clock, onReady, onRefused, onNotices, onGivenUp } = options;
  const imports = new Map<number, (outcome: Outcome<ImportedTraffic>) => void>();
  let lastAsk = 0;
  let database: string | undefined;
  let page: PageContents | undefined;
  let running: Running | undefined;
  let pause: { cancel(): void } | undefined;
  let deaths = 0;

  const tell = (message: ToCore) => running?.child.postMessage(message);

  const join = () => {
    if (running?.ready !== true || page === undefined || page.isDestroyed()) return;
    const { port1, port2 } = newChannel();
    running.child.postMessage({ kind: 'connect' } satisfies ToCore, [port1]);
    page.postMessage(CHANNELS.port, null, [port2]);
  };

  const start = (file: string, again: boolean) => {
    const child = fork();
    let over = () => {};
    const ended = new Promise<void>(resolve => {
      over = resolve;
    });
    const mine: Running = { child, startedAt: clock.elapsed(), ended, ready: false, closing: false };
    running = mine;
    child.on('message', (message: FromCore) => hear(mine, message, again));
    child.on('exit', code => {
      if (running === mine) running = undefined;
      for (const answer of imports.values()) {
        answer(failed('OPERATION_FAILED', 'the core ended in the middle of it', 'Import the file again.'));
      }
      imports.clear();
      if (page !== undefined && !page.isDestroyed()) page.send(CHANNELS.gone);
      over();
      if (!mine.closing) died(file, code, clock.elapsed() - mine.startedAt);
    });
    child.postMessage({ kind: 'open', database: file } satisfies ToCore);
  };

  const died = (file: string, code: number, livedMs: number) => {
    deaths = livedMs >= WELL_AFTER_MS ? 1 : deaths + 1;
    if (deaths >= MOST_DEATHS) {
      onGivenUp({ deaths, code });
      return;
    }
    pause = clock.deadline(Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS), () =>
      start(file, code !== ENDED_BY_ITSELF),
    );
  };

  const hear = (mine: Running, message: FromCore, again: boolean) => {
    switch (message.kind) {
      case 'ready':
        mine.ready = true;
        join();
        onReady({ again, notServing: message.notServing });
        return;
      case 'refused':
        // Nothing is open in it: there is nothing it could be asked.
        mine.closing = true;
        mine.child.postMessage({ kind: 'close' } satisfies ToCore);
        onRefused(message.failure);
        return;
      case 'notices':
        onNotices(message.fresh);
        return;
      case 'imported':
        imports.get(message.ask)?.(message.outcome);
        imports.delete(message.ask);
    }
  };

  const close = async () => {
    pause?.cancel();
    const ending = running;
    if (ending === undefined) return;
    if (!ending.closing) {
      ending.closing = true;
      ending.child.postMessage({ kind: 'close' } satisfies ToCore);
    }
    const late = clock.deadline(CLOSE_PATIENCE_MS, () => ending.child.kill());
    await ending.ended;
    late.cancel();
  };

  // One after the other: an open asked for twice must not leave two cores behind.
  let last: Promise<void> = Promise.resolve();
  return {
    open(file) {
      database = file;
      last = last.then(async () => {
        await close();
        deaths = 0;
        if (database === file) start(file, false);
      });
      return last;
    },
    database: () => database,
    connect(asking) {
      page = asking;
      join();
    },
    importFile(path) {
      if (running?.ready !== true) {
        return Promise.resolve(failed('WRONG_STATE', 'no database is open', 'Open a database, then import the file.'));
      }
      const ask = ++lastAsk;
      return new Promise(resolve => {
        imports.set(ask, resolve);
        tell({ kind: 'import', ask, path });
      });
    },
    close() {
      database = undefined;
      last = last.then(close);
      return last;
    },
  };
}
