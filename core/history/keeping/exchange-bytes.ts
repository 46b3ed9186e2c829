import type { Database } from 'better-sqlite3';
import { createBits } from './bits.ts';

export interface SizeAsked {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch, as of `Bounds`. */
  readonly settledBefore: number;
}

/** Exchanges read at once. */
const ROWS = 1000;
/** Bytes that an exchange takes beside its texts: numbers, indexes, what pages leave empty. */
const EACH_EXCHANGE = 250;
/** Bytes of a body beside its content: in its row, and in the index of hashes. */
const BODY = { row: 50, index: 60 } as const;
/** Bytes of a page that are for rows. */
const PAGE = 4096;
const ROOM = 4088;

type Row = readonly [id: number, texts: number, ...bodies: (number | null)[]];

/**
 * The id from which on the exchanges that may go take no more than a size in the database, each body counted once; those that
 * stay anyway do not count, nor do objects, free pages and files beside it: however much those are, no exchange goes for them.
 * `mayGo`: a condition over `exchange`.
 */
export function createFirstWithin(database: Database, mayGo: string): (asked: SizeAsked) => number {
  const bytesOf = (body: string) => `(SELECT octet_length(content) FROM body WHERE id = ${body})`;
  const meant = '(SELECT body FROM exchange_fault WHERE exchange_id = exchange.id)';
  const rows = database
    .prepare<[object], Row>(
      `SELECT id,
         octet_length(url) + octet_length(request_headers) + coalesce(octet_length(response_headers), 0)
           + coalesce(octet_length(ended_details), 0) + coalesce(octet_length(timings), 0)
           + coalesce(octet_length(connection), 0) + coalesce(octet_length(findings), 0),
         request_body, ${bytesOf('request_body')}, response_body, ${bytesOf('response_body')}, ${meant}, ${bytesOf(meant)}
       FROM exchange WHERE id < :before AND ${mayGo} ORDER BY id DESC LIMIT ${ROWS}`,
    )
    .raw();
  const newestBody = database.prepare<[], number | null>('SELECT max(id) FROM body').pluck();

  return ({ size, settledBefore }) => {
    const counted = createBits((newestBody.get() ?? 0) + 1);
    let sum = 0;
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const some = rows.all({ before, settledBefore });
      for (const [id, texts, ...bodies] of some) {
        sum += EACH_EXCHANGE + texts;
        for (let at = 0; at < bodies.length; at += 2) {
          const body = bodies[at] ?? null;
          if (body === null || counted.has(body)) continue;
          counted.set(body);
          sum += BODY.index + inPages(BODY.row + (bodies[at + 1] ?? 0));
        }
        if (sum > size) return id + 1;
        before = id;
      }
      if (some.length < ROWS) return 0;
    }
  };
}

/** What a row of a body takes: as many as fit stand in one page, and what is larger has pages of its own. */
function inPages(bytes: number): number {
  return bytes > ROOM ? Math.ceil(bytes / PAGE) * PAGE : PAGE / Math.floor(ROOM / bytes);
}
