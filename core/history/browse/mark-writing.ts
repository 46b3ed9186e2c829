import type { Database } from 'better-sqlite3';
import { findingsFromText } from '../objects/finding-text.ts';
import type { NumberRange } from '../objects/numbers.ts';
import { MARK_PAGE_BYTES, markOf, markPageOf, setMark, wordsOf } from './marks.ts';

/** Marks of objects, written beside their full text. Used inside transactions of the derived database only. */
export interface MarkWriting {
  /** `findings` as stored (objects/finding-text.ts). */
  set(object: number, content: unknown, findings: string | null): void;
  /** Writes the pages that were touched. */
  flush(): void;
  /** Drops the pages of a list that is gone. */
  forget(range: NumberRange): void;
}

export function createMarkWriting(index: Database): MarkWriting {
  const read = index.prepare<[number], Buffer>('SELECT marks FROM object_mark WHERE page = ?').pluck();
  const write = index.prepare('INSERT OR REPLACE INTO object_mark (page, marks) VALUES (?, ?)');
  const forget = index.prepare('DELETE FROM object_mark WHERE page >= ? AND page < ?');
  const touched = new Map<number, Uint32Array>();
  const pageAt = (number: number): Uint32Array => {
    const known = touched.get(number);
    if (known) return known;
    const stored = read.get(number);
    const words = wordsOf(stored ?? new Uint8Array(MARK_PAGE_BYTES));
    touched.set(number, words);
    return words;
  };
  return {
    set(object, content, findings) {
      const severities = findingsFromText(findings, 0);
      setMark(pageAt(markPageOf(object)), object, markOf(content, severities));
    },
    flush() {
      for (const [page, { buffer, byteOffset, byteLength }] of touched) {
        write.run(page, Buffer.from(buffer, byteOffset, byteLength));
      }
      touched.clear();
    },
    forget: ({ from, before }) => void forget.run(markPageOf(from), markPageOf(before)),
  };
}
