import Database from 'better-sqlite3';
import { type Clock, systemClock } from '../../../core/clock.ts';
import type { Retention } from '../../../core/contract/storage.ts';
import type { History } from '../../../core/history/history.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { versionsExchange } from '../../support/exchanges.ts';

export const DAY = 24 * 60 * 60 * 1000;
/** The moment it is in these tests. */
export const NOW = 1_800_000_000_000;
export const KEEP_ALL: Retention = { age: null, count: null, size: null };

/** Time passes, but it is always the same moment. */
export const standing: Clock = { ...systemClock, now: () => NOW };

/** An exchange that began so many days ago. */
export function daysAgo(days: number, number: number, more: Partial<ExchangeRecord> = {}): ExchangeRecord {
  return versionsExchange(number, { startedAt: NOW - days * DAY, ...more });
}

/** With bodies of its own, unless they are given. */
export function answered(number: number, text = `{"number":${number}}`): Pick<ExchangeRecord, 'response'> {
  return {
    response: {
      status: 200,
      statusText: 'OK',
      headers: [['Content-Type', 'application/json']],
      body: Buffer.from(text),
    },
  };
}

export async function recordAll({ recorder }: Pick<History, 'recorder'>, records: readonly ExchangeRecord[]) {
  const stored = await Promise.all(records.map(record => recorder.record(record)));
  const lost = stored.find(one => !one.stored);
  if (lost !== undefined) throw new Error('an exchange was not stored');
  return stored.map(({ id }) => id);
}

/** What the database itself says, over a connection of its own. */
export function asked<T>(file: string, sql: string): T[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare<[], T>(sql).pluck().all();
  } finally {
    database.close();
  }
}

export function countOf(file: string, table: string): number {
  return asked<number>(file, `SELECT count(*) FROM ${table}`)[0] ?? -1;
}

/** The value of an outcome. */
export function must<T>(outcome: { ok: true; value: T } | { ok: false; failure: { message: string } }): T {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}
