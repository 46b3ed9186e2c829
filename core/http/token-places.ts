/** A place where a credentials token stands by its position, whether anyone knows the token or not. */
export interface TokenPlace {
  readonly start: number;
  readonly end: number;
  /** The token as it is meant there, escapes undone. */
  readonly value: string;
  /** True when escapes were undone, so that `value` is not what stands there. */
  readonly escaped: boolean;
}

/** Header fields whose whole value is a secret. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'token',
  'x-api-key',
  'x-auth-token',
  'x-access-token',
]);

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.has(name.toLowerCase());
}

const SCHEME = /^(\s*(?:token|bearer|basic|digest|negotiate|apikey|api-key|key)[\s:=,]+)([^\s].*)$/is;
const SCHEME_ALONE = /^\s*(?:token|bearer|basic|digest|negotiate|apikey|api-key|key)?\s*$/i;

/**
 * The secret part of an Authorization value: what follows a usual scheme word, else all of it. `isKnown` lets a token
 * after an unusual word ("Tokn abc") be told from a token that has a blank in it. Nothing when only a scheme stands there.
 */
export function secretOf(value: string, isKnown: (text: string) => boolean): TokenPlace | undefined {
  if (SCHEME_ALONE.test(value)) return undefined;
  const scheme = SCHEME.exec(value);
  let start = scheme?.[1]?.length ?? 0;
  if (!scheme && !isKnown(value)) {
    const word = /^\S+\s+/.exec(value)?.[0].length ?? 0;
    if (word > 0 && isKnown(value.slice(word))) start = word;
  }
  return { start, end: value.length, value: value.slice(start), escaped: false };
}

const WORD = /token/gi;
/** Between a key and its value. */
const ASSIGNMENT = /\s*[:=]\s*/y;
const BEFORE_BARE = /[{,\s]/;
/** Before a quote, in JSON that is quoted five times; more of them are no key. */
const MOST_BACKSLASHES = 31;
/** The same with escapes in the key, which JSON allows. */
const ESCAPED_MEMBER = /"((?:\\u00[0-9a-f]{2}|[token]){5})"\s*:\s*/gi;
/** Without blanks and quotes: prose and JSON may speak of a <token> too. */
const ELEMENT = /<(?:[\w-]+:)?token(?:\s[^<>]*)?>([^<\s"]{2,})/gi;
const FIELD = /(?<=^|[?&\s"'/])(?:access_)?token=([^&\s"'<>\\]+)/gi;
const HEADER_LINE = /\bauthorization["'\\]*[ \t]*[:=][ \t]*/gi;
/** The header fields of `SECRET_HEADERS`, as they stand in a raw packet. */
const RAW_HEADER_LINE =
  /(?:\bauthorization["'\\]*[ \t]*[:=]|(?<=^|[\r\n])(?:token|x-api-key|x-auth-token|x-access-token)[ \t]*:)[ \t]*/gi;
/** In a raw packet that begins inside a header line only the scheme is left of it. */
const LOOSE_SCHEME = /\b(?:token|bearer|basic|negotiate|api-?key)[ \t]+([^\s"'\\,}\]]+)/gi;
const QUOTE = /\\*["']/y;
const NUMBER = /-?\d[\d.eE+-]*/y;
const SIGN = /token|authorization|\\u00/i;
const RAW_SIGN = /token|authorization|\\u00|bearer|basic|negotiate|api-?key/i;

export interface PlaceOptions {
  /** Raw packets: header lines end at the line's end only, and a scheme word alone is enough. */
  readonly raw?: boolean;
  /** The text is a body's bytes as Latin-1: values are UTF-8 in it. */
  readonly bytes?: boolean;
  isKnown(text: string): boolean;
}

/** False for a text in which `tokenPlaces` surely finds nothing. `raw`: as of `PlaceOptions`. */
export function mayHoldPlaces(text: string, raw = false): boolean {
  return (raw ? RAW_SIGN : SIGN).test(text);
}

/** Finds `token` members (in whole, broken and cut JSON), elements and fields, and Authorization lines in a text. */
export function tokenPlaces(text: string, options: PlaceOptions): TokenPlace[] {
  if (!mayHoldPlaces(text, options.raw)) return [];
  const places = [...values(text, keys(text)), ...headerLines(text, options)];
  if (text.includes('\\u00')) places.push(...values(text, escapedKeys(text)));
  if (text.includes('<')) places.push(...captured(text, ELEMENT));
  if (text.includes('=')) places.push(...captured(text, FIELD));
  if (options.raw) places.push(...captured(text, LOOSE_SCHEME));
  if (!options.bytes) return places;
  return places.map(place => ({ ...place, value: Buffer.from(place.value, 'latin1').toString('utf8') }));
}

/** A key whose value begins at `end`. */
interface Key {
  readonly end: number;
  readonly quoted: boolean;
}

/**
 * Keys `token` in JSON, also quoted inside JSON, in single quotes, or bare. The word is looked for first, and what stands around
 * it then: bodies have few of it, and a pattern of both is tried at every place of a text.
 */
function* keys(text: string): Generator<Key> {
  for (const { index } of text.matchAll(WORD)) {
    const behind = index + 'token'.length;
    const before = text[index - 1] ?? '';
    const quoted = before === '"' || before === "'";
    const end = quoted ? behindQuote(text, behind, before) : behind;
    if (end === undefined || !(quoted ? isQuotedAlike(text, index, end - behind) : BEFORE_BARE.test(before))) continue;
    ASSIGNMENT.lastIndex = end;
    if (ASSIGNMENT.test(text)) yield { end: ASSIGNMENT.lastIndex, quoted };
  }
}

/** Behind a quote like this one, with as many backslashes before it as there are. */
function behindQuote(text: string, start: number, quote: string): number | undefined {
  let at = start;
  while (text[at] === '\\' && at - start <= MOST_BACKSLASHES) at++;
  return text[at] === quote && at - start <= MOST_BACKSLASHES ? at + 1 : undefined;
}

/** Whether so many characters before this place are a quote and backslashes before it. */
function isQuotedAlike(text: string, end: number, characters: number): boolean {
  for (let at = end - characters; at < end - 1; at++) if (text[at] !== '\\') return false;
  return true;
}

function* escapedKeys(text: string): Generator<Key> {
  for (const { index, 0: whole, 1: key = '' } of text.matchAll(ESCAPED_MEMBER)) {
    if (unescaped(key, 0).toLowerCase() === 'token') yield { end: index + whole.length, quoted: true };
  }
}

function* values(text: string, found: Iterable<Key>): Generator<TokenPlace> {
  for (const { end: at, quoted } of found) {
    QUOTE.lastIndex = at;
    const quote = QUOTE.exec(text)?.[0];
    if (quote) {
      const start = at + quote.length;
      const end = endOfString(text, start, quote);
      const written = text.slice(start, end);
      if (written === '') continue;
      const value = unescaped(written, quote.length - 1);
      yield { start, end, value, escaped: value !== written };
      continue;
    }
    NUMBER.lastIndex = at;
    const number = quoted ? NUMBER.exec(text)?.[0] : undefined;
    if (number) yield { start: at, end: at + number.length, value: number, escaped: false };
  }
}

/**
 * Where a string ends: at the next quote with as many backslashes before it as the opening one had (JSON quoted in JSON
 * has one, quoted twice three) beyond those that escape each other. A string that is never closed ends with the text.
 */
function endOfString(text: string, start: number, quote: string): number {
  const depth = quote.length - 1;
  const mark = quote.slice(-1);
  for (let at = text.indexOf(mark, start); at >= 0; at = text.indexOf(mark, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > start && text[at - backslashes - 1] === '\\') backslashes += 1;
    if (backslashes % (2 * (depth + 1)) === depth) return at - depth;
  }
  return text.length;
}

/** Undoes JSON's escapes once, and once more for each level of quoting; what is no valid JSON string stays as it is. */
function unescaped(written: string, backslashes: number): string {
  if (!written.includes('\\')) return written;
  let text = written;
  for (let level = 0; level <= Math.log2(backslashes + 1); level++) {
    try {
      const meant: unknown = JSON.parse(`"${text}"`);
      if (typeof meant !== 'string') return text;
      text = meant;
    } catch {
      return text;
    }
  }
  return text;
}

function* headerLines(text: string, { raw, isKnown }: PlaceOptions): Generator<TokenPlace> {
  let covered = 0;
  for (const match of text.matchAll(raw ? RAW_HEADER_LINE : HEADER_LINE)) {
    let start = match.index + match[0].length;
    QUOTE.lastIndex = start;
    const quote = QUOTE.exec(text)?.[0];
    // Part of a secret already, which ends where this one would.
    if (!quote && match.index < covered) continue;
    if (quote) start += quote.length;
    const end = quote ? endOfString(text, start, quote) : endOfLine(text, start, raw === true);
    const secret = secretOf(text.slice(start, end), isKnown);
    if (!secret) continue;
    covered = end;
    yield { ...secret, start: start + secret.start, end };
  }
}

function endOfLine(text: string, start: number, raw: boolean): number {
  // A header line goes on where the next one begins with a blank (folding, long obsolete, still parsed by some).
  const stop = raw ? /\r?\n(?![ \t])/g : /[\r\n"\\<]/g;
  stop.lastIndex = start;
  return stop.exec(text)?.index ?? text.length;
}

function* captured(text: string, pattern: RegExp): Generator<TokenPlace> {
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? '';
    if (value === '') continue;
    const start = match.index + match[0].length - value.length;
    yield { start, end: start + value.length, value, escaped: false };
  }
}
