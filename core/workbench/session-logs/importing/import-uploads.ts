import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { DroppedFiles } from '../desks.ts';
import { createFolderBeside, removed } from '../folder-beside.ts';

/** Files handed over in pieces, kept for whoever reads them next. */
export interface Uploads {
  /** One piece; of uploads that nobody uses the oldest is thrown away. */
  add(input: { upload?: string | undefined; base64: string }): Promise<Outcome<{ upload: string }>>;
  /** Where its bytes lie; undefined where there is no such upload (any more). */
  path(upload: string): string | undefined;
  drop(upload: string): Promise<void>;
  /** All of them, also one that is still coming. */
  dropAll(): Promise<DroppedFiles>;
  /** Never throws. */
  close(): Promise<void>;
}

export interface UploadsOptions {
  /** The database: they lie beside it, where there is room for what is imported into it. */
  readonly file: string;
  readonly newId: () => string;
  /** Bytes of one; more is refused. */
  readonly largest?: number;
}

const MOST_UPLOADS = 8;
const LARGEST = 16 * 1024 ** 3;

interface Upload {
  readonly path: string;
  bytes: number;
  /** One piece after the other. */
  last: Promise<unknown>;
}

export function createUploads({ file, newId, largest = LARGEST }: UploadsOptions): Uploads {
  const uploads = new Map<string, Upload>();
  const folder = createFolderBeside(file, 'uploads');
  let made = 0;

  const drop = async (id: string) => {
    const upload = uploads.get(id);
    uploads.delete(id);
    if (upload === undefined) return;
    await upload.last;
    await removed(upload.path);
  };
  const dropAll = async () => {
    const count = uploads.size;
    for (const id of [...uploads.keys()]) await drop(id);
    return { count, gone: await folder.empty() };
  };

  const write = async (upload: Upload, bytes: Buffer): Promise<Outcome<void>> => {
    if (upload.bytes + bytes.length > largest) {
      return failed(
        'INVALID_INPUT',
        `the file is larger than ${largest} bytes`,
        'Name its path instead, on the machine of the workbench.',
      );
    }
    try {
      const handle = await open(upload.path, 'a', 0o600);
      try {
        await handle.appendFile(bytes);
      } finally {
        await handle.close();
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      const why = code === 'ENOSPC' ? 'the disk is full' : message;
      return failed(
        'OPERATION_FAILED',
        `the file could not be taken: ${why}`,
        'Make room beside the database, and try again.',
      );
    }
    upload.bytes += bytes.length;
    return done(undefined);
  };

  const begin = async (): Promise<Outcome<string>> => {
    const beside = await folder.path();
    if (!beside.ok) return beside;
    const id = newId();
    uploads.set(id, { path: join(beside.value, `${++made}`), bytes: 0, last: Promise.resolve() });
    const [oldest] = uploads.keys();
    if (uploads.size > MOST_UPLOADS && oldest !== undefined) await drop(oldest);
    return done(id);
  };

  return {
    async add({ upload: given, base64 }) {
      const begun = given === undefined ? await begin() : done(given);
      if (!begun.ok) return begun;
      const id = begun.value;
      const upload = uploads.get(id);
      if (upload === undefined) return failed('NOT_FOUND', 'there is no such upload any more', 'Begin it anew.');
      const bytes = Buffer.from(base64, 'base64');
      const writing = upload.last.then(() => write(upload, bytes));
      upload.last = writing;
      const written = await writing;
      if (written.ok) return done({ upload: id });
      await drop(id);
      return written;
    },
    path: id => uploads.get(id)?.path,
    drop,
    dropAll,
    async close() {
      await dropAll();
    },
  };
}

/** Whether a file on this machine can be read; says why not. */
export async function readable(path: string): Promise<Outcome<void>> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return done(undefined);
    return failed('INVALID_INPUT', `${path} is a folder`, 'Name a file.');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : message;
    return failed('NOT_FOUND', `${path} cannot be read: ${why}`, 'Check the path and its permissions.');
  }
}
