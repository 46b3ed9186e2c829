import { COMPANY, EVSE, FIELD_NAMES, type FieldName, IMPERSONAL, PERSON, PLACE, TEXT, TOKEN } from './field-names.ts';
import type { ValueKind } from './kinds.ts';

/** What is told of a JSON text. Offsets are those of what stands between the quotes, escapes as they are written. */
export interface JsonPlaces {
  value(start: number, end: number, kind: ValueKind): void;
  /** A text that holds JSON itself, quoted once more. */
  nested(start: number, end: number): void;
  /** A text that may be Base64 of one that names somebody. */
  packed(start: number, end: number): void;
  /** The uid of an EVSE, which is nobody's. */
  impersonal(start: number): void;
}

interface Frame {
  /** What it is inside of; of one that is not in use, the next that is not. */
  outer: Frame | undefined;
  list: boolean;
  /** Bits: what it is part of. */
  part: number;
  /** Bits: what its members show. */
  shows: number;
  /** Of texts in it that have none of their own. */
  kind: ValueKind | undefined;
  /** The member a list is the value of. */
  field: FieldName | undefined;
  uids: number[] | undefined;
  names: number[] | undefined;
}

/** Frames that are over, for the next text: one is needed for every object and list of every body. Texts are seldom deeper. */
let unused: Frame | undefined;
let unusedCount = 0;
const MOST_UNUSED = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const SMALL_E = 0x65;
const WORD = /^(?:true|false|null)$/;
const IMPERSONAL_FIELD: FieldName = {};

interface Named {
  /** In lower case. */
  readonly name: string;
  readonly field: FieldName;
}

/** Names that count by their length and three of their letters: most members have no name among them. */
const NAMES: (readonly Named[] | undefined)[] = new Array(8192).fill(undefined);
for (const [name, field] of [...[...IMPERSONAL].map(name => [name, IMPERSONAL_FIELD] as const), ...FIELD_NAMES]) {
  const at = sieved(name, 0, name.length);
  NAMES[at] = [{ name, field }, ...(NAMES[at] ?? [])];
}

/**
 * Walks over a JSON text once and tells the places at which typed values stand, in an order in which those that need the whole
 * object to be known come late. `root`: bits of what the outermost object is part of. True for a text that is JSON as far as
 * its frame goes; in one that breaks off or breaks the grammar some places may be missed. Faster than `scanJson`, since
 * nothing is read but the names that count.
 */
export function jsonPlaces(text: string, root: number, places: JsonPlaces): boolean {
  let top: Frame | undefined;
  let due: FieldName | undefined;
  let nameNext = false;
  let valueNext = true;
  let sound = true;
  let ended = false;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const length = text.length;

  const settle = (field: FieldName | undefined, start: number, end: number) => {
    if (field?.late === 'uid' && top) {
      top.uids ??= [];
      top.uids.push(start, end);
      return;
    }
    if (field?.late === 'name' && top) {
      top.names ??= [];
      top.names.push(start, end);
      return;
    }
    const part = top?.part ?? root;
    const own = field?.late === 'text' && part & TEXT ? 'directions' : field?.kind;
    const kind = own !== undefined && field?.ofCompany !== undefined && part & COMPANY ? field.ofCompany : own;
    const inherited = field === IMPERSONAL_FIELD ? undefined : top?.kind;
    if (kind ?? inherited) places.value(start, end, (kind ?? inherited) as ValueKind);
  };
  const close = (frame: Frame) => {
    const { part, shows, uids, names } = frame;
    if (uids !== undefined) {
      if (shows & TOKEN || part & TOKEN || !((part | shows) & EVSE)) each(uids, 'token uid');
      else for (let index = 0; index < uids.length; index += 2) places.impersonal(uids[index] ?? 0);
    }
    if (names === undefined) return;
    if (part & COMPANY) each(names, 'company');
    else if (part & PERSON) each(names, 'name');
    else if (shows & PLACE) each(names, 'place name');
  };
  /** Of the innermost one, which is over. */
  const leave = (frame: Frame) => {
    close(frame);
    top = frame.outer;
    if (unusedCount === MOST_UNUSED) return;
    frame.outer = unused;
    unused = frame;
    unusedCount++;
  };
  const each = (pairs: readonly number[], kind: ValueKind) => {
    for (let index = 0; index < pairs.length; index += 2) places.value(pairs[index] ?? 0, pairs[index + 1] ?? 0, kind);
  };
  const open = (list: boolean) => {
    const before = top?.part ?? root;
    const bits = due?.inside ?? 0;
    const part = bits & (TOKEN | EVSE) ? (before & ~(TOKEN | EVSE)) | bits : before | bits;
    const kind = due?.kind ?? (bits & PERSON ? 'personal field' : top?.kind);
    const field = list ? due : undefined;
    const frame = unused ?? { outer: undefined, list, part, shows: 0, kind, field, uids: undefined, names: undefined };
    if (frame === unused) {
      unused = frame.outer;
      unusedCount--;
    }
    frame.outer = top;
    frame.list = list;
    frame.part = part;
    frame.shows = 0;
    frame.kind = kind;
    frame.field = field;
    frame.uids = undefined;
    frame.names = undefined;
    top = frame;
    due = field;
    nameNext = !list;
    valueNext = list;
  };

  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const start = at + 1;
      let end = start;
      let escaped = false;
      let inner = text.charCodeAt(end);
      while (inner !== QUOTE && end < length) {
        if (inner === BACKSLASH) {
          escaped = true;
          end++;
        }
        inner = text.charCodeAt(++end);
      }
      if (end >= length) {
        // The text breaks off in here: a beginning of a value is told too.
        if (valueNext && !nameNext) settle(due, start, length);
        sound = false;
        break;
      }
      at = end + 1;
      if (nameNext) {
        let colon = at;
        while (text.charCodeAt(colon) <= 0x20) colon++;
        if (text.charCodeAt(colon) === COLON) {
          due = fieldNamed(text, start, end, escaped);
          if (due?.shows !== undefined && top) top.shows |= due.shows;
          nameNext = false;
          valueNext = true;
          at = colon + 1;
          continue;
        }
        sound = false;
        nameNext = false;
        continue;
      }
      if (!valueNext) {
        // Perhaps the comma before a name is missing.
        sound = false;
        if (top && !top.list) {
          nameNext = true;
          at = start - 1;
        }
        continue;
      }
      settle(due, start, end);
      if (escaped && isOpening(text.charCodeAt(start))) places.nested(start, end);
      if (due?.packed) places.packed(start, end);
      valueNext = false;
    } else if (code === 0x7b || code === 0x5b) {
      if (!valueNext) sound = false;
      open(code === 0x5b);
      at++;
    } else if (code === 0x7d || code === 0x5d) {
      if (top) leave(top);
      else sound = false;
      valueNext = false;
      nameNext = false;
      at++;
      if (top === undefined) ended = true;
    } else if (code === COMMA) {
      due = top?.list ? top.field : undefined;
      nameNext = top !== undefined && !top.list;
      valueNext = top?.list === true;
      at++;
    } else if (code <= 0x20) at++;
    else if (code === COLON) {
      sound = false;
      at++;
    } else {
      let end = at + 1;
      while (end < length && !endsBare(text.charCodeAt(end))) end++;
      const numeric = code === MINUS || (code >= 0x30 && code <= 0x39);
      if (!valueNext || !(numeric ? isNumber(text, at, end) : WORD.test(text.slice(at, end)))) sound = false;
      else if (numeric) settle(due, at, end);
      valueNext = false;
      at = end;
    }
    if (ended && at < length) {
      // Another text may follow.
      while (at < length && text.charCodeAt(at) <= 0x20) at++;
      if (at < length) sound = false;
      ended = false;
      due = undefined;
      valueNext = true;
    }
  }
  if (top) sound = false;
  while (top) leave(top);
  return sound;
}

function endsBare(code: number): boolean {
  return (
    code === COMMA ||
    code === 0x7d ||
    code === 0x5d ||
    code <= 0x20 ||
    code === QUOTE ||
    code === COLON ||
    code === 0x7b ||
    code === 0x5b
  );
}

/** A number as JSON writes it, but for zeros before it. */
function isNumber(text: string, start: number, end: number): boolean {
  let at = start;
  if (text.charCodeAt(at) === MINUS) at++;
  const whole = behindDigits(text, at, end);
  if (whole === at) return false;
  at = whole;
  if (at < end && text.charCodeAt(at) === POINT) {
    const fraction = behindDigits(text, at + 1, end);
    if (fraction === at + 1) return false;
    at = fraction;
  }
  if (at < end && (text.charCodeAt(at) | 32) === SMALL_E) {
    at++;
    const sign = text.charCodeAt(at);
    if (sign === PLUS || sign === MINUS) at++;
    const exponent = behindDigits(text, at, end);
    if (exponent === at) return false;
    at = exponent;
  }
  return at === end;
}

function behindDigits(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
  return at;
}

/** What the name of a member says, in any case; undefined for most. Offsets without the quotes. */
function fieldNamed(text: string, start: number, end: number, escaped: boolean): FieldName | undefined {
  if (escaped) {
    const name = unescaped(text.slice(start, end)).toLowerCase();
    return FIELD_NAMES.get(name) ?? (IMPERSONAL.has(name) ? IMPERSONAL_FIELD : undefined);
  }
  const names = NAMES[sieved(text, start, end)];
  if (names === undefined) return undefined;
  for (let at = 0; at < names.length; at++) {
    const named = names[at];
    if (named !== undefined && isNamed(text, start, end, named.name)) return named.field;
  }
  return undefined;
}

/** The same for a name in any case. */
function sieved(text: string, start: number, end: number): number {
  const length = end - start;
  const first = text.charCodeAt(start) | 32;
  const middle = text.charCodeAt(start + (length >> 1)) | 32;
  return (length * 67 + first * 11 + middle * 523 + (text.charCodeAt(end - 1) | 32)) & 8191;
}

function isNamed(text: string, start: number, end: number, name: string): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at++) {
    const code = text.charCodeAt(start + at);
    // Names hold letters, digits and low lines; of letters only the case may differ.
    if (code !== name.charCodeAt(at) && !(code >= 0x41 && code <= 0x5a && (code | 32) === name.charCodeAt(at)))
      return false;
  }
  return true;
}

function unescaped(written: string): string {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written;
  }
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}
