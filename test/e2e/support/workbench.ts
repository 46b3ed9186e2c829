import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectedClient, connectLoopback } from '../../../core/loopback/client.ts';
import { ownerOf } from '../../../core/workbench/owner-address.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'core', 'cli', 'main.ts');

/** A `wb ui` process on a database of its own. */
export interface RunningWorkbench {
  readonly db: string;
  /** The address it printed, good once. */
  readonly url: string;
  /** The page's address without a token. */
  readonly origin: string;
  readonly port: number;
  /** Another address, as `wb ui` prints it when it is run while this one is running. */
  anotherUrl(): Promise<string>;
  /** The contract, to arrange what a test is not about; closed with the workbench. */
  client(): Promise<ConnectedClient['client']>;
  /** Ends it at once (kill -9), with nobody told. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same database; it gets the same port. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

interface Printed {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

/** Starts `wb ui --no-open`, with further options if given. */
export async function startWorkbench(options: readonly string[] = []): Promise<RunningWorkbench> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-e2e-'));
  const db = join(folder, 'workbench.db');
  const children = new Set<ChildProcess>();
  const connections: ConnectedClient[] = [];
  const ui = async (): Promise<{ readonly child: ChildProcess; readonly printed: Printed }> => {
    const child = spawn(process.execPath, [MAIN, 'ui', '--no-open', '--db', db, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return { child, printed: await firstLine(child) };
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  const disconnect = () => {
    for (const { close } of connections.splice(0)) close();
  };

  let { child, printed } = await ui();
  const { url, port } = printed;
  return {
    db,
    url,
    origin: `http://127.0.0.1:${port}`,
    port,
    anotherUrl: async () => {
      const other = await ui();
      await end(other.child, 'SIGINT');
      return other.printed.url;
    },
    client: async () => {
      const owner = ownerOf(db);
      const connected = owner && (await connectLoopback(owner));
      if (connected === undefined) throw new Error('the workbench does not answer');
      connections.push(connected);
      return connected.client;
    },
    kill: () => {
      disconnect();
      return end(child, 'SIGKILL');
    },
    startAgain: async () => {
      ({ child, printed } = await ui());
      if (printed.port !== port) throw new Error(`the page moved from ${port} to ${printed.port}`);
    },
    stop: async () => {
      disconnect();
      await Promise.all([...children].map(one => end(one, 'SIGINT')));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<Printed> {
  let [told, errors] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.includes('\n')) resolve(JSON.parse(told.slice(0, told.indexOf('\n'))) as Printed);
    });
    child.once('exit', code => reject(new Error(`wb ui ended with ${code}: ${errors}`)));
  });
}
