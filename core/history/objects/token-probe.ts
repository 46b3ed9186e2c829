import { writtenForms } from '../../http/token-forms.ts';
import { type KnownToken, SHORTEST_SOUGHT } from '../../http/token-search.ts';

/** False only where the search for these tokens cannot find anything in a text of these bytes. */
export type TokenProbe = (bytes: Buffer) => boolean;

/** Values of the three-byte blocks by which the probe skips. */
const BLOCKS = 1 << 16;
const BLOCK = 3;
/** How much of the beginning of every form is looked for: the more, the larger the steps. */
const LONGEST_WINDOW = 32;
/** Beyond so many known blocks most steps would be short ones. */
const MOST_KNOWN = BLOCKS / 8;
/** What escapes begin with (core/http/escapes.ts): a token may stand behind them in other characters. */
const SIGNS = ['\\', '%', '&'].map(sign => sign.charCodeAt(0));

/**
 * Tells in a fraction of the search's time that a page holds no token, as nearly all do. The search looks for the first six
 * characters of each form, so as to find what is cut as well; in a page only its very end can be cut, and so the probe
 * looks for as much as the shortest form has, and steps over most bytes.
 */
export function createTokenProbe(known: readonly KnownToken[]): TokenProbe {
  const needles = needlesOf(known);
  if (needles.length === 0) return () => false;
  const lengths = needles.map(({ length }) => length);
  const affordable = Math.max(SHORTEST_SOUGHT, Math.floor(MOST_KNOWN / needles.length) + BLOCK - 1);
  const window = lengths.reduce((least, length) => Math.min(least, length), Math.min(LONGEST_WINDOW, affordable));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const beginnings = new Set(needles.map(needle => needle.toString('latin1', 0, window)));
  const cutAt = new Set(needles.map(needle => needle.toString('latin1', 0, SHORTEST_SOUGHT)));
  const skips = skipTable(beginnings, window);

  const begins = (bytes: Buffer): boolean => {
    const { length } = bytes;
    let at = window - 1;
    while (at < length) {
      const skip = skips[block(bytes[at - 2] as number, bytes[at - 1] as number, bytes[at] as number)] as number;
      if (skip === 0 && beginnings.has(bytes.toString('latin1', at - window + 1, at + 1))) return true;
      at += skip || 1;
    }
    return false;
  };
  const endsInside = (bytes: Buffer): boolean => {
    for (let at = Math.max(0, bytes.length - longest); at + SHORTEST_SOUGHT <= bytes.length; at++) {
      if (cutAt.has(bytes.toString('latin1', at, at + SHORTEST_SOUGHT))) return true;
    }
    return false;
  };
  return bytes => SIGNS.some(sign => bytes.includes(sign)) || begins(bytes) || endsInside(bytes);
}

/** Every form of every token that is looked for, as bytes; a character beyond ASCII as the search has it, in both ways. */
function needlesOf(known: readonly KnownToken[]): Buffer[] {
  return known
    .filter(({ token }) => token !== '')
    .flatMap(({ token }) => writtenForms(token))
    .flatMap(({ text }) => [Buffer.from(text, 'latin1'), Buffer.from(text, 'utf8')])
    .filter(({ length }) => length >= SHORTEST_SOUGHT);
}

function skipTable(beginnings: Iterable<string>, window: number): Uint8Array {
  const skips = new Uint8Array(BLOCKS).fill(window - BLOCK + 1);
  for (const beginning of beginnings) {
    for (let at = 0; at + BLOCK <= window; at++) {
      const index = block(beginning.charCodeAt(at), beginning.charCodeAt(at + 1), beginning.charCodeAt(at + 2));
      skips[index] = Math.min(skips[index] as number, window - BLOCK - at);
    }
  }
  return skips;
}

function block(first: number, second: number, third: number): number {
  return ((first << 11) ^ (second << 6) ^ third) & (BLOCKS - 1);
}
