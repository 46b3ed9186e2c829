import type { Ended, Timings } from '../http/wire.ts';
import { ENDINGS } from '../ocpi/endings.ts';
import { jsonFault } from '../ocpi/json-fault.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';
import { readFaultStamp } from './fault-stamps.ts';
import { type FileRead, shownUrl, skipped, type Told, type ToldRequest, type ToldResponse } from './file-read.ts';
import { asNumber, base64Bytes, headersOf, momentOf, objectOf, textBytes } from './json-fields.ts';
import { findingsTold } from './told-findings.ts';

/**
 * Exchanges as JSON: one object, a list of them, or one on each line. Read are what `wb exchange --json` and
 * `wb exchanges --json` print, and objects of other tools:
 *
 *     {"method", "url", "requestHeaders", "requestBody", "status", "statusText", "responseHeaders", "responseBody",
 *      "startedAt", "durationMs", "direction"}
 *
 * Only `method` and `url` are needed. Names may be written otherwise (`request_headers`, `request-headers`), have usual
 * other names (NAMES below), or stand in `request` and `response`. Headers: an object, pairs, `{name, value}`, or lines.
 * Bodies: text, or the JSON value itself. Moments: RFC 3339, seconds or milliseconds since 1970. `direction`: `in` where
 * the request came to the one who recorded it.
 */
export function readJsonValues(values: readonly unknown[]): FileRead {
  return { ok: true, format: 'jsonl', entries: listed(values) };
}

/** One JSON value on each line; lines that are none are skipped one by one. */
export function readJsonLines(text: string): FileRead {
  return { ok: true, format: 'jsonl', entries: lined(text) };
}

function* listed(values: readonly unknown[]): Generator<Told> {
  for (const [at, value] of values.entries()) yield readValue(value, values.length === 1 ? 'the object' : `[${at}]`);
}

function* lined(text: string): Generator<Told> {
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, end).trim();
    start = end + 1;
    if (line !== '') yield* readLine(line, `line ${number}`);
  }
}

function* readLine(line: string, where: string): Generator<Told> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const fault = jsonFault(line);
    const place =
      fault === undefined ? '' : `: at column ${fault.column} stands ${fault.met}, expected ${fault.expected}`;
    yield skipped(where, `it is no JSON${place}`);
    return;
  }
  for (const one of Array.isArray(value) ? value : [value]) yield readValue(one, where);
}

/** Other names of a member, written as `fold` does; the first that is there counts. */
const NAMES = {
  method: ['method', 'httpmethod', 'requestmethod', 'verb'],
  url: ['url', 'uri', 'requesturl', 'requesturi', 'fullurl', 'href', 'target', 'path'],
  requestHeaders: ['requestheaders', 'reqheaders', 'headers'],
  requestBody: ['requestbody', 'reqbody', 'requestpayload', 'requestdata', 'body', 'payload'],
  status: [
    'status',
    'statuscode',
    'httpstatus',
    'httpstatuscode',
    'responsestatus',
    'responsestatuscode',
    'responsecode',
  ],
  statusText: ['statustext', 'reasonphrase', 'reason'],
  responseHeaders: ['responseheaders', 'resheaders', 'respheaders'],
  responseBody: ['responsebody', 'resbody', 'respbody', 'responsepayload', 'responsedata'],
  startedAt: [
    'startedat',
    'at',
    'starteddatetime',
    'timestamp',
    'starttime',
    'requesttime',
    'datetime',
    'date',
    'ts',
    'time',
  ],
  durationMs: ['durationms', 'duration', 'elapsedms', 'elapsed', 'latencyms', 'latency', 'responsetimems', 'took'],
  direction: ['direction', 'dir'],
} as const;

const INCOMING = /^(in|incoming|inbound|received|server)$/i;

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Looks members up by any of their names. */
function fieldsOf(json: JsonObject): (field: keyof typeof NAMES) => unknown {
  const folded = new Map(Object.entries(json).map(([name, value]) => [fold(name), value]));
  return field => {
    const name = NAMES[field].find(one => folded.get(one) !== undefined && folded.get(one) !== null);
    return name === undefined ? undefined : folded.get(name);
  };
}

function readValue(json: unknown, where: string): Told {
  if (!isJsonObject(json)) return skipped(where, 'it is no object');
  const top = fieldsOf(json);
  const asked = fieldsOf(objectOf(json, 'request') ?? {});
  const method = top('method') ?? asked('method');
  const url = asked('url') ?? top('url');
  if (typeof method !== 'string' || typeof url !== 'string' || method === '' || url === '') {
    return skipped(where, 'it names no method or no url');
  }
  const direction = INCOMING.test(String(top('direction') ?? '')) ? 'in' : 'out';
  if (!/^https?:\/\//i.test(url) && !(direction === 'in' && url.startsWith('/'))) {
    return skipped(where, `"${shownUrl(url)}" is no absolute http or https URL`);
  }
  const headers = headersOf(asked('requestHeaders') ?? top('requestHeaders'));
  const body = bodyOf(asked('requestBody') ?? top('requestBody'));
  if (body.shortened) return skipped(where, 'only a beginning of its request body is there');
  const request: ToldRequest = {
    method: method.toUpperCase(),
    url,
    ...(headers === undefined ? {} : { headers }),
    ...(body.bytes === undefined ? {} : { body: body.bytes }),
  };
  const response = readResponse(json, top);
  const startedAt = momentOf(top('startedAt'));
  const timings = timingsOf(json, asNumber(top('durationMs')));
  const ended = endedOf(json);
  return {
    ok: true,
    exchange: {
      where,
      direction,
      request,
      known: knownOf(json),
      ...(response === undefined ? {} : { response }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(timings === undefined ? {} : { timings }),
      ...(ended === undefined ? {} : { ended }),
    },
  };
}

function readResponse(json: JsonObject, top: ReturnType<typeof fieldsOf>): ToldResponse | undefined {
  const answered = fieldsOf(objectOf(json, 'response') ?? {});
  const status = asNumber(answered('status') ?? top('status'));
  if (status === undefined || !Number.isInteger(status) || status < 100 || status > 999) return undefined;
  const statusText = answered('statusText') ?? top('statusText');
  const headers = headersOf(answered('requestHeaders') ?? answered('responseHeaders') ?? top('responseHeaders'));
  const body = bodyOf(answered('requestBody') ?? answered('responseBody') ?? top('responseBody'));
  return {
    status,
    statusText: typeof statusText === 'string' ? statusText : '',
    ...(headers === undefined ? {} : { headers }),
    ...(body.bytes === undefined ? {} : { body: body.bytes }),
    ...(body.shortened && body.length !== undefined ? { length: body.length } : {}),
  };
}

interface BodyTold {
  readonly bytes?: Uint8Array;
  readonly length?: number;
  readonly shortened: boolean;
}

/** Our own bodies are `{ text, base64, length, shortened }`; any other JSON value is itself the body. */
function bodyOf(value: unknown): BodyTold {
  if (value === undefined || value === null) return { shortened: false };
  if (typeof value === 'string') return { bytes: textBytes(value), shortened: false };
  if (!isJsonObject(value) || !('base64' in value) || !('length' in value)) {
    return { bytes: textBytes(JSON.stringify(value)), shortened: false };
  }
  const { base64, length, shortened } = value;
  const bytes = typeof base64 === 'string' ? base64Bytes(base64) : undefined;
  const whole = asNumber(length);
  return {
    ...(bytes === undefined ? {} : { bytes }),
    ...(whole === undefined ? {} : { length: whole }),
    shortened: shortened === true,
  };
}

function timingsOf(json: JsonObject, total: number | undefined): Timings | undefined {
  const phases = objectOf(json, 'timings');
  const whole = asNumber(phases?.['total']) ?? total;
  if (whole === undefined || whole < 0) return undefined;
  const phase = (name: string) => asNumber(phases?.[name]) ?? null;
  return {
    queue: phase('queue'),
    dns: phase('dns'),
    connect: phase('connect'),
    tls: phase('tls'),
    firstByte: phase('firstByte'),
    total: whole,
  };
}

/** How our own exchanges may have ended; `open` ones nobody finishes here. */
const FINISHED: ReadonlySet<string> = new Set(ENDINGS.filter(how => how !== 'open'));

function endedOf(json: JsonObject): Ended | undefined {
  const how = json['ended'];
  if (typeof how !== 'string' || !FINISHED.has(how)) return undefined;
  const told = Object.entries(objectOf(json, 'endedDetails') ?? {});
  const details = told.filter(([name, value]) => name !== 'raw' && value !== null && typeof value !== 'object');
  // Written from an Ended by this or another workbench; whatever else stands there is shown, never relied on.
  return { ...Object.fromEntries(details), how } as Ended;
}

function knownOf(json: JsonObject): NonNullable<Extract<Told, { ok: true }>['exchange']['known']> {
  const { operation, ocpiStatus, findings } = json;
  const told = findingsTold(findings);
  const faults = readFaultStamp(json['fault']);
  return {
    ...(faults === undefined ? {} : { faults }),
    ...(typeof operation === 'string' ? { operation } : {}),
    ...(typeof ocpiStatus === 'number' ? { ocpiStatus } : {}),
    ...(told === undefined ? {} : { findings: told }),
  };
}
