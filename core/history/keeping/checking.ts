import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { StorageCheck } from '../../contract/storage.ts';
import { unpacked } from '../bodies.ts';
import { factsFileOf } from '../facts/facts-file.ts';
import { chargeFileOf } from '../transactions/charge-file.ts';
import { troubleOf } from '../trouble.ts';
import { textIndexFile } from '../worker/text-index.ts';
import { createGreatestId } from './gone.ts';
import type { KeepingProgress } from './keeping-messages.ts';
import { Cancelled } from './pace.ts';

export interface Checking {
  readonly file: string;
  readonly databaseId: string;
  /** A connection for reading. */
  readonly database: Database.Database;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (progress: KeepingProgress) => void;
}

type Problem = StorageCheck['problems'][number];

/** Rows looked at before others get the thread. */
const ROWS = 500;
/** Of one kind so many are named, the rest counted. */
const NAMED = 5;

const RESTORE = 'Put a backup in its place; until then keep a copy of the file with those beside it.';
const ANEW = 'Delete that file while the workbench is closed: it is made anew.';

/** Rows that stand beside others, and whose they are. */
const BESIDE: readonly (readonly [table: string, column: string, whose: string, key: string])[] = [
  ['exchange_note', 'exchange_id', 'exchange', 'id'],
  ['exchange_pin', 'exchange_id', 'exchange', 'id'],
  ['exchange_fault', 'exchange_id', 'exchange', 'id'],
  ['exchange_resent', 'exchange_id', 'exchange', 'id'],
  ['replay', 'run_id', 'run', 'id'],
  ['replay_step', 'run_id', 'replay', 'run_id'],
  ['token', 'link_id', 'link', 'id'],
  ['imported_log_link', 'log_id', 'imported_log', 'id'],
];

/** Reads all of it, writes nothing. Throws `Cancelled`; whatever SQLite throws is a problem that was found. */
export async function checkDatabase(checking: Checking): Promise<StorageCheck> {
  const { database, signal, progress, clock } = checking;
  const problems: Problem[] = [];
  const checked: string[] = [];
  const steps = [
    () => checkPages(database, problems, checked, step),
    () => checkBeside(database, problems, checked),
    () => checkBodies(database, problems, checked, step),
    () => checkNamedBodies(database, problems, checked, step),
    () => checkDerived(checking, problems, checked),
  ];
  const step = async (told: KeepingProgress) => {
    if (signal.aborted) throw new Cancelled();
    progress(told);
    await clock.sleep(0);
  };
  for (const look of steps) {
    try {
      await look();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === undefined) throw error;
      problems.push({ what: `${trouble.reason} (${(error as Error).message})`, advice: RESTORE });
    }
  }
  return { kind: 'checked', ok: problems.length === 0, problems, checked };
}

type Step = (told: KeepingProgress) => Promise<void>;

async function checkPages(
  database: Database.Database,
  problems: Problem[],
  checked: string[],
  step: Step,
): Promise<void> {
  const tables = tableNames(database);
  let at = 0;
  for (const table of tables) {
    await step({ doing: 'checking pages', done: at++, total: tables.length });
    problems.push(...pagesOf(database, table));
  }
  checked.push(`pages and indexes of ${tables.length} tables`);
}

function pagesOf(database: Database.Database, table: string): Problem[] {
  try {
    const said = database.pragma(`quick_check("${table}")`) as { readonly quick_check: string }[];
    return said
      .filter(({ quick_check: what }) => what !== 'ok')
      .slice(0, NAMED)
      .map(({ quick_check: what }) => ({ what: `table ${table}: ${what}`, advice: RESTORE }));
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    return [{ what: `table ${table}: ${(error as Error).message}`, advice: RESTORE }];
  }
}

function tableNames(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
}

async function checkBeside(database: Database.Database, problems: Problem[], checked: string[]): Promise<void> {
  for (const [table, column, whose, key] of BESIDE) {
    const orphans = database
      .prepare<[], number>(
        `SELECT ${column} FROM ${table} WHERE ${column} NOT IN (SELECT ${key} FROM ${whose}) LIMIT ${NAMED + 1}`,
      )
      .pluck()
      .all();
    if (orphans.length > 0) {
      problems.push({
        what: `${table} has rows of which there is no ${whose} any more: ${listed(orphans)}`,
        advice: 'They do no harm; please report it as a defect of the workbench.',
      });
    }
  }
  checked.push('rows that belong to others');
}

interface BodyRow {
  readonly id: number;
  readonly hash: Buffer;
  readonly length: number;
  readonly coding: number;
  readonly content: Buffer;
}

async function checkBodies(
  database: Database.Database,
  problems: Problem[],
  checked: string[],
  step: Step,
): Promise<void> {
  const next = database.prepare<[number], BodyRow>(
    `SELECT id, hash, length, coding, content FROM body WHERE id > ? ORDER BY id LIMIT ${ROWS}`,
  );
  const total = Number(database.prepare('SELECT count(*) FROM body').pluck().get());
  const bad: number[] = [];
  let seen = 0;
  for (let after = 0; ; ) {
    await step({ doing: 'checking bodies', done: seen, total });
    const rows = next.all(after);
    for (const row of rows) if (!isWhole(row)) bad.push(row.id);
    seen += rows.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < ROWS) break;
  }
  const namedBy = database.prepare<[number, number], number>(
    'SELECT id FROM exchange WHERE request_body = ? OR response_body = ? ORDER BY id LIMIT 1',
  );
  for (const body of bad.slice(0, NAMED)) {
    const exchange = namedBy.pluck().get(body, body);
    const whose = exchange === undefined ? 'of no exchange' : `of exchange ${exchange}`;
    problems.push({ what: `body ${body}, ${whose}, is not what was stored: its bytes have changed`, advice: RESTORE });
  }
  if (bad.length > NAMED) problems.push({ what: `${bad.length - NAMED} more bodies have changed`, advice: RESTORE });
  checked.push(`${seen} bodies, each unpacked and compared with its digest and its length`);
}

/** By the same digest it is found by when the same bytes come again (bodies.ts). */
function isWhole(row: BodyRow): boolean {
  try {
    const bytes = unpacked(row);
    const digest = Buffer.from(hash('sha256', bytes, 'base64').slice(0, 22), 'base64');
    return bytes.length === row.length && digest.equals(row.hash);
  } catch {
    // It cannot be unpacked, for whatever reason zlib gives.
    return false;
  }
}

async function checkNamedBodies(
  database: Database.Database,
  problems: Problem[],
  checked: string[],
  step: Step,
): Promise<void> {
  const missing = (column: string) =>
    `(${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM body WHERE body.id = ${column}))`;
  const bad = database
    .prepare<[number, number], number>(
      `SELECT id FROM exchange WHERE id >= ? AND id < ?
       AND (${missing('request_body')} OR ${missing('response_body')}
         OR (link_id IS NOT NULL AND link_id NOT IN (SELECT id FROM link)))`,
    )
    .pluck();
  const { first, last } = database
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(id) FROM exchange) AS first, (SELECT max(id) FROM exchange) AS last',
    )
    .get() ?? { first: null, last: null };
  const found: number[] = [];
  for (let id = first ?? 0; id <= (last ?? -1); id += ROWS) {
    await step({ doing: 'checking exchanges', done: id - (first ?? 0), total: (last ?? 0) - (first ?? 0) + 1 });
    found.push(...bad.all(id, id + ROWS));
  }
  if (found.length > 0) {
    problems.push({ what: `exchanges name a body or a link that is not there: ${listed(found)}`, advice: RESTORE });
  }
  checked.push('bodies and links that exchanges name');
}

async function checkDerived(
  { file, databaseId, database }: Checking,
  problems: Problem[],
  checked: string[],
): Promise<void> {
  const greatest = createGreatestId(database)();
  for (const [path, what] of [
    [textIndexFile(file), 'the full text'],
    [chargeFileOf(file), 'the transactions'],
    [factsFileOf(file), 'the facts for reports and health'],
  ] as const) {
    if (!existsSync(path)) continue;
    checked.push(`${what}, derived, in ${path}`);
    problems.push(...derivedProblems({ path, what, databaseId, greatest }));
  }
}

function derivedProblems(of: { path: string; what: string; databaseId: string; greatest: number }): Problem[] {
  const { path, what, databaseId, greatest } = of;
  try {
    const derived = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const said = derived.pragma('quick_check(1)', { simple: true });
      if (said !== 'ok') return [{ what: `${what}: ${String(said)}`, advice: ANEW }];
      const state = derived
        .prepare<[], { whose: string; upTo: number }>('SELECT database_id AS whose, up_to AS upTo FROM state')
        .get();
      if (state !== undefined && state.whose !== databaseId) {
        return [{ what: `${what} belongs to another database`, advice: ANEW }];
      }
      if (state !== undefined && state.upTo > greatest) {
        return [{ what: `${what} knows exchanges that the database does not have`, advice: ANEW }];
      }
      return [];
    } finally {
      derived.close();
    }
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    return [{ what: `${what}: ${(error as Error).message}`, advice: ANEW }];
  }
}

function listed(ids: readonly number[]): string {
  const named = ids.slice(0, NAMED).join(', ');
  return ids.length > NAMED ? `${named} and more` : named;
}
