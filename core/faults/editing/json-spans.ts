import { afterBlanks, endOfValue } from '../../ocpi/json-cut.ts';
import { stepsOf } from '../../ocpi/json-text.ts';
import { endOfString } from '../../ocpi/scan-json.ts';

/** Where a JSON pointer leads in a text; offsets in UTF-16 units, ends exclusive. */
export type JsonSpan =
  | {
      readonly kind: 'there';
      /** Of the value. */
      readonly start: number;
      readonly end: number;
      /** Of its name with the quotes, where it is a member. */
      readonly name?: { readonly start: number; readonly end: number };
      /** What goes when it is dropped: name, value and one comma; absent for the whole text. */
      readonly from?: number;
      readonly to?: number;
    }
  | {
      /** There is no such member or element; it would stand here, at the end of what is to hold it. */
      readonly kind: 'missing';
      readonly start: number;
      /** Absent in a list. */
      readonly name?: string;
      /** What would hold it holds nothing else. */
      readonly empty: boolean;
    };

/** Finds places in one text; what it has looked through once it does not look through again. The text has to be JSON. */
export type Locate = (pointer: string) => JsonSpan | undefined;

/** Undefined where the pointer leads through what is no object or list, or past the end of a list. */
export function locator(text: string): Locate {
  const start = afterBlanks(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const whole: JsonSpan = { kind: 'there', start, end: endOfValue(text, start) };
  const seen = new Map<number, Parts>();
  const partsAt = (place: number): Parts => {
    const known = seen.get(place) ?? partsOf(text, place);
    seen.set(place, known);
    return known;
  };
  return pointer => {
    let found: JsonSpan = whole;
    for (const step of stepsOf(pointer)) {
      if (found.kind === 'missing') return undefined;
      const opening: string | undefined = text[found.start];
      if (opening !== '{' && opening !== '[') return undefined;
      const parts = partsAt(found.start);
      const inner: JsonSpan | undefined = opening === '{' ? member(text, parts, step) : element(parts, step);
      if (inner === undefined) return undefined;
      found = inner;
    }
    return found;
  };
}

/** One place in a text. */
export function locate(text: string, pointer: string): JsonSpan | undefined {
  return locator(text)(pointer);
}

interface Part {
  readonly name?: { readonly start: number; readonly end: number };
  readonly start: number;
  readonly end: number;
}

interface Parts {
  /** Members or elements in order. */
  readonly parts: readonly Part[];
  /** Behind the last one, or behind the opening bracket. */
  readonly end: number;
}

function member(text: string, { parts, end }: Parts, step: string): JsonSpan {
  const at = parts.findLastIndex(({ name }) => name !== undefined && nameIn(text, name) === step);
  return at < 0 ? { kind: 'missing', start: end, name: step, empty: parts.length === 0 } : span(parts, at);
}

function element({ parts, end }: Parts, step: string): JsonSpan | undefined {
  const at = step === '-' ? parts.length : /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
  if (at < 0 || at > parts.length) return undefined;
  return at === parts.length ? { kind: 'missing', start: end, empty: parts.length === 0 } : span(parts, at);
}

function span(parts: readonly Part[], at: number): JsonSpan {
  const part = parts[at] as Part;
  const begin = (one: Part) => one.name?.start ?? one.start;
  const next = parts[at + 1];
  const before = parts[at - 1];
  // With the comma behind it, or of the last one the comma before it.
  const cut = next ? { from: begin(part), to: begin(next) } : { from: before?.end ?? begin(part), to: part.end };
  return { kind: 'there', ...part, ...cut };
}

function partsOf(text: string, start: number): Parts {
  const named = text[start] === '{';
  const parts: Part[] = [];
  let end = start + 1;
  let at = afterBlanks(text, start + 1);
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const name = named ? { start: at, end: endOfString(text, at) } : undefined;
    const value = name === undefined ? at : afterBlanks(text, text.indexOf(':', name.end) + 1);
    end = endOfValue(text, value);
    parts.push({ ...(name && { name }), start: value, end });
    at = afterBlanks(text, end);
    if (text[at] === ',') at = afterBlanks(text, at + 1);
  }
  return { parts, end };
}

function nameIn(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  const quoted = text.slice(start, end);
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}
