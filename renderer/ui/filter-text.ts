/** A kind of typed token: `status:404`. */
export interface TokenKind {
  readonly name: string;
  /** A few words, shown where it is offered. */
  readonly meaning?: string;
  /** Values that are offered for completion. */
  readonly values?: readonly FilterValue[];
  /** A sentence on what is wrong with a value; nothing where it is good. */
  readonly check?: (value: string) => string | undefined;
}

export interface FilterValue {
  readonly value: string;
  readonly meaning?: string;
}

export interface FilterToken {
  readonly name: string;
  readonly value: string;
}

export interface FilterProblem {
  readonly token: FilterToken;
  readonly problem: string;
}

export interface ParsedFilter {
  readonly tokens: readonly FilterToken[];
  /** Everything else, as typed, with single blanks. */
  readonly words: string;
  readonly problems: readonly FilterProblem[];
}

/** A piece without blanks, except between double quotes; within them `\"` and `\\` stand for themselves. */
const PIECE = /(?:"(?:\\.|[^"\\])*"|[^\s"]|"(?![\s\S]*"))+/g;
const TOKEN = /^([A-Za-z][A-Za-z-]*):([\s\S]*)$/;

/**
 * Reads `link:volta status:4xx some words`. Names are known by their kinds, without regard to case; anything else
 * (`http://...`) is words. A token without a value is words too: it is still being typed.
 */
export function parseFilter(text: string, kinds: readonly TokenKind[]): ParsedFilter {
  const tokens: FilterToken[] = [];
  const words: string[] = [];
  const problems: FilterProblem[] = [];
  for (const [piece] of text.matchAll(PIECE)) {
    const [, name = '', quoted = ''] = TOKEN.exec(piece) ?? [];
    const kind = kinds.find(kind => kind.name === name.toLowerCase());
    const value = unquote(quoted);
    if (kind === undefined || value === '') {
      words.push(piece);
      continue;
    }
    const token = { name: kind.name, value };
    tokens.push(token);
    const problem = kind.check?.(value);
    if (problem !== undefined) problems.push({ token, problem });
  }
  return { tokens, words: words.join(' '), problems };
}

/** The text that reads as these tokens and words. */
export function printFilter({ tokens, words }: Pick<ParsedFilter, 'tokens' | 'words'>): string {
  const printed = tokens.map(printToken);
  if (words.trim() !== '') printed.push(words.trim());
  return printed.join(' ');
}

export function printToken({ name, value }: FilterToken): string {
  return `${name}:${/[\s"\\]/.test(value) ? quote(value) : value}`;
}

function quote(value: string): string {
  return `"${value.replace(/["\\]/g, found => `\\${found}`)}"`;
}

function unquote(text: string): string {
  if (!(text.length >= 2 && text.startsWith('"') && text.endsWith('"'))) return text;
  return text.slice(1, -1).replace(/\\([\s\S])/g, '$1');
}

/** The piece at the end that is still being typed, and what stands before it. A quote that was opened holds blanks. */
export function splitTyped(text: string): { readonly before: string; readonly piece: string } {
  let begins = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(character)) begins = at + 1;
  }
  return { before: text.slice(0, begins), piece: text.slice(begins) };
}

export interface Suggestion {
  /** What stands in its place when it is taken: `link:` (to be gone on with) or `link:volta`. */
  readonly text: string;
  readonly meaning: string | undefined;
  /** A whole token, rather than only its name. */
  readonly whole: boolean;
}

const MOST_SUGGESTIONS = 12;

/** What may stand in place of a piece that is being typed. */
export function suggest(piece: string, kinds: readonly TokenKind[]): readonly Suggestion[] {
  const [, name = '', typed = ''] = TOKEN.exec(piece) ?? [];
  const kind = kinds.find(kind => kind.name === name.toLowerCase());
  const begun = piece.toLowerCase();
  const found =
    kind === undefined
      ? kinds
          .filter(({ name }) => name.startsWith(begun))
          .map(({ name, meaning }) => ({ text: `${name}:`, meaning, whole: false }))
      : (kind.values ?? [])
          .filter(({ value }) => value.toLowerCase().includes(unquote(typed).replace(/^"/, '').toLowerCase()))
          .map(({ value, meaning }) => ({ text: printToken({ name: kind.name, value }), meaning, whole: true }));
  return found.slice(0, MOST_SUGGESTIONS);
}
