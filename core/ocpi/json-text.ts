import type { Finding } from './findings.ts';

/** Where a value begins in a JSON text. Lines and columns count from 1, columns in UTF-16 units. */
export interface JsonPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** False where the pointer leads to nothing, and this is the place of the value it would stand in. */
  readonly exact: boolean;
  /** How a number is written: `0.1000`, `1e3`, seventeen digits and more (T45). */
  readonly numberText?: string;
}

/** The wanted pointers as a tree of their steps. */
interface Wanted {
  readonly steps: Map<string, Wanted>;
  offset?: number;
  numberText?: string;
}

interface Open {
  /** Undefined below what nobody asked for. */
  readonly wanted: Wanted | undefined;
  readonly list: boolean;
  /** Of the next element. */
  index: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SCALAR_END = /[\s,:[\]{}"]|$/g;

/**
 * The places that JSON pointers (RFC 6901) lead to in a text, by pointer. One pass for all of them, without recursion. Of a
 * name that occurs twice the last one counts, as it does for `JSON.parse`; a text that breaks off yields what stands before.
 * A byte order mark at the beginning is passed over.
 */
export function jsonPlaces(text: string, pointers: Iterable<string>): ReadonlyMap<string, JsonPlace> {
  const asked = [...new Set(pointers)];
  const root: Wanted = { steps: new Map() };
  for (const pointer of asked) want(root, stepsOf(pointer));
  scan(text, root);
  const lines = lineBeginnings(text);
  const places = new Map<string, JsonPlace>();
  for (const pointer of asked) {
    const found = nearest(root, stepsOf(pointer));
    if (found) places.set(pointer, placeAt(found, lines));
  }
  return places;
}

/** Findings with the numbers they met as they are written in the text, not as a double shows them. */
export function withNumberTexts(findings: readonly Finding[], text: string): readonly Finding[] {
  const numeric = findings.filter(({ met }) => NUMBER.test(met));
  if (numeric.length === 0) return findings;
  const places = jsonPlaces(
    text,
    numeric.map(({ pointer }) => pointer),
  );
  return findings.map(found => {
    const place = places.get(found.pointer);
    if (!place?.exact || place.numberText === undefined || String(Number(place.numberText)) !== found.met) return found;
    return { ...found, met: place.numberText };
  });
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The steps of a JSON pointer; none for the empty one and for what is no pointer (`header:Link`). */
export function stepsOf(pointer: string): string[] {
  if (!pointer.startsWith('/')) return [];
  return pointer
    .slice(1)
    .split('/')
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function want(root: Wanted, steps: readonly string[]): void {
  let at = root;
  for (const step of steps) {
    const next = at.steps.get(step) ?? { steps: new Map() };
    at.steps.set(step, next);
    at = next;
  }
}

interface Nearest {
  readonly offset: number;
  readonly exact: boolean;
  readonly numberText: string | undefined;
}

function nearest(root: Wanted, steps: readonly string[]): Nearest | undefined {
  if (root.offset === undefined) return undefined;
  let at = root;
  for (const step of steps) {
    const next = at.steps.get(step);
    if (next?.offset === undefined) return { offset: at.offset ?? 0, exact: false, numberText: undefined };
    at = next;
  }
  return { offset: at.offset ?? 0, exact: true, numberText: at.numberText };
}

function scan(text: string, root: Wanted): void {
  const open: Open[] = [];
  /** What the value that comes next is to the asker. */
  let due: Wanted | undefined = root;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const character = text[at] as string;
    const inside = open.at(-1);
    if (character === '"') {
      const end = endOfString(text, at);
      // In an object, a text stands for a name until the colon has made it one.
      if (inside && !inside.list && due === undefined && isName(text, end)) {
        due = inside.wanted?.steps.get(nameIn(text.slice(at, end)));
        if (due) forget(due);
        else due = NOBODY;
        at = text.indexOf(':', end) + 1;
        continue;
      }
      found(due, at);
      due = undefined;
      at = end;
    } else if (character === '{' || character === '[') {
      found(due, at);
      const wanted: Wanted | undefined = due === NOBODY ? undefined : due;
      const list = character === '[';
      open.push({ wanted, list, index: 0 });
      due = list ? (wanted?.steps.get('0') ?? NOBODY) : undefined;
      at++;
    } else if (character === '}' || character === ']') {
      open.pop();
      due = undefined;
      if (open.length === 0) return;
      at++;
    } else if (character === ',') {
      if (inside?.list) due = inside.wanted?.steps.get(String(++inside.index)) ?? NOBODY;
      else due = undefined;
      at++;
    } else if (/\s/.test(character)) at++;
    else {
      SCALAR_END.lastIndex = at + 1;
      const end = SCALAR_END.exec(text)?.index ?? text.length;
      const written = text.slice(at, end);
      found(due, at, NUMBER.test(written) ? written : undefined);
      due = undefined;
      at = end;
    }
  }
}

/** Stands for values that no pointer leads to. */
const NOBODY: Wanted = { steps: new Map() };

function found(wanted: Wanted | undefined, offset: number, numberText?: string): void {
  if (wanted === undefined || wanted === NOBODY || wanted.offset !== undefined) return;
  wanted.offset = offset;
  if (numberText !== undefined) wanted.numberText = numberText;
}

/** What an earlier field of the same name held counts no more. */
function forget(wanted: Wanted): void {
  if (wanted.offset === undefined) return;
  delete wanted.offset;
  delete wanted.numberText;
  for (const next of wanted.steps.values()) forget(next);
}

/** Behind the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

/** A field name without its quotes; broken escapes stay as they are. */
function nameIn(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return inner;
  }
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && /\s/.test(text[at] as string)) at++;
  return text[at] === ':';
}

function lineBeginnings(text: string): readonly number[] {
  const beginnings = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) beginnings.push(at + 1);
  return beginnings;
}

function placeAt({ offset, exact, numberText }: Nearest, lines: readonly number[]): JsonPlace {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const column = offset - (lines[low] ?? 0) + 1;
  return { offset, line: low + 1, column, exact, ...(numberText !== undefined && { numberText }) };
}
