import { afterBlanks, endOfString } from '../../ocpi/json-cut.ts';
import { jsonFault } from '../../ocpi/json-fault.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { SpokenMessage } from '../recording.ts';

/** How a body is written where it is not plain JSON text; one clause each. */
export type Oddity = 'bom' | 'not-utf8' | 'names-twice';

/** What a body is. `no-text`: bytes that no decoding makes a text. `hidden`: only a beginning of it is kept. */
export type Body =
  | { readonly kind: 'none' | 'hidden' | 'no-text' }
  | { readonly kind: 'no-json'; readonly what: 'HTML' | 'XML' | 'text'; readonly why: string }
  | {
      readonly kind: 'json';
      readonly json: unknown;
      readonly oddities: ReadonlySet<Oddity>;
      /** Names that stand twice in one object. */
      readonly twice: readonly string[];
    };

/** Reads a recorded body for comparing. Never throws. */
export function readBody({ text, length, shortened }: Pick<SpokenMessage, 'text' | 'length' | 'shortened'>): Body {
  if (shortened) return { kind: 'hidden' };
  if (text === undefined) return { kind: length > 0 ? 'no-text' : 'none' };
  const marked = text.charCodeAt(0) === 0xfeff;
  const bare = marked ? text.slice(1) : text;
  if (bare.trim() === '') return { kind: 'none' };
  const json = parsed(bare);
  if (json === undefined) return { kind: 'no-json', ...nature(bare) };
  const twice = namesTwice(bare, json);
  const oddities = new Set<Oddity>();
  if (marked) oddities.add('bom');
  if (bare.includes('\ufffd')) oddities.add('not-utf8');
  if (twice.length > 0) oddities.add('names-twice');
  return { kind: 'json', json, oddities, twice };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function nature(text: string): { readonly what: 'HTML' | 'XML' | 'text'; readonly why: string } {
  if (/^\s*<(?:!doctype|html|\?xml|[a-z]+[\s>])/i.test(text)) {
    const what = /html/i.test(text.slice(0, 300)) ? 'HTML' : 'XML';
    return { what, why: `${what}: ${text.trim()}` };
  }
  const fault = jsonFault(text);
  if (fault === undefined) return { what: 'text', why: 'nested too deeply' };
  return {
    what: 'text',
    why: `line ${fault.line}, column ${fault.column}: ${fault.met} where ${fault.expected} is due`,
  };
}

/** Names that an object of the text has more than once: `JSON.parse` keeps the last one only. */
function namesTwice(text: string, json: unknown): string[] {
  const written = namesIn(text);
  // Nothing is lost where as many names were read as are written.
  if (written.length === countNames(json)) return [];
  const twice = new Set<string>();
  const known = new Map<number, Set<string>>();
  for (const { name, object } of written) {
    const names = known.get(object) ?? new Set();
    if (names.has(name)) twice.add(name);
    known.set(object, names.add(name));
  }
  return [...twice];
}

interface WrittenName {
  readonly name: string;
  /** Objects and lists are numbered as they open, so that two of one list are not taken for each other. */
  readonly object: number;
}

function namesIn(text: string): WrittenName[] {
  const names: WrittenName[] = [];
  const open: number[] = [];
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const next = afterBlanks(text, end);
      if (text[next] === ':') names.push({ name: text.slice(at + 1, end - 1), object: open.at(-1) ?? 0 });
      at = end;
      continue;
    }
    if (character === '{' || character === '[') open.push(count++);
    else if (character === '}' || character === ']') open.pop();
    at++;
  }
  return names;
}

function countNames(json: unknown): number {
  const waiting: unknown[] = [json];
  let count = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) for (const element of value) waiting.push(element);
    else if (isJsonObject(value)) {
      for (const inner of Object.values(value)) {
        count++;
        waiting.push(inner);
      }
    }
  }
  return count;
}
