import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock, Deadline } from '../../../clock.ts';
import { done, failed, type Outcome } from '../../../contract/failure.ts';

/** Exports that were written to no path of the operator's, until they are fetched. */
export interface KeptExports {
  /** Where the next one is to lie. */
  place(): Promise<{ readonly exportId: string; readonly path: string }>;
  /** It is whole there. Of those that nobody fetches the oldest is thrown away. */
  keep(exportId: string): Promise<void>;
  piece(input: {
    readonly exportId: string;
    readonly offset: number;
  }): Promise<Outcome<{ base64: string; done: boolean }>>;
  close(): Promise<void>;
}

export interface KeptExportsOptions {
  /** The database: they lie beside it. */
  readonly file: string;
  readonly clock: Clock;
  readonly newId: () => string;
}

const MOST = 8;
const KEPT_FOR = 60 * 60 * 1000;
const PIECE = 1024 * 1024;

export function createKeptExports({ file, clock, newId }: KeptExportsOptions): KeptExports {
  const kept = new Map<string, Deadline>();
  const prefix = `${basename(file)}.exports-`;
  let folder: Promise<string> | undefined;

  /** What a process that was killed left behind is nobody's: this one owns the database. */
  const makeFolder = async () => {
    for (const name of await readdir(dirname(file))) {
      if (name.startsWith(prefix)) await rm(join(dirname(file), name), { recursive: true, force: true });
    }
    return mkdtemp(join(dirname(file), prefix));
  };
  const pathOf = async (exportId: string) => {
    folder ??= makeFolder();
    return join(await folder, exportId);
  };
  const drop = async (exportId: string) => {
    kept.get(exportId)?.cancel();
    kept.delete(exportId);
    await rm(await pathOf(exportId), { force: true });
  };

  return {
    async place() {
      const exportId = newId();
      return { exportId, path: await pathOf(exportId) };
    },
    async keep(exportId) {
      kept.set(
        exportId,
        clock.deadline(KEPT_FOR, () => void drop(exportId)),
      );
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) await drop(oldest);
    },
    async piece({ exportId, offset }) {
      if (!kept.has(exportId)) return failed('NOT_FOUND', 'there is no such export any more', 'Export it anew.');
      const handle = await open(await pathOf(exportId), 'r');
      try {
        const { size } = await handle.stat();
        const bytes = Buffer.alloc(Math.max(0, Math.min(PIECE, size - offset)));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
        return done({ base64: bytes.toString('base64', 0, bytesRead), done: offset + bytesRead >= size });
      } finally {
        await handle.close();
      }
    },
    async close() {
      for (const deadline of kept.values()) deadline.cancel();
      kept.clear();
      if (folder !== undefined) await rm(await folder, { recursive: true, force: true });
    },
  };
}
