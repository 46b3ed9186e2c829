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

/** A key `token` in JSON, also quoted inside JSON, in single quotes, or bare; then its value begins. */
const MEMBER = /(?:(\\*["'])token\1|(?<=[{,\s])token)\s*[:=]\s*/gi;
/** The same with escapes in the key, which JSON allows. */
const ESCAPED_MEMBER = /"((?:\\u00[0-9a-f]{2}|[token]){5})"\s*:\s*/gi;
/** Without blanks and quotes: prose and JSON may speak of a <token> too. */
const ELEMENT = /<(?:[\w-]+:)?token(?:\s[^<>]*)?>([^<\s"]{2,})/gi;
const FIELD = /(?<=^|[?&\s"'/])(?:access_)?token=([^&\s"'<>\\]+)/gi;
const HEADER_LINE = /\bauthorization["'\\]*[ \t]*[:=][ \t]*/gi;
/** In a raw packet that begins inside a header line only the scheme is left of it. */
const LOOSE_SCHEME = /\b(?:token|bearer|basic)[ \t]+([^\s"'\\,}\]]+)/gi;
const QUOTE = /\\*["']/y;
const NUMBER = /-?\d[\d.eE+-]*/y;
const SIGN = /token|authorization|\\u00/i;

export interface PlaceOptions {
  /** Raw packets: header lines end at the line's end only, and a scheme word alone is enough. */
  readonly raw?: boolean;
  /** The text is a body's bytes as Latin-1: values are UTF-8 in it. */
  readonly bytes?: boolean;
  isKnown(text: string): boolean;
}

/** False for a text in which `tokenPlaces` surely finds nothing. */
export function mayHoldPlaces(text: string): boolean {
  return SIGN.test(text);
}

/** Finds `token` members (in whole, broken and cut JSON), elements and fields, and Authorization lines in a text. */
export function tokenPlaces(text: string, options: PlaceOptions): TokenPlace[] {
  if (!mayHoldPlaces(text)) return [];
  const places = [...members(text, MEMBER), ...headerLines(text, options)];
  if (text.includes('\\u00')) places.push(...members(text, ESCAPED_MEMBER));
  if (text.includes('<')) places.push(...captured(text, ELEMENT));
  if (text.includes('=')) places.push(...captured(text, FIELD));
  if (options.raw) places.push(...captured(text, LOOSE_SCHEME));
  if (!options.bytes) return places;
  return places.map(place => ({ ...place, value: Buffer.from(place.value, 'latin1').toString('utf8') }));
}

function* members(text: string, pattern: RegExp): Generator<TokenPlace> {
  for (const match of text.matchAll(pattern)) {
    const key = match[1];
    if (pattern === ESCAPED_MEMBER && unescaped(key ?? '', 0).toLowerCase() !== 'token') continue;
    const at = match.index + match[0].length;
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
    const number = key === undefined ? undefined : NUMBER.exec(text)?.[0];
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
  for (const match of text.matchAll(HEADER_LINE)) {
    let start = match.index + match[0].length;
    QUOTE.lastIndex = start;
    const quote = QUOTE.exec(text)?.[0];
    if (quote) start += quote.length;
    const end = quote ? endOfString(text, start, quote) : endOfLine(text, start, raw === true);
    const secret = secretOf(text.slice(start, end), isKnown);
    if (secret) yield { ...secret, start: start + secret.start, end };
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
