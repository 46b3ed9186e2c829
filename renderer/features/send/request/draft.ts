import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import type { SendableOperation, SendExample, SendInput } from '../../../../core/contract/sending.ts';
import { type HeaderLine, sentHeaders } from '../../../exchange/header-lines.ts';
import { prettyJson } from '../../../ui/editor/pretty-json.ts';
import { decoded } from '../decoded.ts';

/** A request as it is being written. */
export interface Draft {
  /** Catalogue id. */
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Instead of what endpoint, parameters and query make. */
  readonly url: string | undefined;
  /** Instead of the one of the catalogue. */
  readonly method: string | undefined;
  readonly headers: readonly HeaderLine[];
  /** Absent: none is sent. */
  readonly body: string | undefined;
  readonly fromParty: string;
  readonly toParty: string;
}

/** An operation with what it begins with. */
export function draftOf(operation: SendableOperation, example: SendExample | undefined): Draft {
  return {
    operation: operation.operation,
    params: example?.params ?? {},
    query: example?.query ?? {},
    // Without an endpoint only a whole URL leads anywhere.
    url: operation.endpoint === null ? '' : undefined,
    method: undefined,
    headers: [],
    // What is served in one line is read in many.
    body: typeof example?.body === 'string' ? prettyJson(example.body) : operation.body === null ? undefined : '',
    fromParty: '',
    toParty: '',
  };
}

export function inputOf(name: string, draft: Draft): SendInput {
  const { operation, params, query, url, method, headers, body, fromParty, toParty } = draft;
  const lines = sentHeaders(headers);
  return {
    name,
    operation,
    params,
    query,
    ...(url !== undefined && url.trim() !== '' && { url: url.trim() }),
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body }),
    ...(lines.length > 0 && { headers: lines }),
    ...(fromParty.trim() !== '' && { fromParty: fromParty.trim() }),
    ...(toParty.trim() !== '' && { toParty: toParty.trim() }),
  };
}

/** Whether it changes something at the partner. */
export function isWrite(operation: SendableOperation | undefined, draft: Draft): boolean {
  const method = draft.method ?? operation?.method ?? 'GET';
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

/** Lines that are written anew at each sending, or that the parties' fields write. */
const USUAL = new Set([
  'authorization',
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'host',
  'user-agent',
  'x-request-id',
  'x-correlation-id',
  'ocpi-from-country-code',
  'ocpi-from-party-id',
  'ocpi-to-country-code',
  'ocpi-to-party-id',
]);

/** A request that was sent, to be written again; undefined where its operation is none that can be asked of the link. */
export function draftFrom(exchange: ExchangeView, operations: readonly SendableOperation[]): Draft | undefined {
  const operation = operations.find(one => one.operation === exchange.operation);
  if (operation === undefined) return undefined;
  const { method, url, request, fromParty, toParty } = exchange;
  const read = readUrl(operation, url);
  return {
    operation: operation.operation,
    params: read?.params ?? {},
    query: read?.query ?? {},
    url: read === undefined ? url : undefined,
    method: method === operation.method ? undefined : method,
    headers: request.headers
      .filter(([name]) => !USUAL.has(name.toLowerCase()))
      .map(([name, value], id) => ({ id, name, value })),
    body: request.body.text ?? undefined,
    fromParty: fromParty ?? '',
    toParty: toParty ?? '',
  };
}

/** The values in a URL of an operation; undefined where it has another form than endpoint, path and known query. */
export function readUrl(
  { endpoint, path, query }: Pick<SendableOperation, 'endpoint' | 'path' | 'query'>,
  url: string,
): Pick<Draft, 'params' | 'query'> | undefined {
  if (endpoint === null) return undefined;
  const [before = '', asked = ''] = url.split(/\?(.*)/s);
  const base = endpoint.replace(/\/$/, '');
  if (before !== base && !before.startsWith(`${base}/`)) return undefined;
  const values = before.slice(base.length).split('/').filter(Boolean);
  const names = path.split('/').filter(Boolean);
  if (values.length !== names.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const value = decoded(values[at] ?? '');
    const placed = /^\{(.+)\}$/.exec(name)?.[1];
    if (placed !== undefined) params[placed] = value;
    else if (name !== value) return undefined;
  }
  const search = [...new URLSearchParams(asked)];
  if (search.some(([name]) => !query.includes(name))) return undefined;
  return { params, query: Object.fromEntries(search) };
}
