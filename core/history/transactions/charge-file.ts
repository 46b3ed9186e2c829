import { GATHERING_VERSION } from '../../insight/transactions/operations.ts';
import { type DerivedFile, openDerivedFile, removeDerivedFile } from '../derived-file.ts';

const CACHE_KIB = 8 * 1024;

const TABLES = `
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
`;

export function chargeFileOf(file: string): string {
  return `${file}.transactions`;
}

/** The charges that were put together of the exchanges of a database. Throws what SQLite throws, but for damage. */
export function openChargeFile(file: string, databaseId: string): DerivedFile {
  return openDerivedFile({
    name: chargeFileOf(file),
    databaseId,
    version: GATHERING_VERSION,
    tables: TABLES,
    cacheKib: CACHE_KIB,
  });
}

export function removeChargeFile(file: string): void {
  removeDerivedFile(chargeFileOf(file));
}
