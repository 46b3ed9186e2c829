import { decodeBody } from '../http/bodies.ts';
import type { ExchangeRecord } from '../http/exchange.ts';
import type { Ended } from '../http/wire.ts';
import { addressFindings } from '../ocpi/addressed-object.ts';
import { readAuthorization } from '../ocpi/authorization.ts';
import { entryById } from '../ocpi/catalogue.ts';
import { type Envelope, judge, readEnvelope } from '../ocpi/envelope.ts';
import type { Finding } from '../ocpi/findings.ts';
import { withNumberTexts } from '../ocpi/json-text.ts';
import { echoFindings, readMessageIds } from '../ocpi/message-ids.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import { headerValues, type RawHeaders } from '../ocpi/raw-headers.ts';
import { receiveJson } from '../ocpi/received.ts';
import { readRouting } from '../ocpi/routing.ts';
import type { Version } from '../ocpi/versions.ts';
import type { ToldExchange, ToldResponse } from './file-read.ts';
import { type Operation, operationOf } from './operation.ts';

export interface Recognised {
  /** Without a link, and not sealed yet. */
  readonly record: ExchangeRecord;
  /** The catalogue knows what was asked for, or the answer is an envelope. */
  readonly isOcpi: boolean;
  /** What a workbench that wrote the file tells beside the exchange itself. */
  readonly beside?: Beside;
}

export interface Beside {
  /** The name of the link it stood under; absent: none. */
  readonly link?: string;
  readonly note?: string;
}

const NO_BYTES = new Uint8Array();
const NO_HEADERS: RawHeaders = [];
/** A page of broken objects says the same again and again. */
const MOST_FINDINGS = 100;
const BODY_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Makes an exchange of what a file tells: what was asked for by its URL, the OCPI status by its envelope, and the findings
 * that live traffic gets. Pointers are those of the message that came to whoever recorded it; the other message's have
 * `request: ` or `response: ` before them. `at`: the moment of the import, for what has no time or one still to come.
 */
export function recognise(told: ToldExchange, { at }: { readonly at: number }): Recognised {
  if (told.ours !== undefined) return asTold(told, { ours: told.ours, at });
  const { direction, request, response, timings, connection, known } = told;
  const envelope = envelopeOf(response);
  const operation = operationOf({
    method: request.method,
    url: request.url,
    surely: envelope !== undefined || hasOcpiHeaders(request.headers ?? []),
  });
  const version = operation?.version;
  const head = operation === undefined ? undefined : readHead(operation, request.headers);
  const findings = known?.findings ?? (operation === undefined ? [] : judged(told, operation, head?.findings ?? []));
  const ocpiStatus = known?.ocpiStatus ?? envelope?.statusCode;
  const id = operation?.entry.id ?? (entryById(known?.operation ?? '') === undefined ? 'unknown' : known?.operation);
  const record: ExchangeRecord = {
    direction,
    operation: id ?? 'unknown',
    startedAt: Math.min(told.startedAt ?? at, at),
    request: {
      method: request.method,
      url: request.url,
      headers: request.headers ?? NO_HEADERS,
      body: request.body ?? NO_BYTES,
    },
    ended: told.ended ?? endedAs(told),
    findings: findings.slice(0, MOST_FINDINGS),
    ...(version === undefined ? {} : { version }),
    ...(response === undefined
      ? {}
      : { response: { ...response, headers: response.headers ?? NO_HEADERS, body: response.body ?? NO_BYTES } }),
    ...(timings === undefined ? {} : { timings }),
    ...(connection === undefined ? {} : { connection }),
    ...(ocpiStatus === undefined ? {} : { ocpiStatus }),
    ...idsOf(request.headers ?? NO_HEADERS),
    ...head?.parties,
    ...(known?.faults === undefined ? {} : { faults: known.faults }),
  };
  return { record, isOcpi: record.operation !== 'unknown' || envelope !== undefined };
}

function asTold(
  told: ToldExchange,
  { ours, at }: { readonly ours: NonNullable<ToldExchange['ours']>; readonly at: number },
): Recognised {
  const { direction, request, response, timings, connection } = told;
  const { link, note, ...known } = ours;
  return {
    record: {
      ...known,
      direction,
      startedAt: Math.min(told.startedAt ?? at, at),
      request: { ...request, headers: request.headers ?? NO_HEADERS, body: request.body ?? NO_BYTES },
      ...(response === undefined
        ? {}
        : { response: { ...response, headers: response.headers ?? NO_HEADERS, body: response.body ?? NO_BYTES } }),
      ended: told.ended ?? endedAs(told),
      ...(timings === undefined ? {} : { timings }),
      ...(connection === undefined ? {} : { connection }),
    },
    isOcpi: known.operation !== 'unknown' || known.ocpiStatus !== undefined,
    beside: { ...(link === undefined ? {} : { link }), ...(note === undefined ? {} : { note }) },
  };
}

function endedAs({ direction, response }: ToldExchange): Ended {
  if (response === undefined) return { how: 'unknown' };
  return { how: direction === 'out' ? 'complete' : 'answered' };
}

function hasOcpiHeaders(headers: RawHeaders): boolean {
  return (
    headers.some(([name]) => /^ocpi-(to|from)-/i.test(name)) ||
    headerValues(headers, 'authorization').some(value => /^Token\s/i.test(value))
  );
}

function isWhole(response: ToldResponse | undefined): response is ToldResponse & { body: Uint8Array } {
  return response?.body !== undefined && response.length === undefined;
}

function decodedBody(response: ToldResponse & { body: Uint8Array }): Uint8Array {
  return decodeBody(response.body, response.headers ?? NO_HEADERS).bytes;
}

/** Only what can be nothing else: an object with a status code and a moment, or with data. */
function envelopeOf(response: ToldResponse | undefined): Envelope | undefined {
  if (!isWhole(response)) return undefined;
  const bytes = decodedBody(response);
  if (bytes.indexOf(0x7b) < 0) return undefined;
  const view = readEnvelope(bytes).view;
  const fits = view !== undefined && view.statusCode >= 1000 && view.statusCode <= 4999;
  return fits && (view.timestamp !== undefined || view.hasData) ? view : undefined;
}

function idsOf(headers: RawHeaders): Pick<ExchangeRecord, 'requestId' | 'correlationId'> {
  const { requestId, correlationId } = readMessageIds(headers, undefined);
  return {
    ...(requestId === undefined ? {} : { requestId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

interface Head {
  readonly findings: readonly Finding[];
  readonly parties: Pick<ExchangeRecord, 'fromParty' | 'toParty'>;
}

/** Authorization is not missed: browsers leave it out of the files they write. */
function readHead({ entry, version }: Operation, headers: RawHeaders | undefined): Head | undefined {
  if (headers === undefined) return undefined;
  const spoken = entry.base === 'versions-url' ? undefined : version;
  const ids = readMessageIds(headers, spoken);
  const routing = readRouting(headers, { version, functional: entry.functional && version !== undefined });
  const authorization = readAuthorization(headerValues(headers, 'authorization'));
  const from = routing.from && formatPartyId(routing.from);
  const to = routing.to && formatPartyId(routing.to);
  return {
    findings: [
      ...(authorization.kind === 'none' ? [] : authorization.findings),
      ...ids.findings,
      ...(version === undefined ? [] : routing.findings),
    ],
    parties: { ...(from === undefined ? {} : { fromParty: from }), ...(to === undefined ? {} : { toParty: to }) },
  };
}

function judged(told: ToldExchange, operation: Operation, head: readonly Finding[]): Finding[] {
  const request = [...head, ...requestFindings(told, operation)];
  const response = responseFindings(told, operation);
  return told.direction === 'in'
    ? [...request, ...under('response: ', response)]
    : [...response, ...under('request: ', request)];
}

function under(message: string, findings: readonly Finding[]): Finding[] {
  return findings.map(one => ({ ...one, pointer: `${message}${one.pointer}` }));
}

function requestFindings({ request }: ToldExchange, { entry, version, params }: Operation): readonly Finding[] {
  const { method, body, headers = [] } = request;
  const check = version === undefined ? undefined : entry.request?.[version];
  if (version === undefined || check === undefined || body === undefined || !BODY_METHODS.has(method)) return [];
  const { bytes } = decodeBody(body, headers);
  const received = receiveJson(bytes);
  if (received.view === undefined) return received.findings;
  const checked = withNumberTexts(check(received.view, { version }).findings, received.text);
  return [...received.findings, ...checked, ...addressFindings({ path: entry.path, params, object: received.view })];
}

/** As of an answer to a call of ours: envelope, statuses, ids repeated; then the objects in it. */
function responseFindings({ request, response }: ToldExchange, { entry, version }: Operation): readonly Finding[] {
  if (!isWhole(response) || request.method === 'HEAD') return [];
  const envelope = readEnvelope(decodedBody(response), version);
  const verdict = judge(response.status, envelope, { method: request.method, ...(version && { version }) });
  const echoes =
    request.headers === undefined || response.headers === undefined
      ? []
      : echoFindings(idsOf(request.headers), response.headers, entry.base === 'versions-url' ? undefined : version);
  const objects = verdict.ok && envelope.view?.hasData ? dataFindings(envelope.view.data, { entry, version }) : [];
  return [...envelope.findings, ...verdict.findings, ...echoes, ...objects];
}

function dataFindings(
  data: unknown,
  { entry, version }: { readonly entry: Operation['entry']; readonly version: Version | undefined },
): readonly Finding[] {
  if (version === undefined) return [];
  return entry.response?.[version]?.(data, { version, pointer: '/data' }).findings ?? [];
}
