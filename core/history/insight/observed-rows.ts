import type { Database } from 'better-sqlite3';
import { decodeBody } from '../../http/bodies.ts';
import type { Observed, ObservedMessage } from '../../insight/observed.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import { isVersion } from '../../ocpi/versions.ts';
import { unpacked } from '../bodies.ts';
import { kindsFromText } from '../exchange-faults.ts';
import { COLUMNS, type ExchangeRow, endedDetailsOf, findingsOf } from '../exchange-row.ts';
import { headersFromText } from '../header-text.ts';

/** An exchange as detectors see it, with the text of its findings as it stands in the database. */
export interface ObservedRow {
  readonly observed: Observed;
  readonly findings: string | null;
}

export interface ObservedRows {
  /** Rows above an id, in order. */
  after(id: number, limit: number): ObservedRow[];
  one(id: number): ObservedRow | undefined;
  /** Those that are there, in the order asked for. */
  of(ids: readonly number[]): ObservedRow[];
  newest(): number;
}

type Row = Omit<ExchangeRow, 'timings' | 'connection'>;

/** As much of a body is judged as is kept of it, up to this many bytes; of a longer one the beginning. */
const LARGEST = 16 * 1024 * 1024;

/** Names of links are read anew after as many rows. */
const READ_ANEW = 256;
const UNREAD: readonly string[] = ['opened_at', 'timings', 'connection', 'failed'];
const READ_COLUMNS = COLUMNS.split(',')
  .filter(column => !UNREAD.includes(column.trim()))
  .join(',');

/** Reads exchanges as they stand in the database; what was never text is told by its length alone. */
export function createObservedRows(database: Database): ObservedRows {
  const after = database.prepare<[number, number], Row>(
    `SELECT ${READ_COLUMNS} FROM exchange WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const one = database.prepare<[number], Row>(`SELECT ${READ_COLUMNS} FROM exchange WHERE id = ?`);
  const newest = database.prepare<[], number | null>('SELECT max(id) FROM exchange').pluck();
  const body = database.prepare<[number], { coding: number; content: Buffer }>(
    'SELECT coding, content FROM body WHERE id = ?',
  );
  const faults = database.prepare<[number, number], { id: number; kinds: string }>(
    'SELECT exchange_id AS id, kinds FROM exchange_fault WHERE exchange_id >= ? AND exchange_id <= ?',
  );
  const links = linkNames(database);
  const bytesOf = (id: number | null): Uint8Array => {
    const row = id === null ? undefined : body.get(id);
    return row === undefined ? new Uint8Array() : unpacked(row);
  };
  const messageOf = (headersText: string, id: number | null, length: number): ObservedMessage => {
    const headers = headersFromText(headersText);
    const bytes = bytesOf(id);
    const shown = bytes.length > LARGEST ? bytes.subarray(0, LARGEST) : bytes;
    const text = length === 0 ? undefined : decodeBody(shown, headers, { limit: LARGEST }).text;
    return { headers, text, length, shortened: shown.length < length };
  };
  const observed = (rows: readonly Row[]): ObservedRow[] => {
    const [first, last] = [rows[0]?.id ?? 0, rows.at(-1)?.id ?? -1];
    const kinds = new Map(faults.all(first, last).map(({ id, kinds }) => [id, kinds]));
    return rows.map(row => ({
      observed: observedOf(row, {
        messageOf,
        link: row.link_id === null ? null : links.of(row.link_id),
        faults: kindsFromText(kinds.get(row.id) ?? null),
      }),
      findings: row.findings,
    }));
  };
  return {
    // One read transaction for all bodies of a batch: a third of the time of one for each.
    after: database.transaction((id: number, limit: number) => observed(after.all(id, limit))),
    one(id) {
      links.forget();
      const row = one.get(id);
      return row && observed([row])[0];
    },
    of: database.transaction((ids: readonly number[]) => {
      links.forget();
      return ids.flatMap(id => {
        const row = one.get(id);
        return row === undefined ? [] : observed([row]);
      });
    }),
    newest: () => newest.get() ?? 0,
  };
}

/** Names are few and asked for with every row: read anew now and then, for links may be renamed at any time. */
function linkNames(database: Database): { of(id: number): string | null; forget(): void } {
  const names = database.prepare<[], { id: number; name: string }>('SELECT id, name FROM link');
  let known = new Map<number, string>();
  let asked = 0;
  return {
    of(id) {
      if (asked++ % READ_ANEW === 0 || !known.has(id)) known = new Map(names.all().map(link => [link.id, link.name]));
      return known.get(id) ?? null;
    },
    forget() {
      asked = 0;
    },
  };
}

type MessageOf = (
  headersText: string,
  id: number | null,
  length: number,
) => {
  readonly headers: RawHeaders;
  readonly text: string | undefined;
  readonly length: number;
  readonly shortened: boolean;
};

interface Beside {
  readonly messageOf: MessageOf;
  readonly link: string | null;
  readonly faults: readonly string[];
}

function observedOf(row: Row, { messageOf, link, faults }: Beside): Observed {
  return {
    id: row.id,
    direction: row.incoming === 1 ? 'in' : 'out',
    linkId: row.link_id,
    link,
    runId: row.run_id,
    operation: row.operation,
    version: row.version !== null && isVersion(row.version) ? row.version : undefined,
    startedAt: row.started_at,
    durationMs: row.duration,
    method: row.method,
    url: row.url,
    request: messageOf(row.request_headers, row.request_body, row.request_length),
    response:
      row.http_status === null
        ? undefined
        : {
            ...messageOf(row.response_headers ?? '', row.response_body, row.response_length ?? 0),
            status: row.http_status,
            statusText: row.status_text ?? '',
          },
    ended: { ...endedDetailsOf(row), how: row.ended },
    ocpiStatus: row.ocpi_status ?? undefined,
    requestId: row.request_id ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    fromParty: row.from_party ?? undefined,
    toParty: row.to_party ?? undefined,
    findings: findingsOf(row),
    faults,
  };
}
