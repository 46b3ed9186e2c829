import { failed, type Outcome } from '../contract/failure.ts';
import { localClient } from '../handlers/local-client.ts';
import { createRouter } from '../handlers/router.ts';
import { openWorkbench, ownerOf, type Workbench, type WorkbenchOptions } from '../workbench.ts';
import { askOwner, type ContractClient, connectLoopback } from './client.ts';
import { startLoopback } from './server.ts';

export interface Joined {
  readonly client: ContractClient;
  /** Only when this process owns the database. */
  readonly workbench?: Workbench;
  close(): Promise<void>;
}

/** Owns a database and offers the contract to other processes; fails when another process owns it. */
export async function ownDatabase(options: Omit<WorkbenchOptions, 'askOwner'>): Promise<Outcome<Required<Joined>>> {
  const opened = await openWorkbench({ ...options, askOwner });
  if (!opened.ok) return opened;
  const workbench = opened.value;
  const router = createRouter(workbench);
  const loopback = await startLoopback({ router, secret: workbench.owner.secret, pid: process.pid });
  workbench.owner.setPort(loopback.port);
  return {
    ok: true,
    value: {
      client: localClient(router),
      workbench,
      close: async () => {
        await loopback.close();
        await workbench.close();
      },
    },
  };
}

/** The contract of whoever owns the database: another process, or this one when nobody does. */
export async function joinDatabase(file: string): Promise<Outcome<Joined>> {
  const elsewhere = await connectToOwner(file);
  if (elsewhere !== undefined) return { ok: true, value: elsewhere };
  const owned = await ownDatabase({ file });
  if (owned.ok || owned.failure.code !== 'DATABASE_OWNED') return owned;
  // Somebody became the owner between the two looks.
  const late = await connectToOwner(file);
  return late === undefined
    ? failed('DATABASE_OWNED', owned.failure.message, 'Wait for that process to end, or end it, and try again.')
    : { ok: true, value: late };
}

async function connectToOwner(file: string): Promise<Joined | undefined> {
  const owner = ownerOf(file);
  if (owner === undefined) return undefined;
  const connected = await connectLoopback(owner);
  if (connected === undefined) return undefined;
  return { client: connected.client, close: async () => connected.close() };
}
