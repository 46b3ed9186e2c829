import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { textIndexFile } from '../worker/text-index.ts';

const CACHE_KIB = 4 * 1024;

/** The derived database, read. Another thread writes it, and may make it anew: then the new file is opened. */
export interface SearchFile {
  /** What `prepare` makes of the file as it is now; undefined where there is none, or none that can be read yet. */
  keep<T>(prepare: (database: Database.Database) => T): () => T | undefined;
  close(): void;
}

export function createSearchFile(file: string): SearchFile {
  const name = textIndexFile(file);
  let open: { readonly made: string; readonly database: Database.Database } | undefined;

  const current = () => {
    const status = statSync(name, { throwIfNoEntry: false });
    const made = status && `${status.ino} ${status.birthtimeMs}`;
    if (open && open.made === made) return open;
    open?.database.close();
    open = undefined;
    if (made === undefined) return undefined;
    const database = new Database(name, { readonly: true, timeout: 1000 });
    database.pragma(`cache_size = -${CACHE_KIB}`);
    open = { made, database };
    return open;
  };

  return {
    keep<T>(prepare: (database: Database.Database) => T) {
      let kept: { readonly made: string; readonly value: T } | undefined;
      return () => {
        const opened = current();
        if (!opened) return undefined;
        if (kept?.made === opened.made) return kept.value;
        kept = undefined;
        try {
          kept = { made: opened.made, value: prepare(opened.database) };
        } catch {
          // Its writer has not come to the tables yet, or will make the file anew.
          return undefined;
        }
        return kept.value;
      };
    },
    close: () => open?.database.close(),
  };
}
