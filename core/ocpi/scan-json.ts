/** A text or a number in a JSON text, by its offsets. */
export interface Scalar {
  readonly start: number;
  readonly end: number;
  /** Unescaped; of a number as it is written. */
  readonly value: string;
  readonly quoted: boolean;
}

/** What a walk over a JSON text is told. `C` is what the caller knows of a place. */
export interface JsonVisitor<C> {
  /** The place of the whole text. */
  readonly root: C;
  member(of: C, name: string): C;
  element(of: C, index: number): C;
  /** A value of any kind begins at this offset: told before what it is. */
  begins?(at: C, start: number): void;
  scalar(at: C, scalar: Scalar): void;
  /** An object begins at this place; what is handed back is the place its members are members of. */
  object(at: C): C;
  /** What `object` handed back, once its members are told, also where the text broke off. */
  closed(of: C): void;
}

interface Open<C> {
  readonly place: C;
  readonly list: boolean;
  index: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = /\s/;
const SCALAR_END = /[\s,:[\]{}"]|$/g;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Walks over a JSON text without reading it into values, so that it can be edited in place: names that occur twice are told
 * twice, numbers as they are written, and of a text that breaks off or breaks the grammar what could be made out. One pass, no
 * recursion.
 */
export function scanJson<C>(text: string, visitor: JsonVisitor<C>): void {
  const open: Open<C>[] = [];
  let due: C | undefined = visitor.root;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const character = text[at] as string;
    const inside = open.at(-1);
    if (character === '"') {
      const end = endOfString(text, at);
      const colon = inside && !inside.list && due === undefined ? colonAfter(text, end) : -1;
      if (inside && colon >= 0) {
        due = visitor.member(inside.place, unquoted(text.slice(at, end)));
        at = colon + 1;
        continue;
      }
      if (due !== undefined) visitor.begins?.(due, at);
      if (due !== undefined && isClosed(text, at, end)) {
        visitor.scalar(due, { start: at, end, value: unquoted(text.slice(at, end)), quoted: true });
      }
      due = undefined;
      at = end;
    } else if (character === '{' || character === '[') {
      const list = character === '[';
      if (due !== undefined) visitor.begins?.(due, at);
      const here: C = due ?? inside?.place ?? visitor.root;
      const place: C = list ? here : visitor.object(here);
      open.push({ place, list, index: 0 });
      due = list ? visitor.element(place, 0) : undefined;
      at++;
    } else if (character === '}' || character === ']') {
      const ended = open.pop();
      if (ended && !ended.list) visitor.closed(ended.place);
      due = undefined;
      at++;
      if (open.length === 0) return;
    } else if (character === ',') {
      due = inside?.list ? visitor.element(inside.place, ++inside.index) : undefined;
      at++;
    } else if (BLANK.test(character) || character === ':') at++;
    else {
      SCALAR_END.lastIndex = at + 1;
      const end = SCALAR_END.exec(text)?.index ?? text.length;
      const written = text.slice(at, end);
      if (due !== undefined) visitor.begins?.(due, at);
      if (due !== undefined && NUMBER.test(written)) {
        visitor.scalar(due, { start: at, end, value: written, quoted: false });
      }
      due = undefined;
      at = end;
    }
  }
  for (const left of open.reverse()) if (!left.list) visitor.closed(left.place);
}

/** Where a colon follows, blanks apart; -1 where something else does. */
function colonAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.test(text[at] as string)) at++;
  return text[at] === ':' ? at : -1;
}

/** False for a string in which the text breaks off. */
function isClosed(text: string, start: number, end: number): boolean {
  return end - start >= 2 && text[end - 1] === '"';
}

/** A string without its quotes; broken escapes stay as they are. */
function unquoted(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return inner;
  }
}

/** Behind the closing quote of the string that begins there, or the end of the text. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}
