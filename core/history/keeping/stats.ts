import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Retention, StorageStats } from '../../contract/storage.ts';
import { versionOf } from '../migrations/list.ts';
import { createChoosing } from './choosing.ts';
import { filesOf, pragma } from './space.ts';

/** What is read from the database itself. */
export type StoredStats = Omit<StorageStats, 'retention' | 'prunesFrom' | 'lastPruned'>;

export interface StatsAsked {
  readonly file: string;
  readonly database: Database;
  readonly retention: Retention;
  /** Wall clock, milliseconds since the epoch. */
  readonly now: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** Reads every page once. Throws what SQLite throws. */
export function readStats({ file, database, retention, now }: StatsAsked): StoredStats {
  const files = filesOf(file).map(({ path, what, bytes }) => ({ path, what, bytes }));
  const tables = tablesOf(database);
  const exchanges = countExchanges(database);
  const ends = database
    .prepare<[], { oldest: number | null; newest: number | null }>(
      `SELECT (SELECT started_at FROM exchange ORDER BY id LIMIT 1) AS oldest,
         (SELECT started_at FROM exchange ORDER BY id DESC LIMIT 1) AS newest`,
    )
    .get() ?? { oldest: null, newest: null };
  const { oldest, newest } = ends;
  const days = oldest === null || newest === null ? 0 : Math.max(1, (newest - oldest) / DAY);
  const held = tables
    .filter(({ table }) => table === 'body' || table.startsWith('exchange'))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const choosing = createChoosing(database);
  const { bavail, bsize } = statfsSync(dirname(file));
  return {
    file,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    free: pragma(database, 'freelist_count') * pragma(database, 'page_size'),
    diskFree: bavail * bsize,
    schema: versionOf(database),
    tables,
    exchanges: {
      count: exchanges,
      pinned: count(database, 'exchange_pin'),
      noted: count(database, 'exchange_note'),
      oldest: moment(oldest),
      newest: moment(newest),
      perDay: days === 0 ? 0 : rounded(exchanges / days),
      bytesEach: exchanges === 0 ? 0 : rounded(held / exchanges),
    },
    due: choosing.count(choosing.bounds(retention, now)),
  };
}

export function countExchanges(database: Database): number {
  return count(database, 'exchange');
}

/** Bytes with those of their indexes, the largest first. */
function tablesOf(database: Database): StoredStats['tables'] {
  const rows = database
    .prepare<[], { table: string; bytes: number }>(
      `SELECT sqlite_schema.tbl_name AS "table", sum(pages.pgsize) AS bytes
       FROM dbstat AS pages JOIN sqlite_schema ON sqlite_schema.name = pages.name
       WHERE pages.aggregate = 1 AND sqlite_schema.tbl_name NOT LIKE 'sqlite_%' GROUP BY 1 ORDER BY 2 DESC, 1`,
    )
    .all();
  return rows.map(({ table, bytes }) => ({ table, rows: count(database, table), bytes }));
}

function count(database: Database, table: string): number {
  return Number(database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
}

function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
