import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { textIndexFile } from '../worker/text-index.ts';
import { createWords, type Words } from '../worker/words.ts';
import { FRESH_TABLE } from './facet.ts';

/** One connection to the database and to what is derived from it, `derived`, both for reading. */
export interface TrafficFile {
  readonly database: Database.Database;
  readonly words: Words;
  /** As `database.prepare`, once for each text of the newest few. */
  prepare<Row>(sql: string): Database.Statement<unknown[], Row>;
  close(): void;
}

const PATIENCE = 1000;
const CACHE_KIB = 8 * 1024;
const MAPPED_BYTES = 512 * 1024 * 1024;
const MOST_STATEMENTS = 100;

/** Undefined where nothing is derived yet. Which file that was tells `derivedFile`. */
export function openTrafficFile(file: string): TrafficFile {
  const database = new Database(file, { readonly: true, timeout: PATIENCE });
  try {
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.prepare('ATTACH ? AS derived').run(textIndexFile(file));
    database.pragma(`derived.mmap_size = ${MAPPED_BYTES}`);
    database.pragma(`derived.cache_size = -${CACHE_KIB}`);
    database.pragma('temp_store = MEMORY');
    database.exec(FRESH_TABLE);
    return { database, words: createWords(database), prepare: preparing(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Another text whenever what is derived was made anew; undefined where it is not there. */
export function derivedFile(file: string): string | undefined {
  const status = statSync(textIndexFile(file), { throwIfNoEntry: false });
  return status && `${status.ino} ${status.birthtimeMs}`;
}

function preparing(database: Database.Database): TrafficFile['prepare'] {
  const known = new Map<string, Database.Statement>();
  return <Row>(sql: string) => {
    const statement = known.get(sql) ?? database.prepare(sql);
    known.delete(sql);
    known.set(sql, statement);
    for (const oldest of known.keys()) {
      if (known.size <= MOST_STATEMENTS) break;
      known.delete(oldest);
    }
    return statement as Database.Statement<unknown[], Row>;
  };
}
