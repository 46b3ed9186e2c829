import { dressOf, unescapedViews } from './escapes.ts';
import { writtenForms } from './token-forms.ts';

export interface KnownToken {
  readonly id: string;
  readonly token: string;
}

/** A known token in a text: where, whose, and in which form (with its escaping after a dot). */
export interface TokenMatch {
  readonly start: number;
  readonly end: number;
  readonly id: string;
  readonly form: string;
}

export interface TokenSearch {
  /** Known tokens in a text in any form and escaping, overlapping ones included, in no particular order. */
  find(text: string): TokenMatch[];
  /** The token and form of which this is exactly the text. */
  exact(text: string): { readonly id: string; readonly form: string } | undefined;
}

/** Shorter forms are not looked for in free text: they would be found in every second word. */
export const SHORTEST_SOUGHT = 6;

interface Needle {
  readonly text: string;
  readonly id: string;
  readonly form: string;
}

/** Values of the three-character blocks by which the search skips (see `skips`). */
const BLOCKS = 1 << 16;
const BLOCK = 3;
/** What stands where a quote was shortened (core/ocpi/findings.ts). */
const ELLIPSIS = '…';
const NOTHING: readonly TokenMatch[] = [];

/**
 * Looks for many tokens at once in the time of reading the text once, mostly less (Wu and Manber's algorithm: a table
 * says for each block of three characters how far the next possible beginning of a needle is).
 */
export function createTokenSearch(known: readonly KnownToken[]): TokenSearch {
  const byText = new Map<string, Needle>();
  for (const { id, token } of known) {
    if (token === '') continue;
    for (const { form, text } of writtenForms(token)) {
      // Bodies are searched as Latin-1, where a character beyond ASCII is its UTF-8 bytes.
      for (const written of new Set([text, Buffer.from(text, 'utf8').toString('latin1')])) {
        if (!byText.has(written)) byText.set(written, { text: written, id, form });
      }
    }
  }
  const sought = [...byText.values()].filter(({ text }) => text.length >= SHORTEST_SOUGHT);
  const byBeginning = Map.groupBy(sought, ({ text }) => text.slice(0, SHORTEST_SOUGHT));
  for (const needles of byBeginning.values()) needles.sort((left, right) => right.text.length - left.text.length);
  const skips = skipTable(byBeginning.keys());

  const scan = (text: string, found: (start: number, end: number, needle: Needle) => void) => {
    let at = SHORTEST_SOUGHT - 1;
    while (at < text.length) {
      const skip = skips[block(text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at))] ?? 0;
      if (skip > 0) {
        at += skip;
        continue;
      }
      const start = at - SHORTEST_SOUGHT + 1;
      const needles = byBeginning.get(text.slice(start, at + 1));
      if (needles) {
        const needle = needles.find(candidate => text.startsWith(candidate.text, start));
        if (needle) found(start, start + needle.text.length, needle);
        else begun(text, start, needles, found);
      }
      at += 1;
    }
  };

  return {
    exact: text => byText.get(text),
    find: text => {
      if (sought.length === 0 || text.length < SHORTEST_SOUGHT) return NOTHING as TokenMatch[];
      let matches: TokenMatch[] | undefined;
      scan(text, (start, end, { id, form }) => {
        matches ??= [];
        matches.push({ start, end, id, form });
      });
      for (const view of unescapedViews(text)) {
        scan(view.text, (viewStart, viewEnd, needle) => {
          const start = view.origin(viewStart);
          const end = view.origin(viewEnd);
          const plain = view.text.slice(viewStart, viewEnd);
          const written = text.slice(start, end);
          if (written === plain) return;
          const form = `${needle.form}.${dressOf(plain, written)}`;
          matches ??= [];
          matches.push({ start, end, id: needle.id, form });
        });
      }
      return matches ?? (NOTHING as TokenMatch[]);
    },
  };
}

/** A token of which only the beginning stands there, because the text was cut or shortened inside it. */
function begun(
  text: string,
  start: number,
  needles: readonly Needle[],
  found: (start: number, end: number, needle: Needle) => void,
): void {
  const longest = needles[0]?.text.length ?? 0;
  const shortened = text.indexOf(ELLIPSIS, start);
  const end = shortened >= 0 && shortened < start + longest ? shortened : text.length;
  if (end - start >= longest || end - start < SHORTEST_SOUGHT) return;
  const rest = text.slice(start, end);
  const needle = needles.find(candidate => candidate.text.startsWith(rest));
  if (needle) found(start, end, needle);
}

function skipTable(beginnings: Iterable<string>): Uint8Array {
  const skips = new Uint8Array(BLOCKS).fill(SHORTEST_SOUGHT - BLOCK + 1);
  for (const beginning of beginnings) {
    for (let at = 0; at + BLOCK <= SHORTEST_SOUGHT; at++) {
      const index = block(beginning.charCodeAt(at), beginning.charCodeAt(at + 1), beginning.charCodeAt(at + 2));
      skips[index] = Math.min(skips[index] ?? 0, SHORTEST_SOUGHT - BLOCK - at);
    }
  }
  return skips;
}

function block(first: number, second: number, third: number): number {
  return ((first << 11) ^ (second << 6) ^ third) & (BLOCKS - 1);
}
