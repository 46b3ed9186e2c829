import type { Database } from 'better-sqlite3';
import type { NumberRange } from '../objects/numbers.ts';
import { MARKS_ON_PAGE, markPageOf, wordsOf } from './marks.ts';
import type { SearchFile } from './search-file.ts';

/** `first`: number of the object whose mark begins the words. */
export type VisitMarks = (first: number, words: Uint32Array) => void;

/** Marks of one list's objects, page after page, ascending. Pages never written are left out. */
export interface MarkReading {
  each(range: NumberRange, visit: VisitMarks): void;
  /** The change up to which a list is derived; undefined where nothing is. */
  upTo(listId: number): number | undefined;
}

/** Pages read at once: under a mebibyte. */
const PAGES_AT_ONCE = 256;

export function createMarkReading(searchFile: SearchFile): MarkReading {
  const statements = searchFile.keep((database: Database) => ({
    pages: database
      .prepare<[number, number, number], [page: number, marks: Buffer]>(
        'SELECT page, marks FROM object_mark WHERE page >= ? AND page < ? ORDER BY page LIMIT ?',
      )
      .raw(),
    upTo: database.prepare<[number], number>('SELECT up_to FROM object_state WHERE list_id = ?').pluck(),
  }));
  return {
    each({ from, before }, visit) {
      const opened = statements();
      if (!opened) return;
      const last = markPageOf(before);
      let next = markPageOf(from);
      while (next < last) {
        const rows = opened.pages.all(next, last, PAGES_AT_ONCE);
        for (const [page, marks] of rows) visit(page * MARKS_ON_PAGE, wordsOf(marks));
        next = rows.length < PAGES_AT_ONCE ? last : (rows.at(-1)?.[0] ?? last) + 1;
      }
    },
    upTo: listId => statements()?.upTo.get(listId),
  };
}
