import type { Database } from 'better-sqlite3';
import { decodeBody } from '../../http/bodies.ts';
import { BODY_CODING, unpacked } from '../bodies.ts';
import { headersFromText } from '../header-text.ts';
import { createGreatestId } from '../keeping/gone.ts';
import type { Searchable } from './text-index.ts';

/** As much is unpacked of a body to find its beginning; one that grows beyond it has no searchable text. */
const LARGEST_DECODED = 4 * 1024 * 1024;
/** A character has at most as many bytes, in the charsets that are met. */
const BYTES_PER_CHARACTER = 4;

interface TextRow {
  readonly id: number;
  readonly link_id: number | null;
  readonly run_id: number | null;
  readonly failed: number;
  readonly ended: string;
  readonly url: string;
  readonly request_headers: string;
  readonly request_body: number | null;
  readonly response_headers: string | null;
  readonly response_body: number | null;
}

export interface SearchableRows {
  /** Rows above an id, in order. */
  after(id: number, limit: number): Searchable[];
  /** One row, unless it is gone. */
  one(id: number): Searchable | undefined;
  isOpen(id: number): boolean;
  newestId(): number;
  /** Also where it is gone. */
  greatestId(): number;
}

/** Reads what can be searched out of the database. `searchedBody`: characters of each body. */
export function createSearchableRows(database: Database, searchedBody: number): SearchableRows {
  const columns = `id, link_id, run_id, failed, ended, url, request_headers, request_body, response_headers,
    response_body`;
  const after = database.prepare<[number, number], TextRow>(
    `SELECT ${columns} FROM exchange WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const one = database.prepare<[number], TextRow>(`SELECT ${columns} FROM exchange WHERE id = ?`);
  const newest = database.prepare<[], number | null>('SELECT max(id) FROM exchange').pluck();
  const open = database.prepare<[number], number>("SELECT 1 FROM exchange WHERE id = ? AND ended = 'open'").pluck();
  // A packed body is read whole; of a plain one only the beginning.
  const content = database.prepare<[number, number], { coding: number; content: Buffer }>(
    `SELECT coding, CASE coding WHEN ${BODY_CODING.zstd} THEN content ELSE substr(content, 1, ?) END AS content
     FROM body WHERE id = ?`,
  );

  const textOf = (body: number | null, headersText: string | null): string => {
    if (body === null) return '';
    const headers = headersFromText(headersText ?? '');
    const coded = /(^|\n)content-encoding\n/i.test(headersText ?? '');
    const row = content.get(coded ? LARGEST_DECODED : searchedBody * BYTES_PER_CHARACTER, body);
    if (!row) return '';
    try {
      return decodeBody(unpacked(row), headers, { limit: LARGEST_DECODED }).text?.slice(0, searchedBody) ?? '';
    } catch {
      // One body that cannot be unpacked must not end the index for all others.
      return '';
    }
  };
  const searchable = (row: TextRow): Searchable => ({
    id: row.id,
    linkId: row.link_id,
    runId: row.run_id,
    failed: row.failed === 1,
    open: row.ended === 'open',
    texts: [row.url, textOf(row.request_body, row.request_headers), textOf(row.response_body, row.response_headers)],
  });
  return {
    after: (id, limit) => after.all(id, limit).map(searchable),
    one(id) {
      const row = one.get(id);
      return row && searchable(row);
    },
    isOpen: id => open.get(id) === 1,
    newestId: () => newest.get() ?? 0,
    greatestId: createGreatestId(database),
  };
}
