import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { ImportedTraffic } from '../core/contract/exchange.ts';
import { failed, type Outcome } from '../core/contract/failure.ts';
import { createRouter } from '../core/handlers/router.ts';
import { outcomeOf } from '../core/loopback/client.ts';
import { joinDatabase } from '../core/loopback/join.ts';
import type { Joined } from '../core/loopback/own.ts';
import type { FromCore, ToCore } from './core-messages.ts';
import { watchNotices } from './notice-watch.ts';
import { pipeToOwner } from './owner-pipe.ts';
import { patientPort } from './patient-port.ts';

/** A port to the page: Electron's MessagePortMain, or Node's own where there is no Electron. */
export type PagePort = SupportedMessagePort & { start(): void; close(): void };

export interface CoreHost {
  /** Told by the window's process; messages are taken one after the other. */
  hear(message: ToCore, ports: readonly PagePort[]): Promise<void>;
}

export interface CoreHostOptions {
  readonly tell: (message: FromCore) => void;
  /** Ends this process; the window's process starts another one unless it asked for the end. */
  readonly end: () => void;
}

const PIECE_BYTES = 2 * 1024 * 1024;

/** The core's process: opens a database, serves OCPI from it, and offers the contract on every port it is given. */
export function createCoreHost({ tell, end }: CoreHostOptions): CoreHost {
  let joined: Joined | undefined;
  let offer: ((port: PagePort) => void) | undefined;
  let watching = new AbortController();

  const open = async (database: string) => {
    const outcome = await joinDatabase({ file: database, page: {} });
    if (!outcome.ok) {
      tell({ kind: 'refused', failure: outcome.failure });
      return;
    }
    joined = outcome.value;
    const { client, workbench } = joined;
    watch(client, workbench !== undefined);
    if (workbench === undefined) {
      // Another process owns the database and serves from it: the page speaks with that one, through this. When it
      // ends, so does this, and the next one may become the owner itself.
      offer = port => pipeToOwner({ database, port, onGone: end });
      void joined.ownerGone.then(end);
      tell({ kind: 'ready', notServing: null });
      return;
    }
    const router = createRouter(workbench);
    offer = port => {
      const patient = patientPort(port);
      // The handler waits for this before it posts a message; nothing is ever transferred.
      const handler = new RPCHandler(router, { experimental_transfer: () => patient.room().then(() => null) });
      handler.upgrade(patient.port, { context: {} });
      port.start();
    };
    const serving = await workbench.serving.start();
    tell({ kind: 'ready', notServing: serving.ok ? null : serving.failure });
  };

  const watch = (client: Joined['client'], isOwner: boolean) => {
    const { signal } = watching;
    // A socket to another owner is closed as a whole; to say on it that nobody listens any more may come too late.
    const stop = isOwner ? { signal } : {};
    watchNotices(client, { tell: fresh => tell({ kind: 'notices', fresh }), ...stop }).catch(error => {
      if (signal.aborted) return;
      if (isOwner) throw error;
      // Another process owned the database, and is gone.
      end();
    });
  };

  const take = async (message: ToCore, ports: readonly PagePort[]) => {
    switch (message.kind) {
      case 'open':
        return open(message.database);
      case 'connect':
        for (const port of ports) {
          if (offer === undefined) port.close();
          else offer(port);
        }
        return;
      case 'import':
        tell({ kind: 'imported', ask: message.ask, outcome: await importFile(joined, message.path) });
        return;
      case 'close': {
        const left = joined;
        joined = undefined;
        offer = undefined;
        watching.abort();
        watching = new AbortController();
        await left?.close();
        end();
      }
    }
  };

  let last: Promise<void> = Promise.resolve();
  return {
    hear(message, ports) {
      last = last.then(() => take(message, ports));
      return last;
    },
  };
}

/** Piece by piece: neither a port nor a socket to another owner takes a file of any length whole. */
async function importFile(joined: Joined | undefined, path: string): Promise<Outcome<ImportedTraffic>> {
  const name = basename(path);
  if (joined === undefined) return failed('WRONG_STATE', `${name}: no database is open`, 'Open a database first.');
  const { exchanges } = joined.client;
  try {
    let upload: string | undefined;
    for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: PIECE_BYTES })) {
      const put = await outcomeOf(exchanges.upload({ upload, piece: String(piece) }));
      if (!put.ok) return put;
      upload = put.value.upload;
    }
    if (upload === undefined) return failed('INVALID_INPUT', `${name} is empty`, 'Choose a file with traffic in it.');
    return await outcomeOf(exchanges.import({ name, upload }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed('OPERATION_FAILED', `${name} could not be imported: ${reason}`, 'Look whether it can be read.');
  }
}
