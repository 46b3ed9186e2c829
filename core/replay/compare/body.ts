import { jsonFault } from '../../ocpi/json-fault.ts';
import { scanJson } from '../../ocpi/scan-json.ts';
import type { SpokenMessage } from '../recording.ts';

/** How a body is written where it is not plain JSON text; one clause each. */
export type Oddity = 'bom' | 'not-utf8';

/** What a body is. `no-text`: bytes that no decoding makes a text. `hidden`: only a beginning of it is kept. */
export type Body =
  | { readonly kind: 'none' | 'hidden' | 'no-text' }
  | { readonly kind: 'no-json'; readonly what: 'HTML' | 'XML' | 'text'; readonly why: string }
  | {
      readonly kind: 'json';
      readonly json: unknown;
      readonly oddities: ReadonlySet<Oddity>;
      /** Names that stand twice in one object: looked for when asked. */
      twice(): readonly string[];
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
  const oddities = new Set<Oddity>();
  if (marked) oddities.add('bom');
  if (bare.includes('\ufffd')) oddities.add('not-utf8');
  return { kind: 'json', json, oddities, twice: () => namesTwice(bare) };
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
function namesTwice(text: string): string[] {
  const twice = new Set<string>();
  scanJson<Set<string>>(text, {
    root: new Set(),
    member: (names, name) => {
      if (names.has(name)) twice.add(name);
      return names.add(name);
    },
    element: names => names,
    object: () => new Set(),
    closed: () => {},
    scalar: () => {},
  });
  return [...twice];
}
