import { type FileHandle, open, stat } from 'node:fs/promises';
import { done, failed, type Outcome } from '../../contract/failure.ts';

export interface OpenedFile {
  readonly file: FileHandle;
  /** Bytes. */
  readonly size: number;
}

/** A file to read from. `name`: what it is called in failures. */
export async function openFile(path: string, name: string): Promise<Outcome<OpenedFile>> {
  try {
    // Looked at first: opening a pipe waits for whoever writes into it.
    const found = await stat(path);
    if (found.isFile()) return done({ file: await open(path, 'r'), size: found.size });
    const what = found.isDirectory() ? 'a folder' : 'no file';
    return failed('INVALID_INPUT', `${name} is ${what}`, 'Name a file that ends in .ocpilog.');
  } catch (error) {
    return unreadable(error, name);
  }
}

/** A disk's refusal as a failure; anything else is thrown on. */
export function unreadable(error: unknown, name: string): Outcome<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return failed('NOT_FOUND', `there is no file ${name}`, 'Correct its name, or say the whole path.');
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return failed('INVALID_INPUT', `${name} may not be read: permission denied`, 'Allow it to be read, or copy it.');
  }
  if (/^E[A-Z0-9]+$/.test(code) && error instanceof Error) {
    return failed('OPERATION_FAILED', `${name} could not be read: ${error.message}`, 'Copy it to another disk first.');
  }
  throw error;
}
