import Database from 'better-sqlite3';
import { createBodyStore } from '../../../core/history/bodies.ts';
import { openDatabase } from '../../../core/history/database.ts';
import { createExchangeWriter } from '../../../core/history/exchange-writer.ts';
import { migrate } from '../../../core/history/migrations/list.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { versionsExchange } from '../../support/exchanges.ts';

/** What `flawed` is told to have. */
export const FLAW = 'envelope.timestamp.missing';

/** Recorded without any finding, although its envelope has no timestamp. */
export function flawed(number: number, more: Partial<ExchangeRecord> = {}): ExchangeRecord {
  const { response, ...plain } = versionsExchange(number, { direction: 'out', ended: { how: 'complete' } });
  const { request } = plain;
  return {
    ...plain,
    version: '2.2.1',
    request: { ...request, url: 'http://127.0.0.1:40123/ocpi/versions' },
    ...(response && { response: { ...response, body: Buffer.from('{"data":[],"status_code":1000}') } }),
    ...more,
  };
}

/** A database as an older workbench left it. */
export function databaseOf(file: string, records: readonly ExchangeRecord[]): void {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  migrate(database);
  const writer = createExchangeWriter(database, { bodies: createBodyStore(database), largestBody: 1_000_000 });
  database
    .transaction(() => {
      for (const [at, record] of records.entries()) writer.insert(at + 1, record);
    })
    .immediate();
  database.close();
}

export interface Looked {
  readonly detector: number;
  readonly upTo: number;
  readonly later: readonly number[];
}

/** What stands in a database that nobody has open, or that somebody else has. */
export function readStored<T>(file: string, work: (database: Database.Database) => T, readonly = true): T {
  const database = new Database(file, { readonly });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

export function lookedIn(file: string): Looked | undefined {
  return readStored(file, database => {
    const value = database.prepare("SELECT value FROM setting WHERE name = 'insight.looked'").pluck().get();
    return typeof value === 'string' ? (JSON.parse(value) as Looked) : undefined;
  });
}

/** Ids up to one whose findings do not name the flaw. */
export function withoutFlaw(file: string, upTo: number): unknown[] {
  return readStored(file, database =>
    database
      .prepare("SELECT id FROM exchange WHERE id <= ? AND coalesce(findings, '') NOT LIKE ?")
      .pluck()
      .all(upTo, `%${FLAW}%`),
  );
}
