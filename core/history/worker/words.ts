import type { Database } from 'better-sqlite3';

/** How text is cut into words, in the index and in what is searched for: letters and digits, case and accents aside. */
export const TOKENIZER = 'unicode61 remove_diacritics 2';

/** Begins a word that no text holds: the index files links, runs and failures as such words. */
export const FACET_MARK = '\u{E000}';

/** Text as it may be indexed or searched for: it cannot hold a facet. */
export function withoutFacets(text: string): string {
  return text.includes(FACET_MARK) ? text.replaceAll(FACET_MARK, ' ') : text;
}

export type Words = (text: string) => readonly string[];

/**
 * Turns what an operator typed into terms of a full-text query, to be ANDed: every word quoted, one with a trailing `*`
 * as a beginning. SQLite itself cuts the words, with a table of one row, so that they are cut as the text was, whatever
 * was typed: an index without positions refuses a quoted term of two words.
 */
export function createWords(database: Database): Words {
  database.exec(`
    CREATE VIRTUAL TABLE temp.typed USING fts5 (word, tokenize = '${TOKENIZER}');
    CREATE VIRTUAL TABLE temp.cut USING fts5vocab ('temp', 'typed', 'instance');
  `);
  const type = database.prepare('INSERT OR REPLACE INTO temp.typed (rowid, word) VALUES (1, ?)');
  const cut = database.prepare<[], string>('SELECT term FROM temp.cut ORDER BY offset').pluck();
  return text =>
    withoutFacets(text)
      .split(/\s+/)
      .flatMap(word => {
        type.run(word);
        const terms = cut.all();
        const beginning = word.endsWith('*');
        return terms.map((term, at) => `"${term}"${beginning && at === terms.length - 1 ? '*' : ''}`);
      });
}
