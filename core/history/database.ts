import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { APPLICATION_ID, type Look, lookAt } from './look.ts';
import { NEWEST_VERSION, versionOf } from './migrations/list.ts';
import { type Refusal, refuse } from './refusal.ts';
import { troubleOf } from './trouble.ts';

/** Another program may hold the file for a moment; longer than this is told. Milliseconds. */
const OPENING_PATIENCE = 1000;
/** Below this size a whole check takes a few milliseconds; above it only samples are read. */
const WHOLE_CHECK_BYTES = 8 * 1024 * 1024;
/** A worker moves the log into the database; should it be gone for long, SQLite does so itself. Pages of 4 KiB. */
const LARGEST_LOG_PAGES = 50_000;

export interface OpenDatabaseOptions {
  readonly file: string;
  readonly readOnly: boolean;
  /** A damaged file is renamed to `<file>.damaged-<time>`, and a new database is made in its place. */
  readonly setAside: boolean;
  /** Wall clock, milliseconds since the epoch. */
  readonly now: number;
}

export type OpenedDatabase =
  | { readonly ok: true; readonly database: Database.Database; readonly setAsideAs?: string }
  | Refusal;

/**
 * Opens a database of ours, or a new one. Looks first and refuses with the file untouched: newer, damaged, no database,
 * somebody else's. No schema is written here: who owns the file is settled before that.
 */
export function openDatabase(options: OpenDatabaseOptions): OpenedDatabase {
  const { file, readOnly } = options;
  try {
    const judged = judge(file, lookAt(file), readOnly);
    if (judged.ok) return { ok: true, database: connect(file, { readOnly, fresh: judged.fresh }) };
    if (judged.code !== 'DAMAGED' || !options.setAside || readOnly) return judged;
    const setAsideAs = setAside(file, options.now);
    return { ok: true, database: connect(file, { readOnly, fresh: true }), setAsideAs };
  } catch (error) {
    return refusalOf(file, error);
  }
}

type Judged = { readonly ok: true; readonly fresh: boolean } | Refusal;

function judge(file: string, look: Look, readOnly: boolean): Judged {
  switch (look.kind) {
    case 'nothing':
      if (readOnly) return refuse('NOT_REACHABLE', `There is no database at ${file}.`, 'Check the path.');
      mkdirSync(dirname(file), { recursive: true });
      return { ok: true, fresh: true };
    case 'no-database':
      return refuse('NOT_A_DATABASE', `${file} is not a database.`, 'Choose another path; the file was not touched.');
    case 'damaged':
      return damaged(file, look.what);
    case 'database': {
      if (!look.pending && look.userVersion > NEWEST_VERSION && look.applicationId === APPLICATION_ID) {
        return newer(file, look.userVersion);
      }
      if (!look.pending && look.applicationId !== APPLICATION_ID && !look.empty) return notOurs(file);
      if (!look.writable && !readOnly) {
        return refuse('READ_ONLY', `${file} may only be read.`, 'Make the file writable, or choose another path.');
      }
      return deepJudge(file, look.pending || readOnly);
    }
  }
}

/** Asks SQLite. With a log waiting, over a read-only connection: a writing one would move the log on closing. */
function deepJudge(file: string, readonly: boolean): Judged {
  const database = new Database(file, { readonly, timeout: OPENING_PATIENCE, fileMustExist: true });
  try {
    const version = versionOf(database);
    const applicationId = Number(database.pragma('application_id', { simple: true }));
    const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
    if (applicationId !== APPLICATION_ID) {
      return tables === 0 && version === 0 ? { ok: true, fresh: true } : notOurs(file);
    }
    if (version > NEWEST_VERSION) return newer(file, version);
    const complaint = sample(database);
    return complaint === undefined ? { ok: true, fresh: false } : damaged(file, complaint);
  } finally {
    database.close();
  }
}

/** A check that stays short on a large file: the whole of a small one, else the newest rows of each table. */
function sample(database: Database.Database): string | undefined {
  const pages = Number(database.pragma('page_count', { simple: true }));
  const pageSize = Number(database.pragma('page_size', { simple: true }));
  if (pages * pageSize <= WHOLE_CHECK_BYTES) {
    const said = database.pragma('quick_check(1)', { simple: true });
    return said === 'ok' ? undefined : String(said);
  }
  const tables = database.pragma('main.table_list') as { readonly name: string; readonly wr: number }[];
  for (const { name, wr } of tables) {
    database.prepare(`SELECT * FROM "${name}" ${wr === 1 ? '' : 'ORDER BY rowid DESC'} LIMIT 50`).all();
  }
  return undefined;
}

function connect(file: string, { readOnly, fresh }: { readOnly: boolean; fresh: boolean }): Database.Database {
  // What partners sent is nobody else's business; SQLite gives the log the mode of the file.
  if (fresh) closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file, { readonly: readOnly, timeout: OPENING_PATIENCE });
  try {
    if (readOnly) return database;
    // Before WAL, else it is ignored.
    if (fresh) database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    database.pragma(`wal_autocheckpoint = ${LARGEST_LOG_PAGES}`);
    if (fresh) database.pragma(`application_id = ${APPLICATION_ID}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The database's own name, made once: its key in the keychain is filed under it. */
export function databaseIdOf(database: Database.Database): string {
  const made = database.prepare("SELECT value FROM meta WHERE name = 'database-id'").pluck().get();
  if (typeof made === 'string') return made;
  const id = randomUUID();
  database.prepare("INSERT INTO meta (name, value) VALUES ('database-id', ?)").run(id);
  return id;
}

function setAside(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let name = `${file}.damaged-${stamp}`;
  for (let more = 2; existsSync(name); more++) name = `${file}.damaged-${stamp}-${more}`;
  renameSync(file, name);
  for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, name + end);
  return name;
}

function newer(file: string, version: number): Refusal {
  return refuse(
    'NEWER',
    `${file} was written by a newer OCPI Workbench (its schema is ${version}, this one knows ${NEWEST_VERSION}).`,
    'Update OCPI Workbench, or choose another database; the file was not touched.',
  );
}

function notOurs(file: string): Refusal {
  return refuse(
    'NOT_OURS',
    `${file} is a database of another program.`,
    'Choose another path; the file was not touched.',
  );
}

function damaged(file: string, what: string): Refusal {
  return refuse(
    'DAMAGED',
    `${file} is damaged: ${what}.`,
    'Let it be set aside and start with a new database, or put a copy from a backup in its place; the file was not touched.',
  );
}

/** What opening ran into, as a refusal; anything else is a bug and thrown on. */
export function refusalOf(file: string, error: unknown): Refusal {
  const trouble = troubleOf(error);
  if (trouble?.kind === 'damaged') return damaged(file, (error as Error).message);
  if (trouble?.kind === 'locked') {
    return refuse('LOCKED', `${file} is locked by another program.`, 'Close that program and try again.');
  }
  if (trouble?.kind === 'read-only') return refuse('READ_ONLY', `${file} may only be read.`, trouble.advice);
  if (trouble) return refuse('NOT_REACHABLE', `${file}: ${trouble.reason}.`, trouble.advice);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) {
    // better-sqlite3 throws a plain TypeError where the folder is not there.
    if (!(error instanceof TypeError)) throw error;
  }
  return refuse('NOT_REACHABLE', `${file} cannot be opened: ${message}.`, 'Check the path and its permissions.');
}
