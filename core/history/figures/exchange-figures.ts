import type { Database } from 'better-sqlite3';
import { createFirstSince } from '../exchanges.ts';

/** One exchange with a link, as far as it is counted. Times in milliseconds since the epoch. */
export interface ExchangeFigure {
  readonly id: number;
  readonly linkId: number;
  readonly isIncoming: boolean;
  readonly startedAt: number;
  /** Milliseconds; null while it is open, or where nobody measured. */
  readonly duration: number | null;
  /** An answer was there, whole or not. */
  readonly isAnswered: boolean;
  readonly isFailed: boolean;
  readonly isOpen: boolean;
  /** Faults of ours were at work. */
  readonly isFaulty: boolean;
}

/** Exchanges as they are counted: headers and bodies are not read. */
export interface ExchangeFigures {
  /** Of all links, by id; `upTo` is how far these reach. */
  after(id: number, limit: number): { readonly figures: readonly ExchangeFigure[]; readonly upTo: number };
  /** Undefined: it is not there any more. */
  get(id: number): ExchangeFigure | undefined;
  newest(): number;
  /** The id from which on an exchange may have started at a time or later. */
  firstSince(since: number): number;
  /** When a link was heard last, by exchanges before an id: its newest request, or answer; null: never. */
  heardBefore(linkId: number, id: number): number | null;
}

interface FigureRow {
  readonly id: number;
  readonly link_id: number;
  readonly incoming: number;
  readonly started_at: number;
  readonly duration: number | null;
  readonly answered: number;
  readonly failed: number;
  readonly open: number;
  readonly faulty: number;
}

const FIGURES = `id, link_id, incoming, started_at, duration, http_status IS NOT NULL AS answered, failed,
  ended = 'open' AS open, EXISTS (SELECT 1 FROM exchange_fault WHERE exchange_id = exchange.id) AS faulty`;

/** On a connection for reading. */
export function createExchangeFigures(database: Database): ExchangeFigures {
  // By the table itself: the index of links would be sorted first.
  const after = database.prepare<[number, number], FigureRow>(
    `SELECT ${FIGURES} FROM exchange WHERE id > ? AND id <= ? AND +link_id IS NOT NULL`,
  );
  const end = database
    .prepare<[number, number], number | null>(
      'SELECT max(id) FROM (SELECT id FROM exchange WHERE id > ? ORDER BY id LIMIT ?)',
    )
    .pluck();
  const one = database.prepare<[number], FigureRow>(
    `SELECT ${FIGURES} FROM exchange WHERE id = ? AND link_id IS NOT NULL`,
  );
  const newest = database.prepare<[], number | null>('SELECT max(id) FROM exchange').pluck();
  const heard = database
    .prepare<[number, number], number>(
      `SELECT started_at + CASE incoming WHEN 1 THEN 0 ELSE coalesce(duration, 0) END FROM exchange
       WHERE link_id = ? AND id < ? AND (incoming = 1 OR http_status IS NOT NULL) ORDER BY id DESC LIMIT 1`,
    )
    .pluck();
  return {
    after(id, limit) {
      const upTo = end.get(id, limit) ?? id;
      return { figures: after.all(id, upTo).map(figureOf), upTo };
    },
    get(id) {
      const row = one.get(id);
      return row && figureOf(row);
    },
    newest: () => newest.get() ?? 0,
    firstSince: createFirstSince(database),
    heardBefore: (linkId, id) => heard.get(linkId, id) ?? null,
  };
}

function figureOf(row: FigureRow): ExchangeFigure {
  return {
    id: row.id,
    linkId: row.link_id,
    isIncoming: row.incoming === 1,
    startedAt: row.started_at,
    duration: row.duration,
    isAnswered: row.answered === 1,
    isFailed: row.failed === 1,
    isOpen: row.open === 1,
    isFaulty: row.faulty === 1,
  };
}
