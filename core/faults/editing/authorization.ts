import { defaultForm } from '../../ocpi/authorization.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { isTokenText } from '../../ocpi/text-rules.ts';
import type { Version } from '../../ocpi/versions.ts';
import { encodeBase64 } from './base64.ts';

/** A token as it stands in an Authorization header. A secret: it is never told. */
export interface WrittenToken {
  readonly token: string;
  readonly form: 'raw' | 'base64';
}

/**
 * The token of an Authorization header that is written well. `known`, the token that is meant, decides how it is written;
 * else the version does (digest 1.2). Undefined where there is no header of the scheme `Token`.
 */
export function writtenToken(headers: RawHeaders, version: Version, known?: string): WrittenToken | undefined {
  const value = headerValue(headers, 'Authorization');
  const parameter = /^Token +(\S+) *$/i.exec(value ?? '')?.[1];
  if (parameter === undefined) return undefined;
  if (known !== undefined && parameter === known) return { token: known, form: 'raw' };
  if (known !== undefined && parameter === encodeBase64(known)) return { token: known, form: 'base64' };
  const decoded = defaultForm(version) === 'base64' ? decodeBase64(parameter) : undefined;
  return decoded === undefined ? { token: parameter, form: 'raw' } : { token: decoded, form: 'base64' };
}

const STRICT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The text that strict Base64 stands for; undefined where it is none, or stands for what no token is. */
export function decodeBase64(encoded: string): string | undefined {
  if (!STRICT.test(encoded)) return undefined;
  const text = atob(encoded);
  return isTokenText(text) ? text : undefined;
}
