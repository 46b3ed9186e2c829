import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type Deadline, systemClock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import type { ContractClient } from './client.ts';
import { ownDatabase } from './own.ts';

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
  /** Where its database lies, taken away at the end; one among the temporary ones unless said. */
  readonly folder?: string;
  /** It ends when nobody has looked for a while. */
  readonly endsWithItsPage?: boolean;
  readonly clock?: Clock;
  /** Milliseconds without a page after which it ends. */
  readonly patience?: number;
  /** Nobody wants it any more: it ends, also before it is open. */
  readonly signal?: AbortSignal;
}

/** Ten minutes: a browser that sleeps comes back. */
const PATIENCE = 600_000;

/**
 * Shows a session log without touching any other database; its rows appear while it is still being read. Fails where it is no
 * log, and where neither database nor page can be had; then nothing is left.
 */
export async function openViewer(options: ViewerOptions): Promise<Outcome<Viewer>> {
  const { path, name, port, endsWithItsPage = false, clock = systemClock, patience = PATIENCE, signal } = options;
  const made = options.folder === undefined ? await newViewerFolder() : done(options.folder);
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
  if (signal?.aborted) void close();
  else signal?.addEventListener('abort', () => void close(), { once: true });
  const first = await workbench.logs.opening.begun();
  const begun = signal?.aborted ? closedEarly(name) : first;
  if (!begun.ok) {
    await close();
    return begun;
  }
  looked(faces);
  return done({ client, newAddress: owned.value.newAddress, ended, close });
}

function closedEarly(name: string): Outcome<never> {
  return failed('WRONG_STATE', `${name} was closed before it was open`, 'Open it again.');
}

/** Whoever makes it takes it away, also where nothing was opened in it after all. */
export async function newViewerFolder(): Promise<Outcome<string>> {
  try {
    return done(await makeTemporaryFolder('open'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed(
      'DATABASE_UNUSABLE',
      `nothing can be written in ${tmpdir()}: ${message}`,
      'Make room there, or name another folder in TMPDIR.',
    );
  }
}
