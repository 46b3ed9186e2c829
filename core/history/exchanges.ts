import type { Database, Statement } from 'better-sqlite3';
import type { ExchangeFilter, ExchangeSummary, ExchangeView } from '../contract/exchange.ts';
import type { ExchangeRecord } from '../http/exchange.ts';
import type { BodyStore } from './bodies.ts';
import { createExchangeFaults } from './exchange-faults.ts';
import { COLUMNS, type ExchangeRow, toRecord } from './exchange-row.ts';
import {
  BESIDE_COLUMNS,
  type BesideColumns,
  SUMMARY_COLUMNS,
  type SummaryRow,
  toSummary,
  toView,
} from './exchange-view.ts';

/** Every filter but the words, which need the worker: `History.find`. */
export type ListFilter = Partial<Omit<ExchangeFilter, 'search'>>;

export interface Exchanges {
  /** Newest first. `link` is a name, of a removed link as well; an unknown one lists nothing. */
  list(filter?: ListFilter): ExchangeSummary[];
  /** These, in this order; ids that are not there, or that nobody is shown, are left out. */
  listIds(ids: readonly number[]): ExchangeSummary[];
  /** Of a log that is on its way in or out: nobody is shown it. */
  isHidden(id: number): boolean;
  /** As faces see it, undefined where it is hidden; bodies up to the setting `history.viewed-body`. */
  get(id: number): ExchangeView | undefined;
  /** As it was recorded, to send again or to export. */
  record(id: number): ExchangeRecord | undefined;
  /** The id from which on an exchange may have started at a time (milliseconds since the epoch) or later. */
  firstSince(since: number): number;
  /** By a filter: from an index. Of all: reads the whole table, 20 ms for 100,000, so not while partners wait. */
  count(filter?: Pick<ListFilter, 'link' | 'errors' | 'runId'>): number;
}

export interface ExchangesOptions {
  readonly bodies: BodyStore;
  readonly nameOf: (linkId: number) => string | undefined;
  readonly idsNamed: (name: string) => readonly number[];
  /** Links of which nobody is shown anything. */
  readonly hiddenLinks: () => readonly number[];
  /** Bytes of a body a view holds at most. */
  readonly viewedBody: number;
}

const DEFAULT_LIMIT = 100;

/** Reading; every list is answered from an index, whatever it is filtered by. */
export function createExchanges(database: Database, options: ExchangesOptions): Exchanges {
  const { bodies, nameOf, idsNamed, hiddenLinks, viewedBody } = options;
  const whole = database.prepare<[number], ExchangeRow & BesideColumns>(
    `SELECT ${COLUMNS}, ${BESIDE_COLUMNS} FROM exchange WHERE id = ?`,
  );
  const line = database.prepare<[number], SummaryRow>(`SELECT ${SUMMARY_COLUMNS} FROM exchange WHERE id = ?`);
  const linkOf = database.prepare<[number], number | null>('SELECT link_id FROM exchange WHERE id = ?').pluck();
  // Reads only.
  const faults = createExchangeFaults(database, { bodies, largestBody: 0 });
  const firstSince = createFirstSince(database);
  const prepared = new Map<string, Statement<unknown[], SummaryRow>>();
  const isHiddenLink = (linkId: number | null) => linkId !== null && hiddenLinks().includes(linkId);
  const bodyOf = (body: number | null) => (body === null ? new Uint8Array() : bodies.get(body));

  /** One query for one link, or for all; `conditions` decide which index is used. */
  const rows = (filter: ListFilter, linkId: number | undefined, limit: number): SummaryRow[] => {
    const { conditions, values } = conditionsOf(filter, linkId);
    if (filter.since !== undefined) {
      conditions.push('id >= ?', 'started_at >= ?');
      values.push(firstSince(filter.since), filter.since);
    }
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    const text = `SELECT ${SUMMARY_COLUMNS} FROM exchange ${where} ORDER BY id DESC LIMIT ?`;
    let statement = prepared.get(text);
    if (!statement) {
      statement = database.prepare<unknown[], SummaryRow>(text);
      prepared.set(text, statement);
    }
    return statement.all(...values, limit);
  };

  return {
    list(filter = {}) {
      const limit = filter.limit ?? DEFAULT_LIMIT;
      const found =
        filter.link === undefined
          ? rows(filter, undefined, limit)
          : idsNamed(filter.link).flatMap(linkId => rows(filter, linkId, limit));
      if (filter.link !== undefined) found.sort((left, right) => right.id - left.id);
      return found.slice(0, limit).map(row => toSummary(row, nameOf));
    },
    listIds: ids =>
      ids.flatMap(id => {
        const row = line.get(id);
        return row && !isHiddenLink(row.link_id) ? [toSummary(row, nameOf)] : [];
      }),
    isHidden: id => isHiddenLink(linkOf.get(id) ?? null),
    get(id) {
      const row = whole.get(id);
      if (row === undefined || isHiddenLink(row.link_id)) return undefined;
      return toView(row, { nameOf, bodyOf, largestBody: viewedBody, faults: faults.get(id) });
    },
    record(id) {
      const row = whole.get(id);
      if (row === undefined) return undefined;
      const stamp = row.fault_kinds === null ? undefined : faults.get(id);
      return { ...toRecord(row, bodyOf), ...(stamp && { faults: stamp }) };
    },
    firstSince,
    count(filter = {}) {
      const links = filter.link === undefined ? [undefined] : idsNamed(filter.link);
      let sum = 0;
      for (const linkId of links) {
        const { conditions, values } = conditionsOf(filter, linkId);
        const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
        sum += Number(
          database
            .prepare(`SELECT count(*) FROM exchange ${where}`)
            .pluck()
            .get(...values),
        );
      }
      return sum;
    },
  };
}

function conditionsOf(filter: ListFilter, linkId: number | undefined): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  // A run is small, and its index the best whatever else is asked: the plus keeps SQLite from taking the link's.
  const ofRun = filter.runId !== undefined;
  if (ofRun) {
    conditions.push('run_id = ?');
    values.push(filter.runId);
  }
  if (linkId !== undefined) {
    conditions.push(`${ofRun ? '+' : ''}link_id = ?`);
    values.push(linkId);
  }
  if (filter.errors) conditions.push(ofRun ? '+failed = 1' : 'failed = 1');
  if (filter.before !== undefined) {
    conditions.push('id < ?');
    values.push(filter.before);
  }
  return { conditions, values };
}

/**
 * The first id from which on an exchange may have started at a time or later. `opened_at` grows with the id, so it is
 * found by halving, and no index is kept up to date for it.
 */
export function createFirstSince(database: Database): (since: number) => number {
  const ends = database.prepare<[], { first: number | null; last: number | null }>(
    'SELECT (SELECT min(id) FROM exchange) AS first, (SELECT max(id) FROM exchange) AS last',
  );
  const from = database.prepare<[number], { id: number; opened_at: number }>(
    'SELECT id, opened_at FROM exchange WHERE id >= ? ORDER BY id LIMIT 1',
  );
  return since => {
    const { first, last } = ends.get() ?? { first: null, last: null };
    let low = first ?? 0;
    let high = (last ?? 0) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = from.get(middle);
      if (row && row.opened_at < since) low = row.id + 1;
      else high = middle;
    }
    return low;
  };
}
