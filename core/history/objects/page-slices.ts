/**
 * Where the parts of a page stand in its bytes, found in one pass without parsing: the envelope's `data`, the items in it,
 * and in each item the members that make its key. So an item that is stored already is never parsed at all.
 *
 * For JSON the places are those JSON.parse would find (of members named twice the last counts). For anything else they
 * may be wrong, but never silently: the text is JSON exactly if the envelope with `null` in place of `data` is, and every
 * item by itself is, which whoever uses the slices finds out by parsing them.
 */
export interface PageSlices {
  /** Of the value of `data`; both -1 where there is none. */
  readonly dataStart: number;
  readonly dataEnd: number;
  /** Present where `data` is a list or an object, which counts as a list of one. */
  readonly items?: ItemSlices;
  readonly isList: boolean;
}

/** Offsets, flat: for each item its start and end, then start and end of each wanted member, -1 where it is absent. */
export interface ItemSlices {
  readonly count: number;
  readonly stride: number;
  readonly offsets: ArrayLike<number>;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Names of members to be found, as bytes; the place in the list is the member's slot. */
export type WantedMembers = readonly Uint8Array[];

export function wantedMembers(names: readonly string[]): WantedMembers {
  return names.map(name => new TextEncoder().encode(name));
}

const DATA = wantedMembers(['data']);

/** Undefined where there is no object around, or a list that is no JSON. A byte order mark is passed over. */
export function slicePage(bytes: Uint8Array, wanted: WantedMembers): PageSlices | undefined {
  const begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const start = blankEnd(bytes, begin);
  if (bytes[start] !== OPEN_OBJECT) return undefined;
  const found: number[] = [-1, -1];
  // The list is walked once: its elements are found on the way to its end.
  let list: ListSlices | undefined;
  const end = (at: number): number => {
    list = bytes[at] === OPEN_LIST ? listSlices(bytes, at, wanted) : undefined;
    return list ? list.end : valueEnd(bytes, at);
  };
  memberSlices(bytes, { start, wanted: DATA, into: found, at: 0, end });
  const [dataStart = -1, dataEnd = -1] = found;
  const first = bytes[dataStart];
  if (first === OPEN_LIST) return list && { dataStart, dataEnd, items: list, isList: true };
  if (first !== OPEN_OBJECT) return { dataStart, dataEnd, isList: false };
  const offsets = [dataStart, dataEnd, ...Array<number>(wanted.length * 2).fill(-1)];
  memberSlices(bytes, { start: dataStart, wanted, into: offsets, at: 2 });
  return { dataStart, dataEnd, items: { count: 1, stride: offsets.length, offsets }, isList: false };
}

interface ListSlices extends ItemSlices {
  /** After its closing bracket. */
  readonly end: number;
}

/** The elements of the list that begins at `start`; undefined where commas are not where they belong. */
function listSlices(bytes: Uint8Array, start: number, wanted: WantedMembers): ListSlices | undefined {
  const stride = 2 + wanted.length * 2;
  const offsets: number[] = [];
  let count = 0;
  let at = blankEnd(bytes, start + 1);
  if (bytes[at] === CLOSE_LIST) return { count, stride, offsets, end: at + 1 };
  for (;;) {
    const base = count * stride;
    for (let slot = 0; slot < stride; slot++) offsets.push(-1);
    const end =
      bytes[at] === OPEN_OBJECT
        ? memberSlices(bytes, { start: at, wanted, into: offsets, at: base + 2 })
        : valueEnd(bytes, at);
    if (end === at) return undefined;
    offsets[base] = at;
    offsets[base + 1] = end;
    count++;
    at = blankEnd(bytes, end);
    if (bytes[at] === CLOSE_LIST) return { count, stride, offsets, end: at + 1 };
    if (bytes[at] !== COMMA) return undefined;
    at = blankEnd(bytes, at + 1);
  }
}

interface MemberSearch {
  /** Of the object's brace. */
  readonly start: number;
  readonly wanted: WantedMembers;
  readonly into: number[];
  /** Where in `into` the first slot stands. */
  readonly at: number;
  /** How to find the end of a wanted member's value, where something is to be noted on the way. */
  readonly end?: (start: number) => number;
}

/** Finds members of one object; gives the place after its closing brace, or the end of the text. */
function memberSlices(bytes: Uint8Array, { start, wanted, into, at: slots, end: wantedEnd }: MemberSearch): number {
  let at = blankEnd(bytes, start + 1);
  if (bytes[at] === CLOSE_OBJECT) return at + 1;
  while (at < bytes.length) {
    const nameEnd = bytes[at] === QUOTE ? stringEnd(bytes, at) : at;
    const slot = nameEnd > at ? slotOf(bytes, at + 1, nameEnd - 1, wanted) : -1;
    at = blankEnd(bytes, nameEnd);
    if (bytes[at] === COLON) at = blankEnd(bytes, at + 1);
    const end = slot >= 0 && wantedEnd ? wantedEnd(at) : valueEnd(bytes, at);
    if (slot >= 0) {
      into[slots + slot * 2] = at;
      into[slots + slot * 2 + 1] = end;
    }
    at = blankEnd(bytes, end);
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    // Anything but a comma is no JSON; one step on keeps the walk going to its end.
    at = blankEnd(bytes, at + 1);
  }
  return bytes.length;
}

/** Which wanted member a name is, -1 for none. A name may be written with escapes. */
function slotOf(bytes: Uint8Array, start: number, end: number, wanted: WantedMembers): number {
  for (let slot = 0; slot < wanted.length; slot++) {
    const name = wanted[slot] as Uint8Array;
    if (name.length === end - start && sameBytes(bytes, start, name)) return slot;
  }
  for (let at = start; at < end; at++) {
    if (bytes[at] === BACKSLASH) return slotOfEscaped(bytes.subarray(start, end), wanted);
  }
  return -1;
}

function slotOfEscaped(inside: Uint8Array, wanted: WantedMembers): number {
  try {
    const name = new TextEncoder().encode(JSON.parse(`"${new TextDecoder().decode(inside)}"`) as string);
    return wanted.findIndex(one => one.length === name.length && sameBytes(name, 0, one));
  } catch {
    return -1;
  }
}

function sameBytes(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return false;
  return true;
}

/** The place after the value that begins at `start`. */
function valueEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === QUOTE) return stringEnd(bytes, start);
  const { length } = bytes;
  let at = start;
  if (first === OPEN_OBJECT || first === OPEN_LIST) {
    let depth = 0;
    while (at < length) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        // The same as stringEnd, without a call for each of a page's many strings.
        at++;
        while (at < length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        depth--;
        if (depth === 0) return at + 1;
      }
      at++;
    }
    return length;
  }
  while (at < length) {
    const byte = bytes[at] as number;
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || isBlank(byte)) return at;
    at++;
  }
  return length;
}

/** The place after the closing quote, or the end of the text. */
function stringEnd(bytes: Uint8Array, start: number): number {
  const { length } = bytes;
  let at = start + 1;
  while (at < length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at < length ? at + 1 : length;
}

function blankEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isBlank(bytes[at] as number)) at++;
  return at;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
