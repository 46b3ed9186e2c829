import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Deadline, systemClock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { ContractClient } from './client.ts';
import { ownDatabase } from './join.ts';

/** A workbench over a session log: a database made for it, which is gone when it ends. */
export interface Viewer {
  readonly client: ContractClient;
  /** An address of the page, good for one browser, once. */
  newAddress(): Promise<string | undefined>;
  /** Resolves when it has ended and its database is gone. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export interface ViewerOptions {
  /** Of the file. */
  readonly path: string;
  /** What it is called. */
  readonly name: string;
  /** Of the page; a free one unless said. */
  readonly port?: number | undefined;
  /** It ends when nobody has looked for a while. */
  readonly endsWithItsPage?: boolean;
  readonly clock?: Clock;
  /** Milliseconds without a page after which it ends. */
  readonly patience?: number;
}

/** Ten minutes: a browser that sleeps comes back. */
const PATIENCE = 600_000;
const PREFIX = 'ocpi-workbench-open-';

/**
 * Shows a session log without touching any other database; its rows appear while it is still being read. Fails where it is no
 * log, and where neither database nor page can be had; then nothing is left.
 */
export async function openViewer(options: ViewerOptions): Promise<Outcome<Viewer>> {
  const { path, name, port, endsWithItsPage = false, clock = systemClock, patience = PATIENCE } = options;
  const made = await makeFolder();
  if (!made.ok) return made;
  const folder = made.value;
  const remove = () => rm(folder, { recursive: true, force: true });
  const { promise: ended, resolve: over } = Promise.withResolvers<void>();
  let faces = 0;
  let alone: Deadline | undefined;
  let closing: Promise<void> | undefined;
  const looked = (count: number) => {
    faces = count;
    alone?.cancel();
    alone = undefined;
    if (faces === 0 && endsWithItsPage && closing === undefined) alone = clock.deadline(patience, () => void close());
  };

  const owned = await ownDatabase({
    file: join(folder, 'log.db'),
    // What is here for an hour has no business in a keychain.
    keyStore: 'file',
    clock,
    viewing: { path, name },
    page: port === undefined ? {} : { port, insists: true },
    onFaces: looked,
  });
  if (!owned.ok) {
    await remove();
    return owned;
  }
  const { client, workbench, close: closeOwned } = owned.value;
  const close = () => {
    closing ??= (async () => {
      alone?.cancel();
      await closeOwned();
      await remove();
      over();
    })();
    return closing;
  };
  const begun = await workbench.logs.opening.begun();
  if (!begun.ok) {
    await close();
    return begun;
  }
  looked(faces);
  return done({ client, newAddress: owned.value.newAddress, ended, close });
}

/** Of this user and this process alone. Those of processes that are gone are taken away. */
async function makeFolder(): Promise<Outcome<string>> {
  const base = tmpdir();
  try {
    for (const name of await readdir(base)) {
      const [, pid] = /^(\d+)-/.exec(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '') ?? [];
      if (pid === undefined || isAlive(Number(pid))) continue;
      // Of another user: not ours to take away.
      await rm(join(base, name), { recursive: true, force: true }).catch(() => {});
    }
    return done(await mkdtemp(join(base, `${PREFIX}${process.pid}-`)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed(
      'DATABASE_UNUSABLE',
      `nothing can be written in ${base}: ${message}`,
      'Make room there, or name another folder in TMPDIR.',
    );
  }
}

/** A process that may not be asked is there as well. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
