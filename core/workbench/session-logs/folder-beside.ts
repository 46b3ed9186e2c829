import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { done, failed, type Outcome } from '../../contract/failure.ts';

/** A folder beside the database, for files that pass through; there from the first that needs it on. */
export interface FolderBeside {
  /** Makes it where it is not there. What fails is tried again by whoever comes next. */
  path(): Promise<Outcome<string>>;
  /** Takes away all that lies there; false where the disk refuses: then it goes when the next one is made. */
  empty(): Promise<boolean>;
}

/** `name`: what lies there, in one word; a folder of that name that a killed process left is nobody's: this one owns the database. */
export function createFolderBeside(file: string, name: 'exports' | 'uploads'): FolderBeside {
  const prefix = `${basename(file)}.${name}-`;
  const beside = dirname(file);
  let folder: Promise<Outcome<string>> | undefined;

  const make = async (): Promise<Outcome<string>> => {
    try {
      for (const left of await readdir(beside)) {
        if (left.startsWith(prefix)) await rm(join(beside, left), { recursive: true, force: true });
      }
      return done(await mkdtemp(join(beside, prefix)));
    } catch (error) {
      folder = undefined;
      return failed(
        'OPERATION_FAILED',
        `nothing can be written in ${beside}: ${reasonOf(error)}`,
        'Make room there, and see to it that files can be made beside the database; then try again.',
      );
    }
  };

  return {
    path() {
      folder ??= make();
      return folder;
    },
    async empty() {
      const made = await folder;
      folder = undefined;
      return made?.ok === true ? removed(made.value) : true;
    },
  };
}

/** Whether a file or a folder is gone: who is to end, or to go on, is not kept from it by a disk that refuses. */
export async function removed(path: string): Promise<boolean> {
  try {
    await rm(path, { recursive: true, force: true });
    return true;
  } catch (error) {
    reasonOf(error);
    return false;
  }
}

/** Throws on what no file system said. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code === 'ENOSPC' ? 'the disk is full' : message;
}
