import { decodeBody } from '../../http/bodies.ts';
import { headerValue, headerValues, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { bytesOf } from '../format/body.ts';
import type { ExchangeLine, LogBody } from '../format/records.ts';
import { absoluteUrl } from './absolute-url.ts';
import { jsonText } from './json-text.ts';
import { type FormatContext, redactionSentence, type TextFormat } from './text-format.ts';

/**
 * HTTP Archive 1.2 (softwareishard.com/blog/har-12-spec), as browsers' tools and proxies open it. What it has no place for
 * stands in `_ocpi`, from which `wb import` makes the same exchange again: neither ids nor the time of writing stand in the file,
 * so that it is written the same then.
 */
export function harFormat(context: FormatContext): TextFormat {
  const { title, redacted, keptPersonal, release, linkName } = context;
  const comment = [title, redactionSentence(context)].filter(text => text !== '').join('\n');
  let first = true;
  return {
    begin: () =>
      `{"log":{"version":"1.2","creator":{"name":"OCPI Workbench","version":${JSON.stringify(release)}},` +
      `"comment":${jsonText(comment)},"_ocpi":${jsonText({ title, redacted, keptPersonal })},"entries":[\n`,
    exchange(line) {
      const separator = first ? '' : ',\n';
      first = false;
      return `${separator}${jsonText(harEntry(line, linkName))}`;
    },
    end: () => '\n]}}\n',
  };
}

function harEntry(line: ExchangeLine, linkName: FormatContext['linkName']): object {
  const { request, response, connection } = line;
  const url = absoluteUrl(line);
  const asked = requestBody(request.body, request.headers);
  const answered = content(response?.body, response?.headers ?? []);
  const address = connection?.['remoteAddress'];
  return {
    startedDateTime: new Date(line.startedAt).toISOString(),
    ...timing(line.timings),
    request: {
      method: request.method === '' ? 'UNKNOWN' : request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: headerValues(request.headers, 'cookie').flatMap(cookiesAsked),
      headers: request.headers.map(([name, value]) => ({ name, value })),
      queryString: queryOf(url),
      ...(asked.postData && { postData: asked.postData }),
      headersSize: -1,
      bodySize: lengthOf(request.body),
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: headerValues(response?.headers ?? [], 'set-cookie').flatMap(cookieGiven),
      headers: (response?.headers ?? []).map(([name, value]) => ({ name, value })),
      content: answered.content,
      redirectURL: headerValue(response?.headers ?? [], 'location') ?? '',
      headersSize: -1,
      bodySize: response === undefined ? -1 : lengthOf(response.body),
      ...(response === undefined ? { _error: line.ended.how } : {}),
    },
    cache: {},
    ...(line.direction === 'out' && typeof address === 'string' ? { serverIPAddress: address } : {}),
    _ocpi: {
      direction: line.direction,
      link: line.link === undefined ? null : (linkName(line.link) ?? null),
      operation: line.operation,
      ...picked(line, ['version', 'ocpiStatus', 'requestId', 'correlationId', 'fromParty', 'toParty']),
      ...(url === request.url ? {} : { url: request.url }),
      ...(request.method === '' ? { method: '' } : {}),
      ended: line.ended,
      ...picked(line, ['timings', 'connection']),
      ...(asked.exact && { requestBody: asked.exact }),
      ...(answered.exact && { responseBody: answered.exact }),
      findings: line.findings ?? [],
      ...(line.faults && { faults: withoutIds(line.faults) }),
      ...picked(line, ['note']),
    },
  };
}

/** A rule's id means something in the database it was written in only. */
function withoutIds(faults: NonNullable<ExchangeLine['faults']>): NonNullable<ExchangeLine['faults']> {
  return { ...faults, firings: faults.firings.map(firing => ({ ...firing, ruleId: null })) };
}

function picked<Key extends keyof ExchangeLine>(line: ExchangeLine, keys: readonly Key[]): Partial<ExchangeLine> {
  return Object.fromEntries(keys.flatMap(key => (line[key] === undefined ? [] : [[key, line[key]]])));
}

/** `blocked` to `receive`; -1 is what did not happen, and `time` the sum of the others. */
function timing(timings: ExchangeLine['timings']): { time: number; timings: object } {
  const phase = (name: string) => timings?.[name] ?? -1;
  const tls = phase('tls');
  const dial = phase('connect');
  const blocked = phase('queue');
  const dns = phase('dns');
  const connect = dial < 0 && tls < 0 ? -1 : Math.max(dial, 0) + Math.max(tls, 0);
  const wait = Math.max(phase('firstByte'), 0);
  const before = [blocked, dns, connect, wait].reduce((sum, one) => sum + Math.max(one, 0), 0);
  const receive = Math.max((timings?.['total'] ?? 0) - before, 0);
  return { time: before + receive, timings: { blocked, dns, connect, ssl: tls, send: 0, wait, receive } };
}

interface Shown {
  readonly bytes: Buffer;
  /** Decoded; undefined where it is no text. */
  readonly text: string | undefined;
  /** Whether the text alone says which bytes there were. */
  readonly says: boolean;
}

function shown(body: LogBody, headers: RawHeaders): Shown {
  const bytes = bytesOf(body);
  const decoded = decodeBody(bytes, headers);
  const plain = decoded.undone.length === 0;
  const whole = body.length === undefined && body.leftOut === undefined;
  // What has no text of its own is only text by what its header says of it.
  const text = plain ? body.text : decoded.text;
  return { bytes: plain ? bytes : Buffer.from(decoded.bytes), text, says: plain && whole };
}

/** Why nothing is here stands nowhere else either: only that there was something. */
function kept({ leftOut: _, ...body }: LogBody): LogBody {
  return body;
}

function requestBody(
  body: LogBody | undefined,
  headers: RawHeaders,
): { readonly postData?: object; readonly exact?: LogBody } {
  if (body === undefined) return {};
  const { bytes, text, says } = shown(body, headers);
  const given = text ?? bytes.toString('base64');
  return {
    postData: {
      mimeType: headerValue(headers, 'content-type') ?? '',
      text: given,
      ...(text === undefined ? { _encoding: 'base64' } : {}),
    },
    ...(says && given !== '' ? {} : { exact: kept(body) }),
  };
}

function content(
  body: LogBody | undefined,
  headers: RawHeaders,
): { readonly content: object; readonly exact?: LogBody } {
  const mimeType = headerValue(headers, 'content-type') ?? 'x-unknown';
  if (body === undefined) return { content: { size: 0, mimeType } };
  const { bytes, text, says } = shown(body, headers);
  const packed = bytesOf(body).length;
  return {
    content: {
      size: bytes.length,
      ...(bytes.length === packed ? {} : { compression: bytes.length - packed }),
      mimeType,
      text: text ?? bytes.toString('base64'),
      ...(text === undefined ? { encoding: 'base64' } : {}),
    },
    ...(says ? {} : { exact: kept(body) }),
  };
}

/** On the wire. */
function lengthOf(body: LogBody | undefined): number {
  return body === undefined ? 0 : (body.length ?? bytesOf(body).length);
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

function queryOf(url: string): NamedValue[] {
  return [...(URL.parse(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value }));
}

function namedValue(text: string): NamedValue {
  const at = text.indexOf('=');
  return at < 0
    ? { name: '', value: text.trim() }
    : { name: text.slice(0, at).trim(), value: text.slice(at + 1).trim() };
}

function cookiesAsked(value: string): NamedValue[] {
  return value
    .split(';')
    .filter(part => part.trim() !== '')
    .map(namedValue);
}

function cookieGiven(line: string): object[] {
  const [pair = '', ...attributes] = line.split(';');
  if (pair.trim() === '') return [];
  const named = attributes.map(namedValue).map(({ name, value }) => [(name || value).toLowerCase(), value] as const);
  const of = (name: string) => named.find(([one]) => one === name)?.[1];
  const expires = Date.parse(of('expires') ?? '');
  return [
    {
      ...namedValue(pair),
      ...(of('path') === undefined ? {} : { path: of('path') }),
      ...(of('domain') === undefined ? {} : { domain: of('domain') }),
      ...(Number.isNaN(expires) ? {} : { expires: new Date(expires).toISOString() }),
      httpOnly: of('httponly') !== undefined,
      secure: of('secure') !== undefined,
    },
  ];
}
