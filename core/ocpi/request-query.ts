import { type Finding, finding } from './findings.ts';
import { readUrl } from './urls.ts';

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);
const RESPONSE_URL = 'response_url=';
const UNENCODED = /^https?:\/\//i;

/** The first value of a parameter in a query (what follows the `?`, undecoded), decoded once; undefined without one. */
export function queryValue(query: string, name: string): string | undefined {
  return new URLSearchParams(query).get(name) ?? undefined;
}

export interface ResponseUrlRead {
  /** As it is to be called, byte for byte; absent when there is none that can be. */
  readonly url?: string;
  readonly findings: readonly Finding[];
}

/**
 * The `response_url` in the query of a charging profile request (T14). Where it stands unencoded, everything behind it
 * belongs to it, its own query included; an ordinary parser would cut it at the first `&`.
 */
export function readResponseUrl(query: string): ResponseUrlRead {
  const at = query.startsWith(RESPONSE_URL) ? 0 : query.indexOf(`&${RESPONSE_URL}`) + 1;
  const found = query.startsWith(RESPONSE_URL, at);
  const pointer = 'url';
  if (!found) {
    return { findings: [finding('response-url.missing', { pointer, met: `?${query}`, expected: 'response_url' })] };
  }
  const rest = query.slice(at + RESPONSE_URL.length);
  const unencoded = UNENCODED.test(rest);
  const url = unencoded ? rest : (queryValue(query.slice(at), 'response_url') ?? '');
  const details = { pointer, met: rest, expected: 'a percent-encoded URL' };
  const spelling = unencoded ? [finding('response-url.unencoded', details)] : NO_FINDINGS;
  const read = readUrl(url, { pointer, severity: 'error' });
  const findings = [...spelling, ...read.findings];
  return read.url === undefined ? { findings } : { url, findings };
}

/** The type a token is asked for with, RFID without one (digest 6.5). The table of 2.1.1 calls it token_type (T44). */
export function readTokenType(query: string): string {
  return queryValue(query, 'type') ?? queryValue(query, 'token_type') ?? 'RFID';
}
