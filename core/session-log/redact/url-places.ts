import { entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { moduleOf } from '../../ocpi/modules.ts';
import type { ValueKind } from './kinds.ts';
import { kindNamed, type Place } from './text-places.ts';

/** Placeholders of the catalogue's paths that name somebody. */
const PARAMETERS: Readonly<Record<string, ValueKind>> = {
  token_uid: 'token uid',
  country_code: 'country code',
  party_id: 'party id',
};

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Typed values in the path of a request: by the path of its operation, and where that is not known by the module that the path
 * names (digest 4.2). Still percent-encoded.
 */
export function pathPlaces(url: string, operation: string): Place[] {
  const segments = segmentsOf(url);
  const entry = entryById(operation);
  const path = entry !== undefined && entry.base !== 'given-url' ? entry.path : [];
  const first = segments.length - path.length;
  if (path.some(isPlaceholder) && first >= 0) {
    return path.flatMap((part, at) => {
      const kind = isPlaceholder(part) ? PARAMETERS[part.slice(1, -1)] : undefined;
      const segment = segments[first + at];
      return kind === undefined || segment === undefined ? [] : [{ start: segment.start, end: segment.end, kind }];
    });
  }
  const module = segments.findLastIndex(({ text }) => moduleOf(text) !== undefined);
  if (module === -1) return [];
  const [country, party, third] = segments.slice(module + 1);
  const owned = /^[a-z]{2}$/i.test(country?.text ?? '') && /^[a-z0-9]{1,3}$/i.test(party?.text ?? '');
  const places: Place[] = [];
  if (owned && country && party)
    places.push({ ...range(country), kind: 'country code' }, { ...range(party), kind: 'party id' });
  const uid = owned ? third : country;
  if (moduleOf(segments[module]?.text ?? '') === 'tokens' && uid && /\d/.test(uid.text)) {
    places.push({ ...range(uid), kind: 'token uid' });
  }
  return places;
}

/** Values of named fields in a query or a form; still encoded. */
export function formPlaces(text: string, from: number, to: number): Place[] {
  const places: Place[] = [];
  let at = from;
  while (at < to) {
    const next = text.indexOf('&', at);
    const end = next === -1 || next > to ? to : next;
    const equals = text.indexOf('=', at);
    if (equals !== -1 && equals < end) {
      const kind = kindNamed(text.slice(at, equals));
      if (kind !== undefined && equals + 1 < end) places.push({ start: equals + 1, end, kind });
    }
    at = end + 1;
  }
  return places;
}

/** Where the query of a URL stands: behind the question mark, before a fragment. */
export function queryRange(url: string): { readonly start: number; readonly end: number } {
  const mark = url.indexOf('?');
  if (mark === -1) return { start: url.length, end: url.length };
  const hash = url.indexOf('#', mark);
  return { start: mark + 1, end: hash === -1 ? url.length : hash };
}

function segmentsOf(url: string): Segment[] {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
  const rest = url.slice(origin).search(/[?#]/);
  const end = rest === -1 ? url.length : origin + rest;
  const segments: Segment[] = [];
  let at = origin;
  for (const text of url.slice(origin, end).split('/')) {
    if (text !== '') segments.push({ start: at, end: at + text.length, text });
    at += text.length + 1;
  }
  return segments;
}

function range({ start, end }: Segment): { start: number; end: number } {
  return { start, end };
}
