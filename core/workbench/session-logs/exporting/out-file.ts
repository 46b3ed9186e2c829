import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { OutFileName } from './export-messages.ts';

/** A file on its way: under a temporary name beside its own until it is whole. */
export interface OutFile {
  /** Rejects with what the file system says: `fileFailure` has words for it. */
  write(piece: Uint8Array): Promise<void>;
  /** On the disk, and under its name. Gives its bytes. */
  finish(): Promise<Outcome<number>>;
  /** Nothing of it stays. */
  discard(): Promise<void>;
}

/** Whether a file may come to lie there, as far as that can be told before it is written. */
export async function checkTarget({ path, replace }: Pick<OutFileName, 'path' | 'replace'>): Promise<Outcome<void>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return failed('INVALID_INPUT', `${path} is a folder`, 'Name a file in it.');
    if (!found.isFile()) return failed('INVALID_INPUT', `${path} is no ordinary file`, 'Name another file.');
    if (!replace) return taken(path);
    return done(undefined);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return fileFailure(error, path);
  }
  try {
    const folder = await stat(dirname(path));
    if (folder.isDirectory()) return done(undefined);
    return failed('INVALID_INPUT', `${dirname(path)} is no folder`, 'Name a file in a folder that is there.');
  } catch (error) {
    return fileFailure(error, path);
  }
}

export async function createOutFile({ path, temporary, replace, hidden }: OutFileName): Promise<Outcome<OutFile>> {
  let bytes = 0;
  try {
    const handle = await open(temporary, 'wx', hidden ? 0o600 : 0o666);
    return done({
      async write(piece) {
        await handle.writeFile(piece);
        bytes += piece.length;
      },
      async finish() {
        try {
          await handle.sync();
          await handle.close();
          const moved = await moveTo({ path, temporary, replace });
          return moved.ok ? done(bytes) : moved;
        } catch (error) {
          return fileFailure(error, path);
        }
      },
      async discard() {
        // Closed already where finishing got that far.
        await handle.close().catch(() => {});
        await rm(temporary, { force: true });
      },
    });
  } catch (error) {
    return fileFailure(error, path);
  }
}

async function moveTo({ path, temporary, replace }: Omit<OutFileName, 'hidden'>): Promise<Outcome<void>> {
  if (!replace) {
    try {
      // Unlike renaming, this never takes the place of a file that somebody made in the meantime.
      await link(temporary, path);
      await rm(temporary);
      return done(undefined);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return taken(path);
      // A file system without second names: there renaming has to do.
      const free = await checkTarget({ path, replace });
      if (!free.ok) return free;
    }
  }
  await rename(temporary, path);
  return done(undefined);
}

function taken(path: string): Outcome<never> {
  return failed('NAME_TAKEN', `${path} exists already`, 'Name another file, or say that it is to be replaced.');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const WORDS: Readonly<Record<string, readonly [why: string, advice: string]>> = {
  ENOENT: ['its folder does not exist', 'Make the folder first, or name another file.'],
  ENOTDIR: ['a part of its path is no folder', 'Name a file in a folder that is there.'],
  EACCES: ['it may not be written there', 'Name a folder that may be written to.'],
  EPERM: ['it may not be written there', 'Name a folder that may be written to.'],
  EROFS: ['that disk may only be read', 'Name a folder that may be written to.'],
  EISDIR: ['it is a folder', 'Name a file in it.'],
  ENAMETOOLONG: ['its name is too long', 'Choose a shorter one.'],
  ENOSPC: ['the disk is full', 'Free some space, or choose another disk.'],
  EDQUOT: ['no more may be stored there', 'Free some space, or choose another disk.'],
  EFBIG: ['the file grew larger than is allowed there', 'Choose another disk, or export less at once.'],
  EIO: ['the disk reported an error', 'Check the disk, or choose another one.'],
};

/** What the file system says, in words; anything else is a defect and thrown on. */
export function fileFailure(error: unknown, path: string): Outcome<never> {
  const code = codeOf(error);
  if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
  const [why, advice] = WORDS[code] ?? [(error as Error).message, 'Name another file.'];
  const asked = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code) ? 'OPERATION_FAILED' : 'INVALID_INPUT';
  return failed(asked, `${path} cannot be written: ${why}`, advice);
}
