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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const MINUS = 0x2d;
/** Of numbers that are more than digits. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORD = /^(?:true|false|null)$/;
const IMPERSONAL_FIELD: FieldName = {};

/** Names that count by their length and two of their letters: most members have no name among them. */
const NAMES: (readonly (readonly [name: string, field: FieldName])[] | undefined)[] = new Array(4096).fill(undefined);
const sieved = (length: number, first: number, last: number) => (length * 67 + (first | 32) * 11 + (last | 32)) & 4095;
for (const [name, field] of [...[...IMPERSONAL].map(name => [name, IMPERSONAL_FIELD] as const), ...FIELD_NAMES]) {
  const at = sieved(name.length, name.charCodeAt(0), name.charCodeAt(name.length - 1));
  NAMES[at] = [[name, field], ...(NAMES[at] ?? [])];
}

/**
 * Walks over a JSON text once and tells the places at which typed values stand, in an order in which those that need the whole
 * object to be known come late. `root`: bits of what the outermost object is part of. True for a text that is JSON as far as
 * its frame goes; in one that breaks off or breaks the grammar some places may be missed. Faster than `scanJson`, since
 * nothing is read but the names that count.
 */
export function jsonPlaces(text: string, root: number, places: JsonPlaces): boolean {
  const frames: Frame[] = [];
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
  const each = (pairs: readonly number[], kind: ValueKind) => {
    for (let index = 0; index < pairs.length; index += 2) places.value(pairs[index] ?? 0, pairs[index + 1] ?? 0, kind);
  };
  const open = (list: boolean) => {
    const before = top?.part ?? root;
    const bits = due?.inside ?? 0;
    const part = bits & (TOKEN | EVSE) ? (before & ~(TOKEN | EVSE)) | bits : before | bits;
    const kind = due?.kind ?? (bits & PERSON ? 'personal field' : top?.kind);
    const field = list ? due : undefined;
    top = { list, part, shows: 0, kind, field, uids: undefined, names: undefined };
    frames.push(top);
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
      const frame = frames.pop();
      if (frame) close(frame);
      else sound = false;
      top = frames.at(-1);
      valueNext = false;
      nameNext = false;
      at++;
      if (frames.length === 0) ended = true;
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
  if (frames.length > 0) sound = false;
  for (const frame of frames.reverse()) close(frame);
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

function isNumber(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
  return at === end || NUMBER.test(text.slice(start, end));
}

/** What the name of a member says; undefined for most. Offsets without the quotes. */
function fieldNamed(text: string, start: number, end: number, escaped: boolean): FieldName | undefined {
  if (escaped) return named(unescaped(text.slice(start, end)));
  const names = NAMES[sieved(end - start, text.charCodeAt(start), text.charCodeAt(end - 1))];
  if (names === undefined) return undefined;
  for (const [name, field] of names) if (name.length === end - start && text.startsWith(name, start)) return field;
  return named(text.slice(start, end));
}

/** In any case. */
function named(written: string): FieldName | undefined {
  const name = written.toLowerCase();
  return FIELD_NAMES.get(name) ?? (IMPERSONAL.has(name) ? IMPERSONAL_FIELD : undefined);
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
