import {
  createFinderIndex,
  type FinderIndex,
  isLike,
  NARROW,
  type Needle,
  plainReach,
  WIDE,
  type WindowShape,
} from './finder-index.ts';
import { folded } from './pseudonym.ts';

/** Where a known value stands in a text. */
export interface Hit<V> {
  readonly start: number;
  readonly end: number;
  readonly value: V;
}

/** Finds many values in a text in the time of reading it once, in any case. */
export interface Finder<V> {
  /** `key`: folded, at least `SHORTEST_SOUGHT` long. */
  add(key: string, value: V): void;
  /** `json`: the text is JSON as it was sent, so that a number in it can be told from digits in a text. */
  find(text: string, json: boolean): Hit<V>[];
  /** A value of which only the beginning stands before this place, where the text was cut; the longest. */
  begun(text: string, end: number): Hit<V> | undefined;
}

/**
 * Values that are shorter stay where they stand in free texts: every second number would go. At their typed places they are
 * replaced all the same.
 */
export const SHORTEST_SOUGHT = NARROW;
/** From here on a value with letters and digits is found inside of words too. */
const SHORTEST_INSIDE = 8;
const LONGEST_BEGINNING = 200;
/** Long values are looked for at every fourth place only, or at fewer. */
const STRIDE = 4;
const MOST_STRIDE = 8;
const LONG = NARROW + STRIDE - 1;
const LONGER = WIDE + STRIDE - 1;
const NOTHING: readonly never[] = [];

export function createFinder<V>(): Finder<V> {
  const known = new Map<string, V>();
  /** Those of many characters, of few, and of those that are told by their kinds only. */
  let long: FinderIndex<V> | undefined;
  let short: FinderIndex<V> | undefined;
  let odd: FinderIndex<V> | undefined;
  /** Not entered yet: how far the windows may stand apart is told by the shortest. */
  let waiting: Needle<V>[] = [];
  let sorted: string[] | undefined;

  const enterWaiting = () => {
    const entering = waiting.map(needle => ({ needle, reach: plainReach(needle.key) }));
    waiting = [];
    const longs = entering.filter(({ reach }) => reach >= LONG);
    if (longs.length > 0) {
      const shape = shapeFor(longs.reduce((least, { reach }) => Math.min(least, reach), Number.POSITIVE_INFINITY));
      if (long === undefined || long.shape.width > shape.width || long.shape.stride > shape.stride) {
        const before: readonly Needle<V>[] = long?.needles ?? [];
        long = createFinderIndex(shape);
        for (const needle of before) long.enter(needle);
      }
      for (const { needle } of longs) long.enter(needle);
    }
    for (const { needle, reach } of entering) {
      if (reach >= LONG) continue;
      if (reach >= NARROW) {
        short ??= createFinderIndex({ width: NARROW, stride: 1, bytes: true });
        short.enter(needle);
      } else {
        odd ??= createFinderIndex({ width: NARROW, stride: 1, bytes: false });
        odd.enter(needle);
      }
    }
  };

  return {
    add(key, value) {
      if (known.has(key)) return;
      known.set(key, value);
      sorted = undefined;
      const letters = /[a-z]|[^\0-\x7f]/.test(key);
      const digits = !letters && /^\d/.test(key);
      const bounded = key.length < SHORTEST_INSIDE || !letters || !/\d/.test(key);
      waiting.push({ key, value, bounded, digits });
    },
    find(text, json) {
      if (known.size === 0 || text.length < SHORTEST_SOUGHT) return NOTHING as unknown as Hit<V>[];
      if (waiting.length > 0) enterWaiting();
      const found: Hit<V>[] = [];
      const candidate = ({ key, value, bounded, digits }: Needle<V>, start: number) => {
        const end = start + key.length;
        if (end > text.length || !isLike(text, start, key) || folded(text.slice(start, end)) !== key) return;
        if (bounded && !isWhole(text, start, end)) return;
        if (digits && (isPartOfNumber(text, start, end) || (json && isBare(text, start, end)))) return;
        found.push({ start, end, value });
      };
      long?.scan(text, candidate);
      short?.scan(text, candidate);
      odd?.scan(text, candidate);
      return found;
    },
    begun(text, end) {
      if (known.size === 0) return undefined;
      sorted ??= [...known.keys()].sort();
      for (let start = Math.max(0, end - LONGEST_BEGINNING); start <= end - SHORTEST_SOUGHT; start++) {
        if (start > 0 && isWordCode(text.charCodeAt(start - 1))) continue;
        const beginning = folded(text.slice(start, end));
        const key = sorted[firstFrom(sorted, beginning)];
        if (key === undefined || key === beginning || !key.startsWith(beginning)) continue;
        const value = known.get(key);
        if (value !== undefined) return { start, end, value };
      }
      return undefined;
    },
  };
}

/** Windows for needles of which this many characters at least can be told by their bytes. */
function shapeFor(shortest: number): WindowShape {
  if (shortest < LONGER) return { width: NARROW, stride: STRIDE, bytes: true };
  return { width: WIDE, stride: Math.min(MOST_STRIDE, shortest - WIDE + 1), bytes: true };
}

/** Letters and digits; letters beyond ASCII, but no punctuation (U+2000 to U+206F). */
function isWordCode(code: number): boolean {
  if (code < 0x80) {
    return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  }
  return code > 0xbf && (code < 0x2000 || code > 0x206f);
}

/** False where the range goes on as a word before or behind it. */
function isWhole(text: string, start: number, end: number): boolean {
  if (start > 0 && isWordCode(text.charCodeAt(start)) && isWordCode(text.charCodeAt(start - 1))) return false;
  return end >= text.length || !isWordCode(text.charCodeAt(end)) || !isWordCode(text.charCodeAt(end - 1));
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const POINT = 0x2e;

/** One side of a decimal point. */
function isPartOfNumber(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start - 1) === POINT && isDigit(text.charCodeAt(start - 2))) return true;
  return text.charCodeAt(end) === POINT && isDigit(text.charCodeAt(end + 1));
}

/** A number of JSON: it stands between a colon, comma or bracket and the next of them. */
function isBare(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (before >= 0 && (text.charCodeAt(before) <= 0x20 || text[before] === '-')) before--;
  let behind = end;
  while (behind < text.length && text.charCodeAt(behind) <= 0x20) behind++;
  return ':,['.includes(text[before] ?? ':') && ',]}'.includes(text[behind] ?? '}');
}

function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
