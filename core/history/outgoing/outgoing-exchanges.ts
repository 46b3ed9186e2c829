import type { Database } from 'better-sqlite3';
import type { ExchangeFaults } from '../../http/exchange.ts';
import { BODY_CODING, createBodyStore, unpacked } from '../bodies.ts';
import { createExchangeFaults } from '../exchange-faults.ts';
import { COLUMNS, type ExchangeRow } from '../exchange-row.ts';

/** One exchange with all that stands beside it. */
export interface OutgoingExchange {
  readonly row: ExchangeRow;
  /** Undefined where there was none, or nothing of it is kept. */
  readonly requestBody: OutgoingBody | undefined;
  readonly responseBody: OutgoingBody | undefined;
  readonly faults: ExchangeFaults | undefined;
  readonly note: string | undefined;
  readonly pinned: boolean;
  /** The exchange whose request was sent again. */
  readonly resentFrom: number | undefined;
}

export interface OutgoingExchanges {
  /** These, in the order given; ids that are not there are left out. Memory for a few of them at a time. */
  of(ids: Ids): Generator<OutgoingExchange>;
  /** Every one, ascending. */
  all(): Float64Array;
  /** Those of links, ascending. */
  ofLinks(linkIds: readonly number[]): Float64Array;
  /** Of these, the ones that are there, ascending, each once. */
  present(ids: Ids): Float64Array;
  /** These, those of one link together. */
  byLink(ids: Ids): Float64Array;
  /** Which links and runs they belong to. */
  belonging(ids: Ids): { readonly links: Set<number>; readonly runs: Set<number> };
  /** What fault rules did to them. */
  firings(ids: Ids): Generator<ExchangeFaults['firings']>;
}

/** The bytes of a body that are kept: as the text they are in UTF-8, with their number, or as they are. */
export type OutgoingBody = { readonly text: string; readonly bytes: number } | Uint8Array;

/** Ids of exchanges: a million are eight megabytes. */
export type Ids = Float64Array;

/** Rows that are read at once: so few that most are gone again before memory is looked through. */
const AT_ONCE = 32;
/** Few have anything beside them: that is read for so many at once. */
const STRETCH = 1024;
const ENOUGH = 16 * 1024;
/** Bytes of a body that is read with its exchange; those that are read at once take a megabyte at most. */
const SMALL_BODY = 16 * 1024;
/** What is read in the place of bytes that are no UTF-8. */
const NO_CHARACTER = '\ufffd';

export function createOutgoingExchanges(database: Database): OutgoingExchanges {
  // A text costs half of what its bytes do, which would be decoded one by one.
  const rows = database.prepare<[string], RowWithBodies>(
    `SELECT ${columnsOf('exchange')}, ${smallText('asked')} AS request_text, ${smallText('answered')} AS response_text
     FROM exchange LEFT JOIN body AS asked ON asked.id = request_body LEFT JOIN body AS answered ON answered.id = response_body
     WHERE exchange.id IN (SELECT value FROM json_each(?))`,
  );
  const notes = beside<string>(database, 'exchange_note', 'text');
  const origins = beside<number>(database, 'exchange_resent', 'origin');
  const pins = beside<number>(database, 'exchange_pin', '1');
  const kinds = beside<string>(database, 'exchange_fault', 'kinds');
  const links = database.prepare<[string], { id: number; link_id: number | null; run_id: number | null }>(
    'SELECT id, link_id, run_id FROM exchange WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
  );
  const all = database
    .prepare<[number, number], number>('SELECT id FROM exchange WHERE id > ? ORDER BY id LIMIT ?')
    .pluck();
  const ofLinks = database
    .prepare<[string], number>('SELECT id FROM exchange WHERE link_id IN (SELECT value FROM json_each(?)) ORDER BY id')
    .pluck();
  const bodies = createBodyStore(database);
  const texts = database.prepare<[number], { length: number; content: string | Buffer }>(
    `SELECT length(content) AS length, CASE coding WHEN ${BODY_CODING.zstd} THEN content ELSE CAST(content AS TEXT) END AS content
     FROM body WHERE id = ?`,
  );
  // Reads only.
  const faults = createExchangeFaults(database, { bodies, largestBody: 0 });

  const body = (row: number): OutgoingBody => {
    const found = texts.get(row);
    if (found === undefined) return new Uint8Array();
    const { content, length } = found;
    if (typeof content !== 'string') return unpacked({ coding: BODY_CODING.zstd, content });
    // It may stand for bytes that are no UTF-8, which must come out as they are.
    return content.includes(NO_CHARACTER) ? bodies.get(row) : { text: content, bytes: length };
  };
  /** `small`: its text, where it was read with its exchange. */
  const bodyOf = (row: number | null, small: string | null): OutgoingBody | undefined => {
    if (row === null) return undefined;
    if (small === null || small.includes(NO_CHARACTER)) return body(row);
    return { text: small, bytes: Buffer.byteLength(small) };
  };

  return {
    *of(ids) {
      for (const stretch of partsOf(ids, STRETCH)) {
        const [first, last] = spanOf(stretch);
        const [noted, resent, pinned, faulty] = [notes, origins, pins, kinds].map(read => read(first, last));
        for (const part of partsOf(stretch, AT_ONCE)) {
          const byId = new Map(rows.all(jsonOf(part)).map(row => [row.id, row]));
          for (const id of part) {
            const row = byId.get(id);
            if (row === undefined) continue;
            yield {
              row,
              requestBody: bodyOf(row.request_body, row.request_text),
              responseBody: bodyOf(row.response_body, row.response_text),
              faults: faulty?.has(id) ? faults.get(id) : undefined,
              note: noted?.get(id) as string | undefined,
              pinned: pinned?.has(id) ?? false,
              resentFrom: resent?.get(id) as number | undefined,
            };
          }
        }
      }
    },
    all: () =>
      packed(
        (function* () {
          for (let last = Number.MIN_SAFE_INTEGER; ; ) {
            const found = all.all(last, ENOUGH);
            yield* found;
            if (found.length < ENOUGH) return;
            last = found.at(-1) ?? last;
          }
        })(),
      ),
    ofLinks: linkIds => packed(ofLinks.iterate(JSON.stringify(linkIds))),
    present: ids => {
      const sorted = Float64Array.from(ids).sort();
      const there = packed(
        (function* () {
          for (const part of partsOf(sorted, ENOUGH)) for (const { id } of links.all(jsonOf(part))) yield id;
        })(),
      );
      return there;
    },
    byLink(ids) {
      const ofLink = new Map<number, number[]>();
      for (const part of partsOf(ids, ENOUGH)) {
        for (const { id, link_id } of links.all(jsonOf(part))) {
          const known = ofLink.get(link_id ?? 0);
          if (known === undefined) ofLink.set(link_id ?? 0, [id]);
          else known.push(id);
        }
      }
      return Float64Array.from([...ofLink].sort(([left], [right]) => left - right).flatMap(([, their]) => their));
    },
    belonging(ids) {
      const found = { links: new Set<number>(), runs: new Set<number>() };
      for (const part of partsOf(ids, ENOUGH)) {
        for (const { link_id, run_id } of links.all(jsonOf(part))) {
          if (link_id !== null) found.links.add(link_id);
          if (run_id !== null) found.runs.add(run_id);
        }
      }
      return found;
    },
    *firings(ids) {
      for (const part of partsOf(ids, ENOUGH)) {
        const faulty = kinds(...spanOf(part));
        if (faulty.size === 0) continue;
        for (const id of part) if (faulty.has(id)) yield faults.get(id)?.firings ?? [];
      }
    },
  };
}

interface RowWithBodies extends ExchangeRow {
  /** Of a small body that is kept as it is: read as UTF-8. */
  readonly request_text: string | null;
  readonly response_text: string | null;
}

function columnsOf(table: string): string {
  return COLUMNS.split(',')
    .map(column => `${table}.${column.trim()}`)
    .join(', ');
}

function smallText(body: string): string {
  return `CASE WHEN ${body}.coding <> ${BODY_CODING.zstd} AND ${body}.length <= ${SMALL_BODY} THEN CAST(${body}.content AS TEXT) END`;
}

function* partsOf(ids: Ids, most: number): Generator<Ids> {
  for (let at = 0; at < ids.length; at += most) yield ids.subarray(at, at + most);
}

function jsonOf(ids: Ids): string {
  return `[${ids.join(',')}]`;
}

/** Least and greatest: they need not be in order. */
function spanOf(ids: Ids): [number, number] {
  let [least, greatest] = [ids[0] ?? 0, ids[0] ?? -1];
  for (const id of ids) {
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  return [least, greatest];
}

/** One column of a table beside the exchanges, of all that has one between two ids: few have. */
function beside<Value>(
  database: Database,
  table: string,
  column: string,
): (first: number, last: number) => Map<number, Value> {
  const read = database.prepare<[number, number], { id: number; value: Value }>(
    `SELECT exchange_id AS id, ${column} AS value FROM ${table} WHERE exchange_id >= ? AND exchange_id <= ?`,
  );
  return (first, last) => new Map(read.all(first, last).map(({ id, value }) => [id, value]));
}

function packed(ids: Iterable<number>): Float64Array {
  let buffer = new Float64Array(1024);
  let length = 0;
  for (const id of ids) {
    if (length === buffer.length) {
      const larger = new Float64Array(2 * length);
      larger.set(buffer);
      buffer = larger;
    }
    buffer[length++] = id;
  }
  return buffer.slice(0, length);
}
