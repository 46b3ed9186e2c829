import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { MARK_TABLE } from '../browse/marks.ts';
import { FACET_TABLES } from '../traffic/facet.ts';
import { GONE_TABLE } from './gone-following.ts';
import { OBJECT_TEXT_TABLES } from './object-index.ts';
import { FACET_MARK, TOKENIZER, withoutFacets } from './words.ts';

/** Grows with anything that changes what stands in the index; an older one is made anew. */
const INDEX_VERSION = 5;
const CACHE_KIB = 8 * 1024;

/** What can be searched of one exchange. */
export interface Searchable {
  readonly id: number;
  readonly linkId: number | null;
  readonly runId: number | null;
  readonly failed: boolean;
  /** Still open: its answer is not there yet, so it is indexed again. */
  readonly open: boolean;
  readonly texts: readonly string[];
}

/** Derived from the database, in a file of its own, so that recording never waits for it. */
export interface TextIndex {
  /** To the file, for the full text of objects, which stands beside that of exchanges. */
  readonly connection: Database.Database;
  /** The id up to which every exchange is in the index. */
  upTo(): number;
  /** Exchanges that were open when they were indexed. */
  open(): readonly number[];
  /** One transaction; `next` gives one exchange after the other until it has none. */
  add(next: () => Searchable | undefined): void;
  /** Reads all of it. */
  isSound(): boolean;
  close(): void;
}

export function textIndexFile(file: string): string {
  return `${file}.search`;
}

/** Opens the index of a database, or makes a new one where there is none, or one that is damaged, old or another's. */
export function openTextIndex(file: string, databaseId: string): TextIndex {
  const name = textIndexFile(file);
  try {
    const index = open(name, databaseId);
    if (index) return index;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  removeTextIndex(file);
  const made = open(name, databaseId);
  if (!made) throw new Error(`${name} cannot be made anew`);
  return made;
}

export function removeTextIndex(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(textIndexFile(file) + end, { force: true });
}

export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

function open(name: string, databaseId: string): TextIndex | undefined {
  closeSync(openSync(name, 'a', 0o600));
  const database = new Database(name, { timeout: 1000 });
  try {
    // Before WAL, else it is ignored; of a file that has tables already it is.
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    if (!isOurs(database, databaseId)) {
      database.close();
      return undefined;
    }
    return textIndex(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function isOurs(database: Database.Database, databaseId: string): boolean {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables === 0) {
    create(database, databaseId);
    return true;
  }
  const version = database.pragma('user_version', { simple: true });
  if (version !== INDEX_VERSION) return false;
  return database.prepare('SELECT database_id FROM state').pluck().get() === databaseId;
}

function create(database: Database.Database, databaseId: string): void {
  database
    .transaction(() => {
      database.exec(`
        CREATE TABLE state (database_id TEXT NOT NULL, up_to INTEGER NOT NULL);
        CREATE TABLE open_exchange (id INTEGER PRIMARY KEY);
        CREATE VIRTUAL TABLE exchange_text USING fts5 (
          text, content = '', contentless_delete = 1, detail = none, tokenize = '${TOKENIZER}'
        );
        ${OBJECT_TEXT_TABLES}
        ${FACET_TABLES}
        ${MARK_TABLE}
        ${GONE_TABLE}
      `);
      database.prepare('INSERT INTO state (database_id, up_to) VALUES (?, 0)').run(databaseId);
      database.pragma(`user_version = ${INDEX_VERSION}`);
    })
    .immediate();
}

function textIndex(database: Database.Database): TextIndex {
  const readUpTo = database.prepare('SELECT up_to FROM state').pluck();
  const writeUpTo = database.prepare('UPDATE state SET up_to = ?');
  const readOpen = database.prepare<[], number>('SELECT id FROM open_exchange ORDER BY id').pluck();
  const addOpen = database.prepare('INSERT OR IGNORE INTO open_exchange (id) VALUES (?)');
  const removeOpen = database.prepare('DELETE FROM open_exchange WHERE id = ?');
  const addText = database.prepare('INSERT OR REPLACE INTO exchange_text (rowid, text) VALUES (?, ?)');
  let upTo = Number(readUpTo.get());

  const addAll = database.transaction((next: () => Searchable | undefined) => {
    let last = upTo;
    for (let one = next(); one; one = next()) {
      addText.run(one.id, textOf(one));
      if (one.open) addOpen.run(one.id);
      else removeOpen.run(one.id);
      if (one.id > last) last = one.id;
    }
    if (last > upTo) writeUpTo.run(last);
    return last;
  });

  return {
    connection: database,
    upTo: () => upTo,
    open: () => readOpen.all(),
    add(next) {
      upTo = addAll.immediate(next);
    },
    isSound() {
      try {
        return database.pragma('quick_check(1)', { simple: true }) === 'ok';
      } catch (error) {
        if (isDamage(error)) return false;
        throw error;
      }
    },
    close: () => database.close(),
  };
}

/** Link, run and failure stand in the text as words of their own: an index answers all of a query at once. */
function textOf({ linkId, runId, failed, texts }: Searchable): string {
  const facets = [
    ...(linkId === null ? [] : [`${FACET_MARK}l${linkId}`]),
    ...(runId === null ? [] : [`${FACET_MARK}r${runId}`]),
    ...(failed ? [`${FACET_MARK}f`] : []),
  ];
  return [...texts.map(withoutFacets), ...facets].join('\n');
}

export interface TextFacets {
  readonly linkIds?: readonly number[];
  readonly runId?: number;
  readonly errors?: boolean;
}

/** Terms that only texts of these links, of this run, or of failed exchanges hold. */
export function facetTerms({ linkIds, runId, errors }: TextFacets): string[] {
  return [
    ...(linkIds === undefined ? [] : [`(${linkIds.map(id => `"${FACET_MARK}l${id}"`).join(' OR ')})`]),
    ...(runId === undefined ? [] : [`"${FACET_MARK}r${runId}"`]),
    ...(errors ? [`"${FACET_MARK}f"`] : []),
  ];
}
