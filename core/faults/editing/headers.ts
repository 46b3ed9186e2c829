import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { Draft } from '../draft.ts';

/**
 * The same lines with one of this name: the first one keeps its place and its spelling, further ones go. Where there was none
 * it stands behind the others. Names compare without regard to case.
 */
export function setHeader(headers: RawHeaders, name: string, value: string): RawHeaders {
  const first = headers.findIndex(line => isNamed(line, name));
  if (first < 0) return [...headers, [name, value]];
  return headers.flatMap((line, at) => {
    if (at === first) return [[line[0], value] as const];
    return isNamed(line, name) ? [] : [line];
  });
}

/** The same lines without those of these names. */
export function dropHeaders(headers: RawHeaders, ...names: readonly string[]): RawHeaders {
  return headers.filter(line => !names.some(name => isNamed(line, name)));
}

/** One more line, right behind the last one of its name, else behind all others. */
export function addHeader(headers: RawHeaders, name: string, value: string): RawHeaders {
  const last = headers.findLastIndex(line => isNamed(line, name));
  const at = last < 0 ? headers.length : last + 1;
  return [...headers.slice(0, at), [last < 0 ? name : (headers[last]?.[0] ?? name), value], ...headers.slice(at)];
}

export function hasHeader(headers: RawHeaders, name: string): boolean {
  return headers.some(line => isNamed(line, name));
}

/** The draft with other header lines. */
export function withHeaders(draft: Draft, headers: RawHeaders): Draft {
  return { ...draft, message: { ...draft.message, headers } };
}

function isNamed([key]: readonly [string, string], name: string): boolean {
  return key.length === name.length && key.toLowerCase() === name.toLowerCase();
}
