import { createHmac } from 'node:crypto';

/** Bytes that look random and are always the same for a text: an HMAC under the file's key, in blocks of 32. */
export type Draw = () => number;

const ASCII = /^[\0-\x7f]*$/;
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
/** Two bytes in UTF-8, in upper case too. */
const TWO_BYTES = 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüý';
/** First characters of blocks that hold nothing but letters, of three and of four bytes. */
const THREE_BYTES = 0x4e00;
const FOUR_BYTES = 0x20000;
const BLOCK = 0x5000;

export function drawer(key: string, text: string, attempt: number): Draw {
  let block = 0;
  let bytes = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === bytes.length) {
      bytes = createHmac('sha256', key).update(`${attempt} ${block++} ${text}`).digest();
      at = 0;
    }
    return bytes[at++] ?? 0;
  };
}

/**
 * The form under which values are the same: without regard to case (CiString), as long as the case makes no difference for the
 * length, in UTF-16 and in UTF-8.
 */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let made = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    made += lower.length === character.length && width(lower) === width(character) ? lower : character;
  }
  return made;
}

/** Whether there is anything in a text that a pseudonym could differ in. */
export function hasLetters(text: string): boolean {
  return LETTER_OR_NUMBER.test(text);
}

/**
 * Another text of the same shape: digits for digits, letters for letters of as many bytes, everything else as it is. `text` is
 * folded. What does not begin with a zero still does not, and what reads as a hexadecimal number still does.
 */
export function reshaped(text: string, draw: Draw): string {
  const hexadecimal = isHexadecimal(text);
  let made = '';
  let begun = false;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x30 && code <= 0x39) {
      made += begun || code === 0x30 ? draw() % 10 : 1 + (draw() % 9);
      begun = true;
    } else if (code >= 0x61 && code <= 0x7a) {
      made += String.fromCharCode(0x61 + (draw() % (hexadecimal ? 6 : 26)));
      begun = true;
    } else made += code < 0x80 ? character : otherLetter(character, draw);
  }
  return made;
}

function otherLetter(character: string, draw: Draw): string {
  if (!LETTER_OR_NUMBER.test(character)) return character;
  const bytes = width(character);
  if (bytes === 2) return TWO_BYTES[draw() % TWO_BYTES.length] ?? character;
  return String.fromCodePoint((bytes === 3 ? THREE_BYTES : FOUR_BYTES) + (((draw() << 8) | draw()) % BLOCK));
}

function isHexadecimal(text: string): boolean {
  return /^[0-9a-f:. -]*$/.test(text) && /[0-9]/.test(text);
}

/** Bytes of a character in UTF-8. */
function width(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** A pseudonym in the case in which the value stands at a place. */
export function inCaseOf(pseudonym: string, written: string): string {
  let made = '';
  let at = 0;
  for (const character of pseudonym) {
    const original = written.slice(at, at + character.length);
    made += original !== '' && isUpper(original) ? upper(character) : character;
    at += character.length;
  }
  return made;
}

function isUpper(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80) return code >= 0x41 && code <= 0x5a;
  return folded(character) !== character;
}

function upper(character: string): string {
  const written = character.toUpperCase();
  return written.length === character.length && width(written) === width(character) ? written : character;
}
