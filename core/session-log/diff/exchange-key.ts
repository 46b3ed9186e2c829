import { entryById } from '../../ocpi/catalogue.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { pathParams } from '../../ocpi/path-params.ts';
import { splitPath } from '../../ocpi/urls.ts';
import type { ExchangeLine } from '../format/records.ts';

/** By what an exchange of one log is found in the other. */
export interface ExchangeKey {
  readonly direction: 'in' | 'out';
  /** Name of its link; empty where it has none. */
  readonly link: string;
  readonly operation: string;
  /** What its object is called; empty where it is about none. Lower case. */
  readonly object: string;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
}

/** Fields of a posted object that say which one it is. */
const NAMING = ['id', 'uid', 'request_id', 'session_id', 'reservation_id', 'location_id'];

export function exchangeKey(line: ExchangeLine, link: string): ExchangeKey {
  const { direction, operation, requestId, correlationId } = line;
  return { direction, link, operation, object: objectOf(line).toLowerCase(), requestId, correlationId };
}

function objectOf({ operation, request }: ExchangeLine): string {
  const entry = entryById(operation);
  if (entry === undefined) return `${request.method} ${splitPath(request.url).path}`;
  const params = Object.values(pathParams(entry, request.url));
  if (params.length > 0) return params.join('/');
  return request.method === 'POST' ? postedName(request.body?.text) : '';
}

function postedName(text: string | undefined): string {
  const json = text === undefined ? undefined : parsed(text);
  if (!isJsonObject(json)) return '';
  for (const name of NAMING) {
    const value = json[name];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
