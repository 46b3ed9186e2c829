import type { ExchangeSummary, ExchangeView } from '../contract/exchange.ts';
import { viewFinding } from '../contract/run.ts';
import { decodeBody } from '../http/bodies.ts';
import type { ExchangeFaults } from '../http/exchange.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { kindsFromText, toFaultStamp } from './exchange-faults.ts';
import { type ExchangeRow, endedDetailsOf, findingsOf, timingsOf } from './exchange-row.ts';
import { headersFromText } from './header-text.ts';
import { moduleOfOperation } from './operation-module.ts';

/** What a line of the traffic list needs. */
export type SummaryRow = Pick<
  ExchangeRow,
  | 'id'
  | 'started_at'
  | 'incoming'
  | 'link_id'
  | 'operation'
  | 'method'
  | 'url'
  | 'http_status'
  | 'ocpi_status'
  | 'ended'
  | 'duration'
  | 'request_id'
  | 'correlation_id'
  | 'findings'
  | 'version'
  | 'run_id'
  | 'from_party'
  | 'to_party'
> &
  BesideColumns;

/** What stands in tables of their own: what the operator wrote beside it, whether it is pinned, and the kinds of faults that were at work. */
export interface BesideColumns {
  readonly note: string | null;
  readonly pinned: number;
  readonly fault_kinds: string | null;
}

export const BESIDE_COLUMNS = `(SELECT text FROM exchange_note WHERE exchange_id = exchange.id) AS note,
  EXISTS (SELECT 1 FROM exchange_pin WHERE exchange_id = exchange.id) AS pinned,
  (SELECT kinds FROM exchange_fault WHERE exchange_id = exchange.id) AS fault_kinds`;

export const SUMMARY_COLUMNS = `id, started_at, incoming, link_id, operation, method, url, http_status, ocpi_status,
  ended, duration, request_id, correlation_id, findings, version, run_id, from_party, to_party, ${BESIDE_COLUMNS}`;

export function toSummary(row: SummaryRow, nameOf: (linkId: number) => string | undefined): ExchangeSummary {
  return {
    id: row.id,
    at: new Date(row.started_at).toISOString(),
    direction: row.incoming === 1 ? 'in' : 'out',
    link: row.link_id === null ? null : (nameOf(row.link_id) ?? null),
    operation: row.operation,
    method: row.method,
    url: row.url,
    httpStatus: row.http_status,
    ocpiStatus: row.ocpi_status,
    ended: row.ended,
    durationMs: row.duration === null ? null : Math.round(row.duration * 1000) / 1000,
    requestId: row.request_id,
    correlationId: row.correlation_id,
    module: moduleOfOperation(row.operation),
    version: row.version,
    runId: row.run_id,
    fromParty: row.from_party,
    toParty: row.to_party,
    note: row.note,
    pinned: row.pinned === 1,
    findings: findingsOf(row).map(viewFinding),
    faults: kindsFromText(row.fault_kinds),
  };
}

export interface ViewOptions {
  readonly nameOf: (linkId: number) => string | undefined;
  readonly bodyOf: (body: number | null) => Uint8Array;
  /** Bytes of a body a view holds at most. */
  readonly largestBody: number;
  readonly faults: ExchangeFaults | undefined;
}

/** One exchange, whole, as faces see it; bodies as text where they are text, and as they crossed the wire. */
export function toView(row: ExchangeRow & BesideColumns, options: ViewOptions): ExchangeView {
  const { nameOf, bodyOf, largestBody, faults } = options;
  const { how: _, ...details } = endedDetailsOf(row);
  const body = (headers: RawHeaders, id: number | null, length: number) =>
    toBody({ headers, length, bytes: bodyOf(id), largestBody });
  const requestHeaders = headersFromText(row.request_headers);
  const responseHeaders = headersFromText(row.response_headers ?? '');
  return {
    ...toSummary(row, nameOf),
    endedDetails: details,
    timings: timingsOf(row) ?? null,
    request: {
      headers: pairs(requestHeaders),
      body: body(requestHeaders, row.request_body, row.request_length),
    },
    response:
      row.http_status === null
        ? null
        : {
            status: row.http_status,
            statusText: row.status_text ?? '',
            headers: pairs(responseHeaders),
            body: body(responseHeaders, row.response_body, row.response_length ?? 0),
          },
    fault: faults === undefined ? null : toFaultStamp(faults, largestBody),
  };
}

function pairs(headers: RawHeaders): [string, string][] {
  return headers.map(([name, value]) => [name, value]);
}

interface BodyParts {
  readonly headers: RawHeaders;
  readonly bytes: Uint8Array;
  /** On the wire. */
  readonly length: number;
  readonly largestBody: number;
}

function toBody({ headers, bytes, length, largestBody }: BodyParts): ExchangeView['request']['body'] {
  if (length === 0) return { text: null, base64: null, length: 0, shortened: false };
  const shown = bytes.length > largestBody ? bytes.subarray(0, largestBody) : bytes;
  const { text } = decodeBody(shown, headers, { limit: largestBody });
  const base64 = Buffer.from(shown.buffer, shown.byteOffset, shown.length).toString('base64');
  return { text: text ?? null, base64, length, shortened: shown.length < length };
}
