const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const TOKEN_TEXT = /^[\x21-\x7e]+$/;
const BLANK = 0x20;

/** Length in characters as the specification counts them: code points, not UTF-16 units (digest 5). */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** True when a text has more characters than `longest`; cheap for the texts that have not. */
export function isLongerThan(text: string, longest: number): boolean {
  return text.length > longest && countCharacters(text) > longest;
}

/** CR, LF, tab and every other character that does not print; none is allowed in any OCPI string (digest 5). */
export function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text);
}

/** Blank included, as in CiString and 2.1.1's string. */
export function isPrintableAscii(text: string): boolean {
  return !NOT_PRINTABLE_ASCII.test(text);
}

/** An empty text, or blanks alone; cheap for texts that begin with anything else. */
export function isBlank(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || (value.charCodeAt(0) === BLANK && value.trim() === ''));
}

/** What a credentials token may hold: U+0021 to U+007E, at least one (digest 3.2). */
export function isTokenText(text: string): boolean {
  return TOKEN_TEXT.test(text);
}
