/** What moves the cursor, colours what follows, or turns its direction: a file of somebody else's must not do that on a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text of a file on one line, with such characters written out: `\u001b`. */
export function plainText(text: string): string {
  return text.replace(CONTROL, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
