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
/** Long values are looked for at every fourth or eighth place only: each has as many windows, one of which is met. */
const STRIDE = 4;
const LONG_STRIDE = 8;
const LONG = SHORTEST_SOUGHT + STRIDE - 1;
const LONGER = SHORTEST_SOUGHT + LONG_STRIDE - 1;
const SIEVE_BITS = 20;
const WINDOW = 0x3fffffff;
const NOTHING: readonly never[] = [];

/** Six bits for each character, five characters in a window of thirty; for every UTF-16 unit, since asking is dearer. */
const CODE = new Uint8Array(0x10000).fill(63);
for (let code = 0; code < 128; code++) {
  const letter = code | 32;
  if (code >= 0x30 && code <= 0x39) CODE[code] = 27 + code - 0x30;
  else if (letter >= 0x61 && letter <= 0x7a && code >= 0x41) CODE[code] = letter - 0x60;
  else CODE[code] = 37 + (code % 26);
}
const SPREAD = 0x9e3779b1;

interface Needle<V> {
  readonly key: string;
  readonly value: V;
  readonly bounded: boolean;
  readonly digits: boolean;
}

/** Values by the windows they are found by. */
interface Index<V> {
  /** Places between two windows of a text that are looked up. */
  readonly stride: number;
  readonly needles: Needle<V>[];
  /** A bit for each window that counts, so that hardly any other is looked up. */
  readonly sieve: Uint32Array;
  /** By the bit of a window its entry that was made last, plus one. */
  readonly heads: Uint32Array;
  /** Of each entry the window, the needle, the window's offset in it, and the entry before with the same bit, plus one. */
  entries: Uint32Array;
  count: number;
}

/** Numbers of one entry: plain arrays of objects would take more memory than all texts together. */
const WIDTH = 4;

export function createFinder<V>(): Finder<V> {
  const known = new Map<string, V>();
  let long: Index<V> | undefined;
  let short: Index<V> | undefined;
  /** Not entered yet: how far the windows may stand apart is told by the shortest. */
  let waiting: Needle<V>[] = [];
  let sorted: string[] | undefined;

  const enterWaiting = () => {
    const entering = waiting;
    waiting = [];
    const longs = entering.filter(({ key }) => key.length >= LONG);
    if (longs.length > 0) {
      const stride = longs.every(({ key }) => key.length >= LONGER) ? LONG_STRIDE : STRIDE;
      if (long === undefined || long.stride > stride) {
        const before = long?.needles ?? [];
        long = emptyIndex(stride);
        for (const needle of before) enter(long, needle);
      }
      for (const needle of longs) enter(long, needle);
    }
    for (const needle of entering) {
      if (needle.key.length >= LONG) continue;
      short ??= emptyIndex(1);
      enter(short, needle);
    }
  };

  /** The value that has this window at its `offset`, whose last character stands at `last`. */
  const hits = (index: Index<V>, window: number, text: string, last: number, json: boolean, found: Hit<V>[]) => {
    const { entries, needles } = index;
    for (let next = index.heads[bitOf(window)] ?? 0; next > 0; ) {
      const at = (next - 1) * WIDTH;
      next = entries[at + 3] ?? 0;
      if (entries[at] !== window) continue;
      const needle = needles[entries[at + 1] ?? 0];
      const start = last - SHORTEST_SOUGHT + 1 - (entries[at + 2] ?? 0);
      if (needle === undefined || start < 0) continue;
      const end = start + needle.key.length;
      if (end > text.length || !isLike(text, start, needle.key) || folded(text.slice(start, end)) !== needle.key)
        continue;
      if (needle.bounded && !isWhole(text, start, end)) continue;
      if (needle.digits && (isPartOfNumber(text, start, end) || (json && isBare(text, start, end)))) continue;
      found.push({ start, end, value: needle.value });
    }
  };
  const findLong = (index: Index<V>, text: string, json: boolean, found: Hit<V>[]) => {
    const { sieve, stride } = index;
    for (let at = SHORTEST_SOUGHT - 1; at < text.length; at += stride) {
      let window = codeAt(text, at - 4);
      window = (window << 6) | codeAt(text, at - 3);
      window = (window << 6) | codeAt(text, at - 2);
      window = (window << 6) | codeAt(text, at - 1);
      window = (window << 6) | codeAt(text, at);
      const bit = bitOf(window);
      if ((sieve[bit >>> 5] as number) & (1 << (bit & 31))) hits(index, window, text, at, json, found);
    }
  };
  const findShort = (index: Index<V>, text: string, json: boolean, found: Hit<V>[]) => {
    const { sieve } = index;
    let window = 0;
    for (let at = 0; at < text.length; at++) {
      window = ((window << 6) | codeAt(text, at)) & WINDOW;
      const bit = bitOf(window);
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
      waiting.push({ key, value, bounded, digits });
    },
    find(text, json) {
      if (known.size === 0 || text.length < SHORTEST_SOUGHT) return NOTHING as unknown as Hit<V>[];
      if (waiting.length > 0) enterWaiting();
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
  return CODE[text.charCodeAt(at)] as number;
}

/** False for most of what is not the key, without cutting it out of the text. */
function isLike(text: string, start: number, key: string): boolean {
  for (let at = 0; at < key.length; at++) if (codeAt(text, start + at) !== codeAt(key, at)) return false;
  return true;
}

function bitOf(window: number): number {
  return Math.imul(window, SPREAD) >>> (32 - SIEVE_BITS);
}

function emptyIndex<V>(stride: number): Index<V> {
  return {
    stride,
    needles: [],
    sieve: new Uint32Array(1 << (SIEVE_BITS - 5)),
    heads: new Uint32Array(1 << SIEVE_BITS),
    entries: new Uint32Array(1024 * WIDTH),
    count: 0,
  };
}

/** Enters a value under as many windows in a row as the stride has places: those that fewest others are found by. */
function enter<V>(index: Index<V>, needle: Needle<V>): void {
  const { stride, needles, sieve, heads } = index;
  const windows: number[] = [];
  let window = 0;
  for (let at = 0; at < needle.key.length; at++) {
    window = ((window << 6) | codeAt(needle.key, at)) & WINDOW;
    if (at >= SHORTEST_SOUGHT - 1) windows.push(window);
  }
  const crowds = windows.map(one => crowdOf(index, one));
  let first = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (let from = 0; from + stride <= windows.length; from++) {
    const others = crowds.slice(from, from + stride).reduce((sum, crowd) => sum + crowd, 0);
    if (others >= fewest) continue;
    fewest = others;
    first = from;
  }
  const number = needles.push(needle) - 1;
  for (const [nth, one] of windows.slice(first, first + stride).entries()) {
    const bit = bitOf(one);
    const at = index.count++ * WIDTH;
    if (at === index.entries.length) {
      const larger = new Uint32Array(2 * at);
      larger.set(index.entries);
      index.entries = larger;
    }
    index.entries.set([one, number, first + nth, heads[bit] ?? 0], at);
    heads[bit] = index.count;
    sieve[bit >>> 5] = (sieve[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
}

/** A crowd that is larger than this is one to stay away from, however large it is. */
const LARGE_CROWD = 256;

/** How many values are found by a window. */
function crowdOf<V>({ heads, entries }: Index<V>, window: number): number {
  let crowd = 0;
  let next = heads[bitOf(window)] ?? 0;
  while (next > 0 && crowd < LARGE_CROWD) {
    const at = (next - 1) * WIDTH;
    if (entries[at] === window) crowd++;
    next = entries[at + 3] ?? 0;
  }
  return crowd;
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
