/** Letters that are no base letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  œ: 'oe',
  '–': '-',
};

const BEYOND_ASCII = /[^\x20-\x7e]/;

/** The same text in printable ASCII, which is all that strings of 2.1.1 may hold (digest 5). */
export function toAscii(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/g, letter => LETTERS[letter] ?? '?');
}
