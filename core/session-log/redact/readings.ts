import type { Edit } from './edits.ts';

/** A text with the escapes of one syntax undone; edits of it become edits of the text it was made from. */
export interface Reading {
  readonly text: string;
  /** Escapes stay where what they stand for stays; what is new is escaped as what it replaces was. */
  lift(edits: readonly Edit[]): Edit[];
}

interface Escape {
  readonly start: number;
  readonly end: number;
  /** What it stands for. */
  readonly meant: string;
}

interface Syntax {
  readonly sign: string;
  /** The escape that begins at this place, where one does. */
  at(text: string, start: number): Escape | undefined;
  /** `meant` escaped as `written` was. */
  like(written: string, meant: string): string;
}

const HEX4 = /[0-9a-fA-F]{4}/y;
const CONTROL: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const PLAIN = '/"\\\'';
const LOWER_HEX = /[a-f]/;

const hex = (value: number, digits: number, written: string): string => {
  const text = value.toString(16).padStart(digits, '0');
  return LOWER_HEX.test(written.slice(2)) ? text : text.toUpperCase();
};

const json: Syntax = {
  sign: '\\',
  at(text, start) {
    const letter = text.charAt(start + 1);
    if (letter === 'u') {
      HEX4.lastIndex = start + 2;
      if (!HEX4.test(text)) return undefined;
      const meant = String.fromCharCode(Number.parseInt(text.slice(start + 2, start + 6), 16));
      return { start, end: start + 6, meant };
    }
    const meant = CONTROL[letter] ?? (letter !== '' && PLAIN.includes(letter) ? letter : undefined);
    return meant === undefined ? undefined : { start, end: start + 2, meant };
  },
  like: (written, meant) => (written.length === 6 ? `\\u${hex(meant.charCodeAt(0), 4, written)}` : meant),
};

const percent: Syntax = {
  sign: '%',
  at(text, start) {
    const first = byteAt(text, start);
    if (first === undefined) return undefined;
    const bytes = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const end = start + 3 * bytes;
    try {
      return { start, end, meant: decodeURIComponent(text.slice(start, end)) };
    } catch {
      return undefined;
    }
  },
  like: (written, meant) => Array.from(Buffer.from(meant, 'utf8'), byte => `%${hex(byte, 2, ` ${written}`)}`).join(''),
};

const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/y;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_CODE_POINT = 0x10ffff;

const html: Syntax = {
  sign: '&',
  at(text, start) {
    REFERENCE.lastIndex = start;
    const match = REFERENCE.exec(text);
    if (!match) return undefined;
    const [whole, name, decimal, hexadecimal] = match;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const meant = name === undefined ? (code <= LAST_CODE_POINT ? String.fromCodePoint(code) : undefined) : NAMED[name];
    return meant === undefined ? undefined : { start, end: start + whole.length, meant };
  },
  like(written, meant) {
    const code = meant.codePointAt(0) ?? 0;
    if (/^&#[xX]/.test(written)) return `${written.slice(0, 3)}${hex(code, written.length - 4, written)};`;
    return written.startsWith('&#') ? `&#${String(code).padStart(written.length - 3, '0')};` : meant;
  },
};

/** Forms and queries write blanks so. */
const plus: Syntax = {
  sign: '+',
  at: (_text, start) => ({ start, end: start + 1, meant: ' ' }),
  like: (_written, meant) => meant,
};

const SYNTAXES: readonly Syntax[] = [json, percent, html];

/** What a text says once JSON's escapes are undone, or percent escapes, or references of HTML; mostly there are none. */
export function readings(text: string): Reading[] {
  return SYNTAXES.flatMap(syntax => reading(text, syntax) ?? []);
}

export const jsonReading = (text: string): Reading | undefined => reading(text, json);
export const percentReading = (text: string): Reading | undefined => reading(text, percent);
export const plusReading = (text: string): Reading | undefined => reading(text, plus);

function reading(text: string, { sign, at, like }: Syntax): Reading | undefined {
  // Most texts have none.
  if (!text.includes(sign)) return undefined;
  const escapes: Escape[] = [];
  /** Where the n-th escape stands in the reading. */
  const places: number[] = [];
  let made = '';
  let copied = 0;
  for (let start = text.indexOf(sign); start >= 0; ) {
    const escaped = at(text, start);
    if (escaped !== undefined) {
      made += text.slice(copied, start);
      places.push(made.length);
      escapes.push(escaped);
      made += escaped.meant;
      copied = escaped.end;
    }
    start = text.indexOf(sign, escaped?.end ?? start + sign.length);
  }
  if (escapes.length === 0) return undefined;
  made += text.slice(copied);

  /** Where a place of the reading stands in the text; `next`: the first escape that is not before it. */
  const origin = (index: number, next: number): number => {
    const last = escapes[next - 1];
    return last === undefined ? index : last.end + index - ((places[next - 1] ?? 0) + last.meant.length);
  };
  /** True inside of what one escape stands for: half of a surrogate pair. */
  const splits = (index: number): boolean => {
    const before = firstFrom(places, index) - 1;
    return before >= 0 && (places[before] ?? 0) + (escapes[before]?.meant.length ?? 0) > index;
  };
  const lifted = (edit: Edit): Edit => {
    let nth = firstFrom(places, edit.start);
    const start = origin(edit.start, nth);
    let written = '';
    let index = edit.start;
    while (index < edit.end) {
      const place = places[nth];
      const here = escapes[nth];
      if (place === undefined || here === undefined || place > index) {
        const stop = Math.min(edit.end, place ?? edit.end);
        written += edit.text.slice(index - edit.start, stop - edit.start);
        index = stop;
        continue;
      }
      const next = edit.text.slice(index - edit.start, index - edit.start + here.meant.length);
      const old = text.slice(here.start, here.end);
      written += next === here.meant ? old : like(old, next);
      index += here.meant.length;
      nth++;
    }
    written += edit.text.slice(edit.end - edit.start);
    return { ...edit, start, end: origin(index, nth), text: written };
  };
  return {
    text: made,
    lift: edits => edits.filter(({ start, end }) => !splits(start) && !splits(end)).map(lifted),
  };
}

/** The first escape at or behind this place of the reading. */
function firstFrom(places: readonly number[], index: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byteAt(text: string, start: number): number | undefined {
  const written = text.slice(start + 1, start + 3);
  return /^[0-9a-fA-F]{2}$/.test(written) ? Number.parseInt(written, 16) : undefined;
}
