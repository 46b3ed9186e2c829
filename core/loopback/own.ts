import { systemClock } from '../clock.ts';
import { done, type Outcome } from '../contract/failure.ts';
import { localClient } from '../handlers/local-client.ts';
import { createRouter } from '../handlers/router.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../workbench.ts';
import { askOwner, type ContractClient } from './client.ts';
import { type Loopback, type LoopbackOptions, startLoopback } from './server.ts';

export interface Joined {
  readonly client: ContractClient;
  /** An address of the page, good for one browser, once; undefined when the owner gives none. */
  newAddress(): Promise<string | undefined>;
  /** Resolves when the process that owns the database is gone. */
  readonly ownerGone: Promise<void>;
  /** Only when this process owns the database. */
  readonly workbench?: Workbench;
  close(): Promise<void>;
}

export interface PageWish {
  /** Kept as the operator's wish, also for later processes. */
  readonly port?: number | undefined;
  /** Where another process served the page until now. */
  readonly before?: number | undefined;
  /** The page is what this process is for: where a wish that was kept cannot be met, it fails. */
  readonly insists?: boolean;
}

export interface OwnOptions extends Omit<WorkbenchOptions, 'askOwner'> {
  /** For a process that stays: its page is found again where it was last. Absent: at a free port, for a moment. */
  readonly page?: PageWish;
  /** How many faces there are now, whenever one comes or goes. */
  readonly onFaces?: (count: number) => void;
}

/** Owns a database and offers contract and page to this machine; fails when another process owns it. */
export async function ownDatabase(options: OwnOptions): Promise<Outcome<Required<Joined>>> {
  const { page, onFaces, ...rest } = options;
  const opened = await openWorkbench({ ...rest, askOwner });
  if (!opened.ok) return opened;
  const workbench = opened.value;
  const router = createRouter(workbench);
  const started = await listen({
    workbench,
    wanted: page,
    options: {
      router,
      secret: workbench.owner.secret,
      pid: process.pid,
      clock: options.clock ?? systemClock,
      sessions: { load: workbench.page.sessions, save: workbench.page.keepSessions },
      ...(onFaces === undefined ? {} : { onFaces }),
    },
  });
  if (!started.ok) {
    await workbench.close();
    return started;
  }
  const loopback = started.value;
  workbench.owner.setPort(loopback.port);
  const { promise: ownerGone, resolve: leave } = Promise.withResolvers<void>();
  return done({
    client: localClient(router),
    newAddress: async () => loopback.newAddress(),
    ownerGone,
    workbench,
    close: async () => {
      await loopback.close();
      await workbench.close();
      leave();
    },
  });
}

interface Listening {
  readonly workbench: Workbench;
  readonly wanted: OwnOptions['page'];
  readonly options: Omit<LoopbackOptions, 'port'>;
}

/** At the port wished for, else where it was last, so that an open page finds it again; else at a free one. */
async function listen({ workbench, wanted, options }: Listening): Promise<Outcome<Loopback>> {
  const { page } = workbench;
  if (wanted === undefined) return startLoopback({ ...options, port: 0 });
  const kept = page.port();
  const port = wanted.port ?? (kept?.wished ? kept.port : (wanted.before ?? kept?.port)) ?? 0;
  const insists = wanted.port !== undefined || (wanted.insists === true && kept?.wished === true);
  const first = await startLoopback({ ...options, port });
  const started = first.ok || insists ? first : await startLoopback({ ...options, port: 0 });
  if (!started.ok) return started;
  if (wanted.port !== undefined) page.keepPort(wanted.port, true);
  else if (!kept?.wished && started.value.port !== kept?.port) page.keepPort(started.value.port, false);
  return started;
}
