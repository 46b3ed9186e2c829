import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { textIndexFile } from '../worker/text-index.ts';
import { createWords, type Words } from '../worker/words.ts';
import type { ListRow } from './lists.ts';
import { numbersOf } from './numbers.ts';
import type { ObjectWords } from './object-listing.ts';
import { valueFacet } from './object-words.ts';

interface OpenText {
  readonly file: Database.Database;
  readonly made: string;
  readonly words: Words;
  readonly find: Database.Statement<[string, number, number, number], number>;
  readonly upTo: Database.Statement<[number], number>;
}

/** The full text of objects, read. Another thread writes it, and may make it anew: then the new file is opened. */
export interface FullText extends ObjectWords {
  close(): void;
}

export function createFullText(file: string, database: Database.Database): FullText {
  const name = textIndexFile(file);
  const newest = database
    .prepare<[number, number], number | null>('SELECT max(change) FROM object WHERE change >= ? AND change < ?')
    .pluck();
  let open: OpenText | undefined;

  /** Undefined where there is no full text yet. */
  const current = (): OpenText | undefined => {
    const status = statSync(name, { throwIfNoEntry: false });
    const made = status && `${status.ino} ${status.birthtimeMs}`;
    if (open && open.made === made) return open;
    open?.file.close();
    open = made === undefined ? undefined : openText(name, made);
    return open;
  };

  const behind = ({ id }: ListRow, text: OpenText | undefined): number => {
    const { from, before } = numbersOf(id);
    const last = newest.get(from, before) ?? from;
    return last - (text?.upTo.get(id) ?? from);
  };

  return {
    candidates({ text, values, list, after }) {
      const opened = current();
      const terms = opened?.words(text) ?? [];
      if (!opened || terms.length === 0) return () => [];
      const query = [...terms, ...values.map(value => `"${valueFacet(value)}"`)].join(' AND ');
      const { before } = numbersOf(list.id);
      let last = after;
      return limit => {
        const ids = opened.find.all(query, last, before, limit);
        last = ids.at(-1) ?? before;
        return ids;
      };
    },
    behind: list => behind(list, current()),
    close: () => open?.file.close(),
  };
}

const CACHE_KIB = 4 * 1024;

/** Undefined where the file is not what it is to be: its writer will make it anew. */
function openText(name: string, made: string): OpenText | undefined {
  const file = new Database(name, { readonly: true, timeout: 1000 });
  file.pragma(`cache_size = -${CACHE_KIB}`);
  try {
    return {
      file,
      made,
      words: createWords(file),
      find: file
        .prepare<[string, number, number, number], number>(
          'SELECT rowid FROM object_text WHERE object_text MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid LIMIT ?',
        )
        .pluck(),
      upTo: file.prepare<[number], number>('SELECT up_to FROM object_state WHERE list_id = ?').pluck(),
    };
  } catch {
    file.close();
    return undefined;
  }
}
