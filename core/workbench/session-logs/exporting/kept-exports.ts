import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Deadline } from '../../../clock.ts';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import type { DroppedFiles } from '../desks.ts';
import { createFolderBeside, removed } from '../folder-beside.ts';

/** Exports that were written to no path of the operator's, until they are fetched. */
export interface KeptExports {
  /** Where the next one is to lie. */
  place(): Promise<Outcome<{ readonly exportId: string; readonly path: string }>>;
  /** It is whole there. Of those that nobody fetches the oldest is thrown away. */
  keep(exportId: string): Promise<void>;
  piece(input: {
    readonly exportId: string;
    readonly offset: number;
  }): Promise<Outcome<{ base64: string; done: boolean }>>;
  /** Nothing where there is no such export (any more). */
  drop(exportId: string): Promise<void>;
  /** All of them, also those that are still being written; `count`: how many could be fetched until now. */
  dropAll(): Promise<DroppedFiles>;
  /** Never throws. */
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
  const folder = createFolderBeside(file, 'exports');
  /** Those that are being written, and those that can be fetched; with where they lie. */
  const placed = new Map<string, string>();
  const kept = new Map<string, { readonly path: string; readonly deadline: Deadline }>();

  const drop = async (exportId: string) => {
    const one = kept.get(exportId);
    if (one === undefined) return;
    one.deadline.cancel();
    kept.delete(exportId);
    await removed(one.path);
  };
  const dropAll = async () => {
    const count = kept.size;
    for (const { deadline } of kept.values()) deadline.cancel();
    kept.clear();
    placed.clear();
    return { count, gone: await folder.empty() };
  };

  return {
    async place() {
      const beside = await folder.path();
      if (!beside.ok) return beside;
      const exportId = newId();
      const path = join(beside.value, exportId);
      placed.set(exportId, path);
      return done({ exportId, path });
    },
    async keep(exportId) {
      const path = placed.get(exportId);
      placed.delete(exportId);
      // All were dropped while it was being written.
      if (path === undefined) return;
      kept.set(exportId, { path, deadline: clock.deadline(KEPT_FOR, () => void drop(exportId)) });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) await drop(oldest);
    },
    async piece({ exportId, offset }) {
      const one = kept.get(exportId);
      if (one === undefined) return failed('NOT_FOUND', 'there is no such export any more', 'Export it anew.');
      const handle = await open(one.path, 'r');
      try {
        const { size } = await handle.stat();
        const bytes = Buffer.alloc(Math.max(0, Math.min(PIECE, size - offset)));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
        return done({ base64: bytes.toString('base64', 0, bytesRead), done: offset + bytesRead >= size });
      } finally {
        await handle.close();
      }
    },
    drop,
    dropAll,
    async close() {
      await dropAll();
    },
  };
}
