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
export const SHORTEST_SOUGHT = 5;
/** From here on a value with letters and digits is found inside of words too. */
const SHORTEST_INSIDE = 8;
const LONGEST_BEGINNING = 200;
/** Long values are looked for at every fourth place only: each has four windows, one of which is met. */
const STRIDE = 4;
const LONG = SHORTEST_SOUGHT + STRIDE - 1;
const SIEVE_BITS = 20;
const WINDOW = 0x3fffffff;
const NOTHING: readonly never[] = [];

/** Six bits for each character, five characters in a window of thirty. */
const CODE = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = code | 32;
  if (code >= 0x30 && code <= 0x39) CODE[code] = 27 + code - 0x30;
  else if (letter >= 0x61 && letter <= 0x7a && code >= 0x41) CODE[code] = letter - 0x60;
  else CODE[code] = 37 + (code % 26);
}
const BEYOND_ASCII = 63;
const SPREAD = 0x9e3779b1;

interface Needle<V> {
  readonly key: string;
  readonly value: V;
  readonly bounded: boolean;
  readonly digits: boolean;
}

/** Values by the windows they are found by. */
interface Index<V> {
  readonly needles: Map<number, { readonly needle: Needle<V>; readonly offset: number }[]>;
  /** A bit for each window that counts, so that hardly any other is looked up. */
  readonly sieve: Uint32Array;
}

export function createFinder<V>(): Finder<V> {
  const known = new Map<string, V>();
  let long: Index<V> | undefined;
  let short: Index<V> | undefined;
  let sorted: string[] | undefined;

  /** The value that has this window at its `offset`, whose last character stands at `last`. */
  const hits = (index: Index<V>, window: number, text: string, last: number, json: boolean, found: Hit<V>[]) => {
    for (const { needle, offset } of index.needles.get(window) ?? NOTHING) {
      const start = last - SHORTEST_SOUGHT + 1 - offset;
      const end = start + needle.key.length;
      if (start < 0 || end > text.length || folded(text.slice(start, end)) !== needle.key) continue;
      if (needle.bounded && !isWhole(text, start, end)) continue;
      if (needle.digits && (isPartOfNumber(text, start, end) || (json && isBare(text, start, end)))) continue;
      found.push({ start, end, value: needle.value });
    }
  };
  const findLong = (index: Index<V>, text: string, json: boolean, found: Hit<V>[]) => {
    const { sieve } = index;
    for (let at = SHORTEST_SOUGHT - 1; at < text.length; at += STRIDE) {
      let window = codeAt(text, at - 4);
      window = (window << 6) | codeAt(text, at - 3);
      window = (window << 6) | codeAt(text, at - 2);
      window = (window << 6) | codeAt(text, at - 1);
      window = (window << 6) | codeAt(text, at);
      const bit = Math.imul(window, SPREAD) >>> (32 - SIEVE_BITS);
      if ((sieve[bit >>> 5] as number) & (1 << (bit & 31))) hits(index, window, text, at, json, found);
    }
  };
  const findShort = (index: Index<V>, text: string, json: boolean, found: Hit<V>[]) => {
    const { sieve } = index;
    let window = 0;
    for (let at = 0; at < text.length; at++) {
      window = ((window << 6) | codeAt(text, at)) & WINDOW;
      const bit = Math.imul(window, SPREAD) >>> (32 - SIEVE_BITS);
      if ((sieve[bit >>> 5] as number) & (1 << (bit & 31))) hits(index, window, text, at, json, found);
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
      const needle = { key, value, bounded, digits };
      if (key.length >= LONG) {
        long ??= emptyIndex();
        enter(long, needle, STRIDE);
      } else {
        short ??= emptyIndex();
        enter(short, needle, 1);
      }
    },
    find(text, json) {
      if (known.size === 0 || text.length < SHORTEST_SOUGHT) return NOTHING as unknown as Hit<V>[];
      const found: Hit<V>[] = [];
      if (long) findLong(long, text, json, found);
      if (short) findShort(short, text, json, found);
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

function codeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (CODE[code] as number) : BEYOND_ASCII;
}

function emptyIndex<V>(): Index<V> {
  return { needles: new Map(), sieve: new Uint32Array(1 << (SIEVE_BITS - 5)) };
}

/** Enters a value under `count` windows in a row: those that fewest others are found by. */
function enter<V>({ needles, sieve }: Index<V>, needle: Needle<V>, count: number): void {
  const windows: number[] = [];
  let window = 0;
  for (let at = 0; at < needle.key.length; at++) {
    window = ((window << 6) | codeAt(needle.key, at)) & WINDOW;
    if (at >= SHORTEST_SOUGHT - 1) windows.push(window);
  }
  const crowds = windows.map(one => needles.get(one)?.length ?? 0);
  let first = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (let from = 0; from + count <= windows.length; from++) {
    const others = crowds.slice(from, from + count).reduce((sum, crowd) => sum + crowd, 0);
    if (others >= fewest) continue;
    fewest = others;
    first = from;
  }
  for (const [nth, one] of windows.slice(first, first + count).entries()) {
    const entered = { needle, offset: first + nth };
    const others = needles.get(one);
    if (others) others.push(entered);
    else needles.set(one, [entered]);
    const bit = Math.imul(one, SPREAD) >>> (32 - SIEVE_BITS);
    sieve[bit >>> 5] = (sieve[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
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
