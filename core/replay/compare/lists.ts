import { isJsonObject } from '../../ocpi/json-value.ts';
import { LIKE_TIME } from './times.ts';

/** Fields by which the elements of a list are told apart, those that say most first. */
const KEYS: readonly (readonly string[])[] = [
  ['uid'],
  ['id'],
  ['session_id'],
  ['terminal_id'],
  ['identifier', 'role'],
  ['identifier'],
  ['version'],
  ['country_code', 'party_id', 'role'],
  ['language'],
  ['type'],
];

/** Elements of two lists side by side, by their places. */
export interface Laid {
  readonly pairs: readonly { readonly expected: number; readonly met: number }[];
  /** Places in the expected list. */
  readonly missing: readonly number[];
  /** Places in the list met. */
  readonly added: readonly number[];
  /** Places in the list met of elements that stood there before under the same name. */
  readonly again: readonly number[];
  /** How elements are told apart, for people; undefined: by their place. */
  readonly by: string | undefined;
}

/**
 * Lays two lists side by side: by the ids of their elements where each expected one has its own, else by place. `free` tells
 * that nobody knows yet what an expected element is called; those take what is left over, in order. The order of elements
 * that have names says nothing.
 */
export function layLists(
  expected: readonly unknown[],
  met: readonly unknown[],
  free: (at: number) => boolean = () => false,
): Laid {
  const key = KEYS.find(fields => isKey(expected, fields)) ?? KEYS.find(fields => isKey(met, fields));
  if (key === undefined || !(isKey(expected, key) || expected.length === 0)) return byPlace(expected, met);
  const places = new Map<string, number>();
  const nameless: number[] = [];
  expected.forEach((element, at) => {
    if (free(at)) nameless.push(at);
    else places.set(nameOf(element, key) ?? '', at);
  });
  const seen = new Set<string>();
  const pairs: { expected: number; met: number }[] = [];
  const left: number[] = [];
  const again: number[] = [];
  met.forEach((element, at) => {
    const name = nameOf(element, key);
    const place = name === undefined ? undefined : places.get(name);
    if (name !== undefined && seen.has(name)) again.push(at);
    else if (place === undefined) left.push(at);
    else pairs.push({ expected: place, met: at });
    if (name !== undefined) seen.add(name);
  });
  for (const at of nameless) {
    const other = left.shift();
    if (other !== undefined) pairs.push({ expected: at, met: other });
  }
  const paired = new Set(pairs.map(pair => pair.expected));
  const missing = expected.flatMap((_, at) => (paired.has(at) ? [] : [at]));
  return { pairs, missing, added: left, again, by: key.join(', ') };
}

function byPlace(expected: readonly unknown[], met: readonly unknown[]): Laid {
  const shared = Math.min(expected.length, met.length);
  const from = (list: readonly unknown[]) => Array.from({ length: list.length - shared }, (_, at) => shared + at);
  const pairs = Array.from({ length: shared }, (_, at) => ({ expected: at, met: at }));
  return { pairs, missing: from(expected), added: from(met), again: [], by: undefined };
}

/** Every element has its own name by these fields. */
function isKey(list: readonly unknown[], fields: readonly string[]): boolean {
  const names = list.map(element => nameOf(element, fields));
  return list.length > 0 && !names.includes(undefined) && new Set(names).size === names.length;
}

function nameOf(element: unknown, fields: readonly string[]): string | undefined {
  if (!isJsonObject(element)) return undefined;
  const parts: string[] = [];
  for (const field of fields) {
    const part = element[field];
    // A moment is another one each time, and names nothing.
    if ((typeof part !== 'string' && typeof part !== 'number') || LIKE_TIME.test(String(part))) return undefined;
    parts.push(String(part).toLowerCase());
  }
  return parts.join(' ');
}
