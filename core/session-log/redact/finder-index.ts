/** Something that is looked for by windows of a few characters. */
export interface Needle<V> {
  /** Folded. */
  readonly key: string;
  readonly value: V;
  readonly bounded: boolean;
  readonly digits: boolean;
}

/** Told of a needle that may stand there. */
export type Candidate<V> = (needle: Needle<V>, start: number) => void;

/** Needles by the windows they are found by. */
export interface FinderIndex<V> {
  readonly shape: WindowShape;
  readonly needles: readonly Needle<V>[];
  enter(needle: Needle<V>): void;
  /** Tells every needle of which a window stands in the text, where its other characters are not looked at. */
  scan(text: string, candidate: Candidate<V>): void;
}

export interface WindowShape {
  /** Characters of a window: `NARROW` or `WIDE`. */
  readonly width: number;
  /** Of so many windows in a row of a text one is looked up, so that a needle is entered under as many. */
  readonly stride: number;
  /** Told by the low bytes of the characters, which is fast; else by their kinds, whatever characters they are. */
  readonly bytes: boolean;
}

/** Characters of the windows by which short needles are found. */
export const NARROW = 5;
/** A window of so many characters hardly ever stands where the needle does not. */
export const WIDE = 8;

const SIEVE_BITS = 20;
const SPREAD = 0x9e3779b1;
const WIDE_SPREAD = 0x85ebca6b;
/** Upper and lower case of ASCII and Latin-1 letters differ by this bit. */
const CASES = 0x20202020;
const CASE = 0x20;
/** Characters of a text that are looked at as bytes at once. */
const PIECE = 64 * 1024;
/** Of the characters whose low byte tells them from all others, but for their case, the first that is none (U+00FF is `ÿ`, and `Ÿ` is U+0178). */
const FIRST_BEYOND = 0xff;
/** Numbers of one entry: plain arrays of objects would take more memory than all texts together. */
const ENTRY = 4;
/** A crowd that is larger than this is one to stay away from, however large it is. */
const LARGE_CROWD = 256;

/** Six bits for each character, in any case; for every UTF-16 unit, since asking is dearer. */
const KINDS = new Uint8Array(0x10000).fill(63);
for (let code = 0; code < 128; code++) {
  const letter = code | CASE;
  if (code >= 0x30 && code <= 0x39) KINDS[code] = 27 + code - 0x30;
  else if (letter >= 0x61 && letter <= 0x7a && code >= 0x41) KINDS[code] = letter - 0x60;
  else KINDS[code] = 37 + (code % 26);
}

/** Of the piece that is being looked at: whoever hears of a candidate looks for nothing before it has returned. */
const bytes = Buffer.alloc(PIECE);
const words = new DataView(bytes.buffer, bytes.byteOffset, PIECE);

/** The longest part of a key that can be told by low bytes. */
export function plainReach(key: string): number {
  let longest = 0;
  let reach = 0;
  for (let at = 0; at < key.length; at++) {
    reach = isPlain(key, at) ? reach + 1 : 0;
    if (reach > longest) longest = reach;
  }
  return longest;
}

/** False for most of what is not the key, without cutting it out of the text. */
export function isLike(text: string, start: number, key: string): boolean {
  for (let at = 0; at < key.length; at++) if (kindAt(text, start + at) !== kindAt(key, at)) return false;
  return true;
}

export function createFinderIndex<V>(shape: WindowShape): FinderIndex<V> {
  const { width, stride } = shape;
  const needles: Needle<V>[] = [];
  /** Two bits for each window that counts, so that hardly any other is looked up. */
  const sieve = new Uint32Array(1 << (SIEVE_BITS - 5));
  /** By the bit of a window its entry that was made last, plus one. */
  const heads = new Uint32Array(1 << SIEVE_BITS);
  /** Of each entry the window, the needle, the window's offset in it, and the entry before with the same bit, plus one. */
  let entries = new Uint32Array(1024 * ENTRY);
  let count = 0;

  /** How many needles are found by a window. */
  const crowdOf = (window: number): number => {
    let crowd = 0;
    let next = heads[bitOf(window)] ?? 0;
    while (next > 0 && crowd < LARGE_CROWD) {
      const at = (next - 1) * ENTRY;
      if (entries[at] === window >>> 0) crowd++;
      next = entries[at + 3] ?? 0;
    }
    return crowd;
  };
  const add = (window: number, needle: number, offset: number) => {
    const bit = bitOf(window);
    const at = count++ * ENTRY;
    if (at === entries.length) {
      const larger = new Uint32Array(2 * at);
      larger.set(entries);
      entries = larger;
    }
    entries.set([window, needle, offset, heads[bit] ?? 0], at);
    heads[bit] = count;
    for (const one of [bit, otherBitOf(window)]) sieve[one >>> 5] = (sieve[one >>> 5] ?? 0) | (1 << (one & 31));
  };
  const mayCount = (window: number): boolean => {
    const bit = bitOf(window);
    if (((sieve[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
    const other = otherBitOf(window);
    return ((sieve[other >>> 5] as number) & (1 << (other & 31))) !== 0;
  };
  /** The needles that have this window, which begins at this place of a text. */
  const tell = (window: number, place: number, candidate: Candidate<V>) => {
    for (let next = heads[bitOf(window)] ?? 0; next > 0; ) {
      const at = (next - 1) * ENTRY;
      next = entries[at + 3] ?? 0;
      if (entries[at] !== window >>> 0) continue;
      const needle = needles[entries[at + 1] ?? 0];
      const start = place - (entries[at + 2] ?? 0);
      if (needle !== undefined && start >= 0) candidate(needle, start);
    }
  };

  const scanBytes = (text: string, candidate: Candidate<V>) => {
    for (let from = 0; from + width <= text.length; ) {
      const piece = from === 0 && text.length <= PIECE ? text : text.slice(from, from + PIECE);
      const last = bytes.write(piece, 'latin1') - width;
      let at = 0;
      for (; at <= last; at += stride) {
        const window = width === WIDE ? wideWindow(at) : narrowWindow(at);
        if (mayCount(window)) tell(window, from + at, candidate);
      }
      from += at;
    }
  };
  const scanKinds = (text: string, candidate: Candidate<V>) => {
    for (let at = 0; at + NARROW <= text.length; at += stride) {
      const window = kindWindow(text, at);
      if (mayCount(window)) tell(window, at, candidate);
    }
  };

  /** The windows of a key, in their order; undefined for those that cannot be told. */
  const windowsOf = (key: string): (number | undefined)[] => {
    const windows: (number | undefined)[] = [];
    let reach = 0;
    for (let end = 1; end <= key.length; end++) {
      reach = !shape.bytes || isPlain(key, end - 1) ? reach + 1 : 0;
      const start = end - width;
      if (start >= 0)
        windows.push(reach < width ? undefined : shape.bytes ? byteWindow(key, start) : kindWindow(key, start));
    }
    return windows;
  };
  const byteWindow = (key: string, start: number): number => {
    bytes.write(key.slice(start, start + width), 'latin1');
    return width === WIDE ? wideWindow(0) : narrowWindow(0);
  };

  return {
    shape,
    needles,
    /** Under as many windows in a row as the stride has places: those that fewest others are found by. */
    enter(needle) {
      const windows = windowsOf(needle.key);
      const crowds = windows.map(window => (window === undefined ? Number.POSITIVE_INFINITY : crowdOf(window)));
      let first = 0;
      let fewest = Number.POSITIVE_INFINITY;
      for (let from = 0; from + stride <= windows.length; from++) {
        const others = crowds.slice(from, from + stride).reduce((sum, crowd) => sum + crowd, 0);
        if (others >= fewest) continue;
        fewest = others;
        first = from;
      }
      const number = needles.push(needle) - 1;
      for (const [nth, window] of windows.slice(first, first + stride).entries()) {
        if (window !== undefined) add(window, number, first + nth);
      }
    },
    scan: shape.bytes ? scanBytes : scanKinds,
  };
}

function narrowWindow(at: number): number {
  return Math.imul(words.getInt32(at, true) | CASES, WIDE_SPREAD) ^ ((bytes[at + 4] as number) | CASE);
}

/** Eight characters do not fit into a number of 32 bits: now and then two that differ are one. */
function wideWindow(at: number): number {
  return Math.imul(words.getInt32(at, true) | CASES, WIDE_SPREAD) ^ (words.getInt32(at + 4, true) | CASES);
}

function kindWindow(text: string, at: number): number {
  let window = kindAt(text, at);
  for (let next = at + 1; next < at + NARROW; next++) window = (window << 6) | kindAt(text, next);
  return window;
}

function kindAt(text: string, at: number): number {
  return KINDS[text.charCodeAt(at)] as number;
}

function isPlain(key: string, at: number): boolean {
  return key.charCodeAt(at) < FIRST_BEYOND;
}

function bitOf(window: number): number {
  return Math.imul(window, SPREAD) >>> (32 - SIEVE_BITS);
}

function otherBitOf(window: number): number {
  return Math.imul(window ^ (window >>> 15), WIDE_SPREAD) >>> (32 - SIEVE_BITS);
}
