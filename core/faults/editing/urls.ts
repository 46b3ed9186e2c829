import { isJsonObject } from '../../ocpi/json-value.ts';
import { headerValues, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { setHeader } from './headers.ts';
import { type JsonEdit, pointerStep } from './json.ts';

const NEXT = /<([^<>]*)>(\s*;[^,]*\brel\s*=\s*"?next"?)/i;

/** The URL of the next page, as it stands in the Link header; undefined on the last page. */
export function nextPage(headers: RawHeaders): string | undefined {
  return NEXT.exec(headerValues(headers, 'Link').join(', '))?.[1];
}

/** The same lines with another next page; with none before, a Link header as ours are. */
export function withNextPage(headers: RawHeaders, url: string): RawHeaders {
  const written = headerValues(headers, 'Link').join(', ');
  const changed = NEXT.test(written)
    ? written.replace(NEXT, (_, _url: string, rest: string) => `<${url}>${rest}`)
    : `<${url}>; rel="next"`;
  return setHeader(headers, 'Link', changed);
}

/** Without scheme and authority: `/ocpi/2.2.1/locations?limit=5`. A text that is no absolute URL stays as it is. */
export function relativeUrl(url: string): string {
  const rest = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '');
  return rest === '' ? '/' : rest;
}

/** With http where https stood; undefined where it did not. */
export function plainHttpUrl(url: string): string | undefined {
  return /^https:/i.test(url) ? `http${url.slice(5)}` : undefined;
}

/** The scheme and authority of an absolute URL, as written; empty for any other text. */
export function originOf(url: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/.exec(url)?.[0] ?? '';
}

/** The parts of a request's target, which may be absolute. The query begins with its question mark, or is empty. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const rest = target.slice(originOf(target).length).replace(/#.*$/s, '');
  const mark = rest.indexOf('?');
  return mark < 0 ? { path: rest, query: '' } : { path: rest.slice(0, mark), query: rest.slice(mark) };
}

/**
 * Changes of all texts that are called `url` in a JSON value, however deep; `change` gives undefined for those that stay. `at` is
 * the pointer to the value.
 */
export function urlEdits(json: unknown, at: string, change: (url: string) => string | undefined): JsonEdit[] {
  const edits: JsonEdit[] = [];
  const open: { readonly json: unknown; readonly at: string }[] = [{ json, at }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { json: value, at: place } = next;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? [...value.entries()]
      : isJsonObject(value)
        ? Object.entries(value)
        : [];
    for (const [name, inner] of entries) {
      const pointer = place + pointerStep(name);
      if (name === 'url' && typeof inner === 'string') {
        const changed = change(inner);
        if (changed !== undefined && changed !== inner) edits.push({ at: pointer, set: changed });
      } else open.push({ json: inner, at: pointer });
    }
  }
  return edits;
}
