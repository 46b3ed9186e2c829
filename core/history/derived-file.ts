import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamage } from './worker/text-index.ts';

/** What is derived from a database, in a file of its own beside it, which can be made anew at any time. */
export interface DerivedFile {
  readonly connection: Database.Database;
  /** Why what was there before is not used: it was damaged, of another version, or of another database. */
  readonly madeAnew?: string;
}

export interface DerivedFileOptions {
  readonly name: string;
  readonly databaseId: string;
  /** Grows when what is derived, or how it is kept, is another: the file is made anew then. */
  readonly version: number;
  /** SQL of its tables, besides `state (database_id, up_to)`, which each of them has. */
  readonly tables: string;
  readonly cacheKib: number;
  readonly mappedBytes?: number;
}

const LOG_PAGES = 4000;
const PATIENCE = 1000;

/** Opens it, or makes it. Throws what SQLite throws, but for damage. */
export function openDerivedFile(options: DerivedFileOptions): DerivedFile {
  const opened = openSafely(options);
  if (typeof opened !== 'string') return { connection: opened };
  removeDerivedFile(options.name);
  const made = openSafely(options);
  if (typeof made === 'string') throw new Error(`${options.name} cannot be made anew: ${made}`);
  return { connection: made, madeAnew: opened };
}

export function removeDerivedFile(name: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(name + end, { force: true });
}

/** The reason where it cannot be used. */
function openSafely(options: DerivedFileOptions): Database.Database | string {
  const { name, cacheKib, mappedBytes } = options;
  let database: Database.Database | undefined;
  try {
    closeSync(openSync(name, 'a', 0o600));
    database = new Database(name, { timeout: PATIENCE });
    // Before WAL, else it is ignored; of a file that has tables already it is.
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${cacheKib}`);
    if (mappedBytes !== undefined) database.pragma(`mmap_size = ${mappedBytes}`);
    // Much is written in short transactions: moved into the file in larger pieces.
    database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    const other = otherThanOurs(database, options);
    if (other === undefined) return database;
    database.close();
    return other;
  } catch (error) {
    database?.close();
    if (isDamage(error)) return 'it was damaged';
    throw error;
  }
}

function otherThanOurs(database: Database.Database, options: DerivedFileOptions): string | undefined {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables === 0) {
    create(database, options);
    return undefined;
  }
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > options.version) return 'it was written by a newer OCPI Workbench';
  if (version < options.version) return 'it was written by an older OCPI Workbench';
  const whose = database.prepare('SELECT database_id FROM state').pluck().get();
  return whose === options.databaseId ? undefined : 'it belonged to another database';
}

function create(database: Database.Database, { tables, databaseId, version }: DerivedFileOptions): void {
  database
    .transaction(() => {
      database.exec('CREATE TABLE state (database_id TEXT NOT NULL, up_to INTEGER NOT NULL)');
      database.exec(tables);
      database.prepare('INSERT INTO state (database_id, up_to) VALUES (?, 0)').run(databaseId);
      database.pragma(`user_version = ${version}`);
    })
    .immediate();
}
