const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([abfnrtv\\"'e]))|%(%|s|b)/g;
const CONTROL: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  e: '\x1b',
};

/** What `printf` or `echo` writes; undefined for any other command, and for a format that is more than text and `%s`. */
export function printed(words: readonly string[]): Uint8Array | undefined {
  const [command, ...given] = words;
  if (command === 'echo') {
    const plain = given[0] === '-n';
    return new Uint8Array(Buffer.from(given.slice(plain ? 1 : 0).join(' ') + (plain ? '' : '\n')));
  }
  if (command !== 'printf' || given.length === 0) return undefined;
  const [format = '', ...values] = given[0] === '--' ? given.slice(1) : given;
  if (/%[^%sb]/.test(format.replaceAll('%%', ''))) return undefined;
  const pieces: Buffer[] = [];
  // The format is used again and again until every value is written.
  do pieces.push(once(format, values));
  while (values.length > 0 && /%[sb]/.test(format.replaceAll('%%', '')));
  return new Uint8Array(Buffer.concat(pieces));
}

function once(format: string, values: string[]): Buffer {
  const pieces: Buffer[] = [];
  let copied = 0;
  for (const match of format.matchAll(ESCAPE)) {
    pieces.push(Buffer.from(format.slice(copied, match.index)));
    copied = match.index + match[0].length;
    const [, octal, hex, letter, directive] = match;
    if (octal !== undefined) pieces.push(Buffer.of(Number.parseInt(octal, 8) & 0xff));
    else if (hex !== undefined) pieces.push(Buffer.of(Number.parseInt(hex, 16)));
    else if (letter !== undefined) pieces.push(Buffer.from(CONTROL[letter] ?? letter));
    else pieces.push(Buffer.from(directive === '%' ? '%' : (values.shift() ?? '')));
  }
  pieces.push(Buffer.from(format.slice(copied)));
  return Buffer.concat(pieces);
}
