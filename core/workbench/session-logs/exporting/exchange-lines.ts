import { viewFinding } from '../../../contract/run.ts';
import { type ExchangeRow, endedDetailsOf, findingsOf, timingsOf } from '../../../history/exchange-row.ts';
import { headersFromText } from '../../../history/header-text.ts';
import type { OutgoingBody, OutgoingExchange } from '../../../history/outgoing/outgoing-exchanges.ts';
import { type OutgoingFile, openOutgoing } from '../../../history/outgoing/outgoing-file.ts';
import type { ExchangeFaults } from '../../../http/exchange.ts';
import type { RawHeaders } from '../../../ocpi/raw-headers.ts';
import { isVersion } from '../../../ocpi/versions.ts';
import { bodyLineOf } from '../../../session-log/format/body.ts';
import type { ExchangeLine, LogBody, LogRecord } from '../../../session-log/format/records.ts';
import { createUsed, linkLines, objectLines, ruleLines, runLines } from './record-lines.ts';

/**
 * A stored exchange as a session log has it; not redacted. What it has nothing of is a member without a value, which no line of
 * JSON holds: to leave such members out here would take three times as long.
 */
export function exchangeLineOf({ row, note, pinned, resentFrom, ...rest }: OutgoingExchange): ExchangeLine {
  return {
    type: 'exchange',
    id: row.id,
    direction: row.incoming === 1 ? 'in' : 'out',
    link: row.link_id ?? undefined,
    run: row.run_id ?? undefined,
    operation: row.operation,
    version: row.version !== null && isVersion(row.version) ? row.version : undefined,
    startedAt: row.started_at,
    request: {
      method: row.method,
      url: row.url,
      headers: pairs(headersFromText(row.request_headers)),
      body: bodyLine(rest.requestBody, row.request_length),
    },
    response:
      row.http_status === null
        ? undefined
        : {
            status: row.http_status,
            statusText: row.status_text ?? '',
            headers: pairs(headersFromText(row.response_headers ?? '')),
            body: bodyLine(rest.responseBody, row.response_length ?? 0),
          },
    ended: row.ended_details === null ? { how: row.ended } : { ...endedDetailsOf(row), how: row.ended },
    timings: timingsLine(row),
    connection: row.connection === null ? undefined : (JSON.parse(row.connection) as Record<string, unknown>),
    ocpiStatus: row.ocpi_status ?? undefined,
    requestId: row.request_id ?? undefined,
    correlationId: row.correlation_id ?? undefined,
    fromParty: row.from_party ?? undefined,
    toParty: row.to_party ?? undefined,
    findings: row.findings === null ? undefined : findingsLine(row),
    faults: rest.faults && faultsOf(rest.faults),
    note,
    pinned: pinned || undefined,
    resentFrom,
  };
}

function timingsLine(row: ExchangeRow): ExchangeLine['timings'] {
  const timings = timingsOf(row);
  return timings && { ...timings };
}

function findingsLine(row: ExchangeRow): ExchangeLine['findings'] {
  const findings = findingsOf(row);
  return findings.length === 0 ? undefined : findings.map(viewFinding);
}

function faultsOf({ firings, intended, wire }: ExchangeFaults): NonNullable<ExchangeLine['faults']> {
  return {
    firings: firings.map(firing => ({ ...firing })),
    ...(intended && {
      intended: { start: intended.start, headers: pairs(intended.headers), body: bodyLineOf(intended.body) },
    }),
    wire: [...wire],
  };
}

function pairs(headers: RawHeaders): [string, string][] {
  // What the history reads is its own: nobody else holds it.
  return headers as [string, string][];
}

/** `length`: bytes it had on the wire. */
function bodyLine(body: OutgoingBody | undefined, length: number): LogBody | undefined {
  if (body === undefined) return length === 0 ? undefined : { length };
  if (body instanceof Uint8Array) return bodyLineOf(body, length);
  return body.bytes === length ? { text: body.text } : { text: body.text, length };
}

/** Lines of stored exchanges, in the order of the ids. */
export function* exchangeLines(file: OutgoingFile, ids: Float64Array): Generator<ExchangeLine> {
  for (const exchange of file.exchanges.of(ids)) yield exchangeLineOf(exchange);
}

/** What is asked of a database: all of some links, or these exchanges with what belongs to them. */
export type LinesOf = { readonly linkIds: readonly number[] } | { readonly ids: readonly number[] };

/**
 * What stands in a database as the lines of a session log, in the order of one: links, rules, runs, exchanges, objects
 * (those of whole links only). Neither sealed anew nor redacted. Reads over a connection of its own, which ends with the
 * iteration: to be run in a worker thread. Throws what SQLite throws.
 */
export function* linesOf(file: string, of: LinesOf): Generator<LogRecord> {
  const opened = openOutgoing(file);
  try {
    const whole = 'linkIds' in of ? of.linkIds : [];
    const ids = 'linkIds' in of ? opened.exchanges.ofLinks(whole) : opened.exchanges.present(Float64Array.from(of.ids));
    const used = createUsed();
    const { links, runs } = opened.exchanges.belonging(ids);
    for (const linkId of [...whole, ...links]) used.link(linkId);
    for (const run of runs) used.run(run);
    for (const firings of opened.exchanges.firings(ids)) used.firings(firings);
    yield* linkLines(opened, used);
    yield* ruleLines(opened, used);
    yield* runLines(opened, used);
    yield* exchangeLines(opened, ids);
    yield* objectLines(opened, whole, () => true);
  } finally {
    opened.close();
  }
}
