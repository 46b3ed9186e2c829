import { jsonPlaces } from './json-text.ts';
import { endOfString } from './scan-json.ts';

const QUOTE = 0x22;
const OPENING: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const CLOSING: ReadonlySet<number> = new Set([0x7d, 0x5d]);
const SCALAR_END = /[\s,\]}]|$/g;

/**
 * The value that a JSON pointer leads to, as it stands in the text: numbers keep their spelling (T45). Undefined where it
 * leads to nothing. The text has to be JSON.
 */
export function cutJson(text: string, pointer: string): string | undefined {
  const place = jsonPlaces(text, [pointer]).get(pointer);
  return place?.exact ? text.slice(place.offset, endOfValue(text, place.offset)) : undefined;
}

/** The same text with other values at these pointers; those that lead to nothing are left out. Pointers must not nest. */
export function replaceJson(text: string, replacements: ReadonlyMap<string, unknown>): string {
  const places = jsonPlaces(text, replacements.keys());
  const edits = [...replacements].flatMap(([pointer, value]) => {
    const place = places.get(pointer);
    return place?.exact ? [{ offset: place.offset, value: JSON.stringify(value) }] : [];
  });
  let written = '';
  let done = 0;
  for (const { offset, value } of edits.sort((left, right) => left.offset - right.offset)) {
    written += text.slice(done, offset) + value;
    done = endOfValue(text, offset);
  }
  return written + text.slice(done);
}

/** The elements of a list as they stand in the text; `text` has to be a JSON list. */
export function cutElements(text: string): string[] {
  const elements: string[] = [];
  let at = afterBlanks(text, text.indexOf('[') + 1);
  while (at < text.length && text[at] !== ']') {
    const end = endOfValue(text, at);
    elements.push(text.slice(at, end));
    at = afterBlanks(text, end);
    if (text[at] === ',') at = afterBlanks(text, at + 1);
  }
  return elements;
}

/**
 * The members of an object by name, each value as it stands in the text; of a name that occurs twice the last one counts.
 * `text` has to be a JSON object.
 */
export function cutMembers(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = afterBlanks(text, text.indexOf('{') + 1);
  while (at < text.length && text[at] !== '}') {
    const endOfName = endOfString(text, at);
    const name = JSON.parse(text.slice(at, endOfName)) as string;
    const start = afterBlanks(text, text.indexOf(':', endOfName) + 1);
    const end = endOfValue(text, start);
    members.set(name, text.slice(start, end));
    at = afterBlanks(text, end);
    if (text[at] === ',') at = afterBlanks(text, at + 1);
  }
  return members;
}

/** An object of members that are JSON texts. */
export function joinMembers(members: ReadonlyMap<string, string>): string {
  return `{${Array.from(members, ([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
}

/** A list of elements that are JSON texts. */
export function joinElements(elements: readonly string[]): string {
  return `[${elements.join()}]`;
}

/** The first place from here on that is no blank. */
export function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** Behind the last character of the value that begins here. */
export function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (!OPENING.has(first)) {
    SCALAR_END.lastIndex = start + 1;
    return SCALAR_END.exec(text)?.index ?? text.length;
  }
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    if (OPENING.has(code)) depth++;
    else if (CLOSING.has(code) && --depth === 0) return at + 1;
    at++;
  }
  return text.length;
}
