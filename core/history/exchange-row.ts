import type { ExchangeRecord, ExchangeUpdate } from '../http/exchange.ts';
import type { Connection, Ended, Timings, WireRequest, WireResponse } from '../http/wire.ts';
import { isFailure, WHOLE } from '../ocpi/failed-layer.ts';
import type { Finding } from '../ocpi/findings.ts';
import { isVersion } from '../ocpi/versions.ts';
import type { BodyStore } from './bodies.ts';
import { headersFromText, headersToText } from './header-text.ts';

/** A row of the table, as SQLite gives it. */
export interface ExchangeRow {
  readonly id: number;
  readonly incoming: number;
  readonly link_id: number | null;
  readonly run_id: number | null;
  readonly operation: string;
  readonly version: string | null;
  readonly started_at: number;
  readonly method: string;
  readonly url: string;
  readonly request_headers: string;
  readonly request_body: number | null;
  readonly request_length: number;
  readonly http_status: number | null;
  readonly status_text: string | null;
  readonly response_headers: string | null;
  readonly response_body: number | null;
  readonly response_length: number | null;
  readonly ended: Ended['how'];
  readonly ended_details: string | null;
  readonly duration: number | null;
  readonly timings: string | null;
  readonly connection: string | null;
  readonly ocpi_status: number | null;
  readonly request_id: string | null;
  readonly correlation_id: string | null;
  readonly from_party: string | null;
  readonly to_party: string | null;
  readonly findings: string | null;
}

/** Columns in the order in which `toColumns` gives their values. */
export const COLUMNS = `id, incoming, link_id, run_id, operation, version, started_at, opened_at, method, url,
  request_headers, request_body, request_length, http_status, status_text, response_headers, response_body,
  response_length, ended, ended_details, duration, timings, connection, ocpi_status, request_id, correlation_id,
  from_party, to_party, findings, failed`;

export interface BodyKeeping {
  readonly bodies: BodyStore;
  /** Bytes; more of a body is not stored. */
  readonly largestBody: number;
}

/** The values of a new row. `openedAt`: the greatest start so far. */
export function toColumns(
  record: ExchangeRecord,
  { id, openedAt, bodies, largestBody }: BodyKeeping & { readonly id: number; readonly openedAt: number },
): unknown[] {
  const { request, response, timings } = record;
  return [
    id,
    record.direction === 'in' ? 1 : 0,
    record.linkId ?? null,
    record.runId ?? null,
    record.operation,
    record.version ?? null,
    record.startedAt,
    openedAt,
    request.method,
    request.url,
    headersToText(request.headers),
    bodies.put(request.body, largestBody),
    request.length ?? request.body.length,
    response ? response.status : null,
    response ? response.statusText : null,
    response ? headersToText(response.headers) : null,
    response ? bodies.put(response.body, largestBody) : null,
    response ? (response.length ?? response.body.length) : null,
    record.ended.how,
    endedDetails(record.ended),
    timings ? timings.total : null,
    timings ? timingsText(timings) : null,
    record.connection ? connectionText(record.connection) : null,
    record.ocpiStatus ?? null,
    record.requestId ?? null,
    record.correlationId ?? null,
    record.fromParty ?? null,
    record.toParty ?? null,
    record.findings.length > 0 ? JSON.stringify(record.findings) : null,
    hasFailed(record.ended.how, response?.status, record.ocpiStatus) ? 1 : 0,
  ];
}

/** One column an update changes: what it is set to, in SQL, and the values that stands for. */
export interface Change {
  readonly set: string;
  readonly values: readonly unknown[];
}

/** What an update changes; nothing where it says nothing. */
export function toChanges(update: ExchangeUpdate, { bodies, largestBody }: BodyKeeping): Change[] {
  const changes: Change[] = [];
  const set = (column: string, value: unknown) => {
    if (value !== undefined) changes.push({ set: `${column} = ?`, values: [value] });
  };
  const { response, ended, timings, ocpiStatus } = update;
  set('link_id', update.linkId);
  set('run_id', update.runId);
  set('operation', update.operation);
  set('version', update.version);
  if (response) {
    set('http_status', response.status);
    set('status_text', response.statusText);
    set('response_headers', headersToText(response.headers));
    set('response_body', bodies.put(response.body, largestBody));
    set('response_length', response.length ?? response.body.length);
  }
  if (ended) {
    set('ended', ended.how);
    set('ended_details', endedDetails(ended));
  }
  if (timings) {
    set('duration', timings.total);
    set('timings', timingsText(timings));
  }
  if (update.connection) set('connection', connectionText(update.connection));
  set('ocpi_status', ocpiStatus);
  set('request_id', update.requestId);
  set('correlation_id', update.correlationId);
  set('from_party', update.fromParty);
  set('to_party', update.toParty);
  if (update.findings) set('findings', update.findings.length > 0 ? JSON.stringify(update.findings) : null);
  if (response || ended || ocpiStatus !== undefined) {
    changes.push(failedAfter(ended?.how, response?.status, ocpiStatus));
  }
  return changes;
}

const WHOLE_SQL = WHOLE.map(how => `'${how}'`).join(', ');

/** As `isFailure`; also of parts of an update. */
export function hasFailed(how: Ended['how'], httpStatus: number | undefined, ocpiStatus: number | undefined): boolean {
  return isFailure({ ended: how, http: httpStatus ?? null, ocpi: ocpiStatus ?? null });
}

/** `hasFailed` in SQL: what the update does not say stands in the row. */
function failedAfter(...said: readonly [Ended['how']?, number?, number?]): Change {
  const [how, http, ocpi] = said.map((value, at) =>
    value === undefined ? ['ended', 'http_status', 'ocpi_status'][at] : '?',
  );
  return {
    set: `failed = ${how} NOT IN (${WHOLE_SQL}) OR coalesce(${http} >= 400, 0)
      OR coalesce(${ocpi} NOT BETWEEN 1000 AND 1999, 0)`,
    values: said.filter(value => value !== undefined),
  };
}

/** A row as the record it was made of, except for the end of a body too large to be kept. */
export function toRecord(row: ExchangeRow, bodyOf: (body: number | null) => Uint8Array): ExchangeRecord {
  const request: WireRequest = {
    method: row.method,
    url: row.url,
    headers: headersFromText(row.request_headers),
    ...keptOf(bodyOf(row.request_body), row.request_length),
  };
  const response: WireResponse | undefined =
    row.http_status === null
      ? undefined
      : {
          status: row.http_status,
          statusText: row.status_text ?? '',
          headers: headersFromText(row.response_headers ?? ''),
          ...keptOf(bodyOf(row.response_body), row.response_length),
        };
  const timings = timingsOf(row);
  return {
    direction: row.incoming === 1 ? 'in' : 'out',
    ...(row.link_id === null ? {} : { linkId: row.link_id }),
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    operation: row.operation,
    ...(row.version !== null && isVersion(row.version) ? { version: row.version } : {}),
    startedAt: row.started_at,
    request,
    ...(response ? { response } : {}),
    ended: endedOf(row),
    ...(timings ? { timings } : {}),
    ...(row.connection === null ? {} : { connection: JSON.parse(row.connection) as Connection }),
    ...(row.ocpi_status === null ? {} : { ocpiStatus: row.ocpi_status }),
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
    ...(row.correlation_id === null ? {} : { correlationId: row.correlation_id }),
    ...(row.from_party === null ? {} : { fromParty: row.from_party }),
    ...(row.to_party === null ? {} : { toParty: row.to_party }),
    findings: findingsOf(row),
  };
}

function keptOf(body: Uint8Array, length: number | null): { readonly body: Uint8Array; readonly length?: number } {
  return length === null || length === body.length ? { body } : { body, length };
}

export function findingsOf({ findings }: Pick<ExchangeRow, 'findings'>): Finding[] {
  return findings === null ? [] : JSON.parse(findings);
}

export function timingsOf({ duration, timings }: Pick<ExchangeRow, 'duration' | 'timings'>): Timings | undefined {
  if (duration === null) return undefined;
  const phases: (number | null)[] = timings === null ? [] : JSON.parse(timings);
  const [queue = null, dns = null, connect = null, tls = null, firstByte = null] = phases;
  return { queue, dns, connect, tls, firstByte, total: duration };
}

/** How it ended with its details; a raw packet stands there as Base64. */
export function endedDetailsOf(row: Pick<ExchangeRow, 'ended' | 'ended_details'>): Record<string, unknown> {
  const details: object = row.ended_details === null ? {} : JSON.parse(row.ended_details);
  return { how: row.ended, ...details };
}

function endedOf(row: ExchangeRow): Ended {
  const { raw, ...details } = endedDetailsOf(row);
  // Written by `endedDetails` from an Ended, so it is one.
  const ended = details as unknown as Ended;
  return typeof raw === 'string' && ended.how === 'malformed' ? { ...ended, raw: Buffer.from(raw, 'base64') } : ended;
}

function endedDetails(ended: Ended): string | null {
  if (ended.how === 'answered' || ended.how === 'complete') return null;
  const { how: _, ...details } = ended;
  if (Object.keys(details).length === 0) return null;
  if (!('raw' in details) || details.raw === undefined) return JSON.stringify(details);
  return JSON.stringify({ ...details, raw: Buffer.from(details.raw).toString('base64') });
}

function timingsText({ queue, dns, connect, tls, firstByte }: Timings): string | null {
  if (queue === null && dns === null && connect === null && tls === null && firstByte === null) return null;
  return JSON.stringify([queue, dns, connect, tls, firstByte]);
}

/** A server hands over the same object for every request of a socket. */
const connectionTexts = new WeakMap<Connection, string>();

function connectionText(connection: Connection): string {
  const known = connectionTexts.get(connection);
  if (known !== undefined) return known;
  const text = JSON.stringify(connection);
  connectionTexts.set(connection, text);
  return text;
}
