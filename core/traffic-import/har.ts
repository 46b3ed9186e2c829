import { isIP } from 'node:net';
import type { Ended, Timings } from '../http/wire.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';
import { type FileRead, shownUrl, skipped, type Told, type ToldRequest, type ToldResponse } from './file-read.ts';
import { base64Bytes, headersOf, listOf, momentOf, numberOf, objectOf, textBytes, textOf } from './json-fields.ts';
import { readOurs, type ToldOurs } from './told-ours.ts';

/** True for what has the outline of a HAR: `{ "log": { "entries": [...] } }`. */
export function isHar(json: unknown): boolean {
  return listOf(objectOf(json, 'log'), 'entries') !== undefined;
}

/**
 * HTTP Archive 1.2 and what browsers and proxies make of it: parts may be missing, further members (`_initiator`, `cache`,
 * `pages`) are of no concern, but for `_ocpi`, in which a workbench wrote the rest of what it knew. Bodies stand there decoded,
 * whatever Content-Encoding says.
 */
export function readHar(json: unknown): FileRead {
  const entries = listOf(objectOf(json, 'log'), 'entries') ?? [];
  return { ok: true, format: 'har', entries: told(entries) };
}

function* told(entries: readonly unknown[]): Generator<Told> {
  for (const [at, entry] of entries.entries()) yield readEntry(entry, `log.entries[${at}]`);
}

function readEntry(entry: unknown, where: string): Told {
  const request = objectOf(entry, 'request');
  if (!isJsonObject(entry) || request === undefined) return skipped(where, 'it holds no request');
  const told = readOurs(entry);
  if (told !== undefined) return ownEntry({ told, entry, request, where });
  const method = textOf(request, 'method');
  const url = textOf(request, 'url');
  if (method === undefined || method === '' || url === undefined)
    return skipped(where, 'its request has no method or no url');
  if (!/^https?:\/\//i.test(url)) return skipped(where, `it is no HTTP request: ${shownUrl(url)}`);
  const body = requestBody(request);
  if (typeof body === 'string') return skipped(where, body);
  const headers = harHeaders(request);
  const response = readResponse(objectOf(entry, 'response'));
  const startedAt = momentOf(entry['startedDateTime']);
  const timings = readTimings(entry);
  const address = textOf(entry, 'serverIPAddress')?.replace(/^\[|\]$/g, '');
  const ended = response === undefined ? failureOf(entry, url) : undefined;
  return {
    ok: true,
    exchange: {
      where,
      direction: textOf(entry, '_direction') === 'in' ? 'in' : 'out',
      request: { method, url, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) },
      ...(response === undefined ? {} : { response }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(timings === undefined ? {} : { timings }),
      ...(ended === undefined ? {} : { ended }),
      ...(address === undefined || isIP(address) === 0
        ? {}
        : { connection: { remoteAddress: address, reused: timings?.connect === null } }),
    },
  };
}

interface OwnEntry {
  readonly told: ToldOurs;
  readonly entry: JsonObject;
  readonly request: JsonObject;
  readonly where: string;
}

/** Written by a workbench: the same exchange again. */
function ownEntry({ told, entry, request, where }: OwnEntry): Told {
  const { direction, ended, timings, connection, ours } = told;
  const method = told.method ?? textOf(request, 'method');
  const url = told.url ?? textOf(request, 'url');
  if (method === undefined || url === undefined) return skipped(where, 'its request has no method or no url');
  const body = told.requestBody?.body ?? requestBody(request);
  if (typeof body === 'string') return skipped(where, body);
  const response = readResponse(objectOf(entry, 'response'));
  const startedAt = momentOf(entry['startedDateTime']);
  return {
    ok: true,
    exchange: {
      where,
      direction,
      ours,
      request: {
        method,
        url,
        headers: headersOf(request['headers']) ?? [],
        ...(body === undefined ? {} : { body }),
        ...told.requestBody,
      },
      ...(response === undefined
        ? {}
        : {
            response: {
              ...response,
              headers: headersOf(objectOf(entry, 'response')?.['headers']) ?? [],
              ...told.responseBody,
            },
          }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(ended === undefined ? {} : { ended }),
      ...(timings === undefined ? {} : { timings }),
      ...(connection === undefined ? {} : { connection }),
    },
  };
}

/** HTTP/2 says the Host as `:authority`, and its other colon fields with method and URL. */
function harHeaders(message: JsonObject): ToldRequest['headers'] {
  const lines = headersOf(message['headers']);
  const hasHost = lines?.some(([name]) => name.toLowerCase() === 'host');
  return lines?.flatMap(([name, value]): [string, string][] => {
    if (!name.startsWith(':')) return [[name, value]];
    return name === ':authority' && !hasHost ? [['Host', value]] : [];
  });
}

/** A text says why the body cannot be read. */
function requestBody(request: JsonObject): Uint8Array | string | undefined {
  const posted = objectOf(request, 'postData');
  if (posted === undefined) return undefined;
  const text = textOf(posted, 'text');
  if (text !== undefined && text !== '') {
    const coded = (textOf(posted, 'encoding') ?? textOf(posted, '_encoding')) === 'base64';
    return coded ? (base64Bytes(text) ?? 'the Base64 of its request body is broken') : textBytes(text);
  }
  const params = listOf(posted, 'params') ?? [];
  if (params.length === 0) return undefined;
  const form = new URLSearchParams();
  for (const param of params) form.append(textOf(param, 'name') ?? '', textOf(param, 'value') ?? '');
  return textBytes(form.toString());
}

function readResponse(response: JsonObject | undefined): ToldResponse | undefined {
  const status = numberOf(response, 'status') ?? 0;
  if (response === undefined || !Number.isInteger(status) || status < 100 || status > 999) return undefined;
  const content = objectOf(response, 'content');
  const text = textOf(content, 'text');
  const size = numberOf(content, 'size') ?? 0;
  const coded = textOf(content, 'encoding')?.toLowerCase() === 'base64';
  const body = text === undefined ? undefined : coded ? base64Bytes(text) : textBytes(text);
  const headers = harHeaders(response);
  return {
    status,
    statusText: textOf(response, 'statusText') ?? '',
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    // The browser had thrown it away already.
    ...(body === undefined && size > 0 ? { length: Math.round(size) } : {}),
  };
}

/** -1 stands for a phase that did not happen; `connect` holds `ssl`. */
function readTimings(entry: JsonObject): Timings | undefined {
  const phases = objectOf(entry, 'timings');
  const phase = (name: string): number | null => {
    const value = numberOf(phases, name);
    return value === undefined || value < 0 ? null : value;
  };
  const [queue, dns, connect, tls, send, wait, receive] = [
    'blocked',
    'dns',
    'connect',
    'ssl',
    'send',
    'wait',
    'receive',
  ].map(phase);
  const sum = [queue, dns, connect, send, wait, receive].reduce<number>((all, one) => all + (one ?? 0), 0);
  const total = numberOf(entry, 'time');
  if (phases === undefined && total === undefined) return undefined;
  return {
    queue: queue ?? null,
    dns: dns ?? null,
    connect: connect === undefined || connect === null ? null : Math.max(0, connect - (tls ?? 0)),
    tls: tls ?? null,
    firstByte: wait === undefined || wait === null ? null : wait + (send ?? 0),
    total: total !== undefined && total >= 0 ? total : sum,
  };
}

/** What Chromium (`net::ERR_...`) and Firefox (`NS_ERROR_...`) write where no answer came. */
function failureOf(entry: JsonObject, url: string): Ended | undefined {
  const response = objectOf(entry, 'response');
  const said = textOf(response, '_error') ?? textOf(response, '_errorMessage') ?? textOf(entry, '_error');
  if (said === undefined || said === '') return undefined;
  const detail = said.slice(0, 200);
  if (/REFUSED/i.test(said)) return { how: 'refused', detail };
  if (/NAME_NOT_RESOLVED|UNKNOWN_HOST/i.test(said)) return { how: 'dns', host: new URL(url).hostname, detail };
  if (/TIMED?_?OUT/i.test(said)) {
    const afterMs = Math.max(0, Math.round(numberOf(entry, 'time') ?? 0));
    return { how: 'timeout', phase: /CONNECTION/i.test(said) ? 'connect' : 'total', afterMs };
  }
  if (/CERT|SSL|TLS/i.test(said)) {
    return { how: 'tls', code: detail, explained: 'TLS failed where this was recorded', advice: 'See its code.' };
  }
  if (/RESET|EMPTY_RESPONSE|CONNECTION_CLOSED/i.test(said)) return { how: 'reset', received: 0 };
  if (/ABORT|BLOCKED/i.test(said)) return { how: 'cancelled' };
  return { how: 'unreachable', detail };
}
