import { viewFinding } from '../../../contract/run.ts';
import { endedDetailsOf, findingsOf, timingsOf } from '../../../history/exchange-row.ts';
import { headersFromText } from '../../../history/header-text.ts';
import type { OutgoingBody, OutgoingExchange } from '../../../history/outgoing/outgoing-exchanges.ts';
import { type OutgoingFile, openOutgoing } from '../../../history/outgoing/outgoing-file.ts';
import type { ExchangeFaults } from '../../../http/exchange.ts';
import type { RawHeaders } from '../../../ocpi/raw-headers.ts';
import { isVersion } from '../../../ocpi/versions.ts';
import { bodyLineOf } from '../../../session-log/format/body.ts';
import type { ExchangeLine, LogBody, LogRecord } from '../../../session-log/format/records.ts';
import { createUsed, linkLines, objectLines, ruleLines, runLines } from './record-lines.ts';

/** Gives the line of a body by its row, with the bytes it had on the wire; undefined for none. */
export type BodyLine = (row: number | null, length: number) => LogBody | undefined;

/** A stored exchange as a session log has it; not redacted. */
export function exchangeLineOf({ row, ...beside }: OutgoingExchange, bodyLine: BodyLine): ExchangeLine {
  const requestBody = bodyLine(row.request_body, row.request_length);
  const responseBody = bodyLine(row.response_body, row.response_length ?? 0);
  const timings = timingsOf(row);
  const findings = findingsOf(row);
  const { note, pinned, resentFrom, faults } = beside;
  return {
    type: 'exchange',
    id: row.id,
    direction: row.incoming === 1 ? 'in' : 'out',
    ...(row.link_id === null ? {} : { link: row.link_id }),
    ...(row.run_id === null ? {} : { run: row.run_id }),
    operation: row.operation,
    ...(row.version !== null && isVersion(row.version) ? { version: row.version } : {}),
    startedAt: row.started_at,
    request: {
      method: row.method,
      url: row.url,
      headers: pairs(headersFromText(row.request_headers)),
      ...(requestBody && { body: requestBody }),
    },
    ...(row.http_status === null
      ? {}
      : {
          response: {
            status: row.http_status,
            statusText: row.status_text ?? '',
            headers: pairs(headersFromText(row.response_headers ?? '')),
            ...(responseBody && { body: responseBody }),
          },
        }),
    ended: { ...endedDetailsOf(row), how: row.ended },
    ...(timings && { timings: { ...timings } }),
    ...(row.connection === null ? {} : { connection: JSON.parse(row.connection) as Record<string, unknown> }),
    ...(row.ocpi_status === null ? {} : { ocpiStatus: row.ocpi_status }),
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
    ...(row.correlation_id === null ? {} : { correlationId: row.correlation_id }),
    ...(row.from_party === null ? {} : { fromParty: row.from_party }),
    ...(row.to_party === null ? {} : { toParty: row.to_party }),
    ...(findings.length === 0 ? {} : { findings: findings.map(viewFinding) }),
    ...(faults && { faults: faultsOf(faults) }),
    ...(note === undefined ? {} : { note }),
    ...(pinned ? { pinned } : {}),
    ...(resentFrom === undefined ? {} : { resentFrom }),
  };
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

/** Bodies looked up again and again (the same answer to the same question) are read once. */
const REMEMBERED_BODIES = 64;
const REMEMBERED_BYTES = 16 * 1024;

function sizeOf(body: OutgoingBody): number {
  return body instanceof Uint8Array ? body.length : body.bytes;
}

/** Lines of stored exchanges, in the order of the ids. */
export function* exchangeLines(file: OutgoingFile, ids: Float64Array): Generator<ExchangeLine> {
  const remembered = new Map<number, OutgoingBody>();
  const bodyLine: BodyLine = (row, length) => {
    if (row === null) return length === 0 ? undefined : { length };
    let body = remembered.get(row);
    if (body === undefined) {
      body = file.exchanges.body(row);
      if (sizeOf(body) <= REMEMBERED_BYTES) remembered.set(row, body);
      if (remembered.size > REMEMBERED_BODIES)
        for (const oldest of remembered.keys()) {
          remembered.delete(oldest);
          break;
        }
    }
    if (body instanceof Uint8Array) return bodyLineOf(body, length);
    return body.bytes === length ? { text: body.text } : { text: body.text, length };
  };
  for (const exchange of file.exchanges.of(ids)) yield exchangeLineOf(exchange, bodyLine);
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
