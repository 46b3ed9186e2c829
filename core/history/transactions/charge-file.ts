import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GATHERING_VERSION } from '../../insight/transactions/operations.ts';
import { isDamage } from '../worker/text-index.ts';

/** Derived from the database, in a file of its own, which can be made anew at any time. */
export interface ChargeFile {
  readonly connection: Database.Database;
  /** Why what was there before is not used: it was damaged, or of another version. */
  readonly madeAnew?: string;
}

const CACHE_KIB = 8 * 1024;
const LOG_PAGES = 4000;
const PATIENCE = 1000;

export function chargeFileOf(file: string): string {
  return `${file}.transactions`;
}

/** Opens what is beside a database, or makes it. Throws what SQLite throws, but for damage. */
export function openChargeFile(file: string, databaseId: string): ChargeFile {
  const opened = openSafely(chargeFileOf(file), databaseId);
  if (typeof opened !== 'string') return { connection: opened };
  removeChargeFile(file);
  const made = openSafely(chargeFileOf(file), databaseId);
  if (typeof made === 'string') throw new Error(`${chargeFileOf(file)} cannot be made anew: ${made}`);
  return { connection: made, madeAnew: opened };
}

export function removeChargeFile(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(chargeFileOf(file) + end, { force: true });
}

/** The reason where it cannot be used. */
function openSafely(name: string, databaseId: string): Database.Database | string {
  let database: Database.Database | undefined;
  try {
    closeSync(openSync(name, 'a', 0o600));
    database = new Database(name, { timeout: PATIENCE });
    // Before WAL, else it is ignored; of a file that has tables already it is.
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    // Much is written in short transactions: moved into the file in larger pieces.
    database.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    const other = otherThanOurs(database, databaseId);
    if (other === undefined) return database;
    database.close();
    return other;
  } catch (error) {
    database?.close();
    if (isDamage(error)) return 'it was damaged';
    throw error;
  }
}

function otherThanOurs(database: Database.Database, databaseId: string): string | undefined {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (tables === 0) {
    create(database, databaseId);
    return undefined;
  }
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > GATHERING_VERSION) return 'it was written by a newer OCPI Workbench';
  if (version < GATHERING_VERSION) return 'it was written by an older OCPI Workbench';
  const whose = database.prepare('SELECT database_id FROM state').pluck().get();
  return whose === databaseId ? undefined : 'it belonged to another database';
}

function create(database: Database.Database, databaseId: string): void {
  database
    .transaction(() => {
      database.exec(`
        CREATE TABLE state (database_id TEXT NOT NULL, up_to INTEGER NOT NULL);
        -- Where it stands among deletions of exchanges; no row: at their beginning.
        CREATE TABLE gone_state (deletion INTEGER NOT NULL, at INTEGER NOT NULL);
        -- Still open when they were met.
        CREATE TABLE later (exchange_id INTEGER PRIMARY KEY);
        -- What is listed by. turn_at: when the state becomes turn_state by itself; it is not open any more then.
        -- rank: of the worst problem, 0 none to 3 error; cdr_due: from when on a CDR is overdue, a warning.
        CREATE TABLE charge (
          id INTEGER PRIMARY KEY,
          shown INTEGER NOT NULL,
          started_at REAL NOT NULL,
          link_id INTEGER,
          state TEXT NOT NULL,
          open INTEGER NOT NULL,
          turn_at REAL,
          turn_state TEXT,
          cdr_due REAL,
          rank INTEGER NOT NULL DEFAULT 0
        );
        -- All of it, so that what is listed by is read from here alone.
        CREATE INDEX charge_listed ON charge (
          shown, started_at DESC, id DESC, link_id, state, open, turn_at, turn_state, cdr_due, rank
        );
        -- The charge itself, as JSON.
        CREATE TABLE fact (charge_id INTEGER PRIMARY KEY, charge TEXT NOT NULL);
        CREATE TABLE member (
          charge_id INTEGER NOT NULL,
          exchange_id INTEGER NOT NULL,
          why TEXT NOT NULL,
          rank INTEGER NOT NULL,
          PRIMARY KEY (charge_id, exchange_id)
        ) WITHOUT ROWID;
        CREATE INDEX member_exchange ON member (exchange_id);
        CREATE TABLE tie (
          scope TEXT NOT NULL, key TEXT NOT NULL, charge_id INTEGER NOT NULL, PRIMARY KEY (scope, key)
        ) WITHOUT ROWID;
        CREATE INDEX tie_charge ON tie (charge_id);
        CREATE TABLE near (
          charge_id INTEGER NOT NULL,
          scope TEXT NOT NULL,
          key TEXT NOT NULL,
          at REAL NOT NULL,
          until REAL NOT NULL,
          PRIMARY KEY (charge_id, scope, key)
        ) WITHOUT ROWID;
        CREATE INDEX near_at ON near (scope, key, at DESC, charge_id DESC);
        -- What is searched by, in small letters.
        CREATE TABLE name (
          text TEXT NOT NULL, charge_id INTEGER NOT NULL, PRIMARY KEY (text, charge_id)
        ) WITHOUT ROWID;
        CREATE INDEX name_charge ON name (charge_id);
        CREATE TABLE contract (
          scope TEXT NOT NULL, uid TEXT NOT NULL, contract TEXT NOT NULL, PRIMARY KEY (scope, uid)
        ) WITHOUT ROWID;
        CREATE TABLE sessions_since (scope TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
      `);
      database.prepare('INSERT INTO state (database_id, up_to) VALUES (?, 0)').run(databaseId);
      database.pragma(`user_version = ${GATHERING_VERSION}`);
    })
    .immediate();
}
