/**
 * A text with the escapes of one syntax undone, and for each position in it the position in the text it was made from.
 * A token is looked for in the view, and sealed in the text.
 */
export interface View {
  readonly text: string;
  /** Where the character at `index` began; for `index === text.length` where the text ended. */
  origin(index: number): number;
}

interface Escape {
  /** What an escape begins with. */
  readonly sign: string;
  /** Length of the escape that begins at `at`; 0 when none does. */
  lengthAt(text: string, at: number): number;
  /** The character it stands for. */
  meaningAt(text: string, at: number, length: number): string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const CONTROL: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const LETTERS = '/"\\\'nrtbf';
const HEX4 = /[0-9a-fA-F]{4}/y;
const HEX2 = /[0-9a-fA-F]{2}/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,3})|#x([0-9a-f]{1,2}));/iy;

function fits(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

// Whole pages of locations are written with `\/` by some partners: no regular expression for the usual letters.
const json: Escape = {
  sign: '\\',
  lengthAt: (text, at) => {
    const letter = text.charAt(at + 1);
    if (letter !== '' && LETTERS.includes(letter)) return 2;
    return letter === 'u' && fits(HEX4, text, at + 2) ? 6 : 0;
  },
  meaningAt: (text, at, length) => {
    if (length === 6) return String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16));
    const letter = text.charAt(at + 1);
    return CONTROL[letter] ?? letter;
  },
};
const percent: Escape = {
  sign: '%',
  lengthAt: (text, at) => (fits(HEX2, text, at + 1) ? 3 : 0),
  meaningAt: (text, at) => String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 3), 16)),
};
const html: Escape = {
  sign: '&',
  lengthAt: (text, at) => (fits(REFERENCE, text, at) ? REFERENCE.lastIndex - at : 0),
  meaningAt: (text, at, length) => {
    const [, name, decimal, hex] = /^&(?:([a-z]+)|#(\d+)|#x([0-9a-f]+));$/i.exec(text.slice(at, at + length)) ?? [];
    if (name) return NAMED[name.toLowerCase()] ?? '';
    return String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(hex ?? '0', 16));
  },
};

/**
 * The readings of a text in which a token may hide: JSON escapes (also of JSON quoted in JSON, twice), percent escapes (also
 * doubled), HTML references. Empty as a rule: most texts have none of the signs.
 */
export function unescapedViews(text: string): View[] {
  if (!text.includes('\\') && !text.includes('%') && !text.includes('&')) return [];
  const plain: View = { text, origin: index => index };
  const quoted = chain(plain, json, 3);
  const readings = [plain, ...quoted];
  return [...quoted, ...readings.flatMap(reading => [...chain(reading, percent, 2), ...chain(reading, html, 1)])];
}

function chain(start: View, syntax: Escape, most: number): View[] {
  const views: View[] = [];
  let view: View | undefined = start;
  for (let depth = 0; depth < most && view; depth++) {
    view = undo(view, syntax);
    if (view) views.push(view);
  }
  return views;
}

function undo({ text, origin }: View, { sign, lengthAt, meaningAt }: Escape): View | undefined {
  let at = text.indexOf(sign);
  const pieces: string[] = [];
  /** For the n-th escape: the view's position after it, and how much longer the text is up to there. */
  const after: number[] = [];
  const longer: number[] = [];
  let copied = 0;
  while (at >= 0) {
    const length = lengthAt(text, at);
    if (length > 0) {
      pieces.push(text.slice(copied, at), meaningAt(text, at, length));
      copied = at + length;
      const saved = (longer.at(-1) ?? 0) + length - 1;
      after.push(copied - saved);
      longer.push(saved);
    }
    at = text.indexOf(sign, at + Math.max(1, length));
  }
  if (after.length === 0) return undefined;
  pieces.push(text.slice(copied));
  return {
    text: pieces.join(''),
    origin: index => {
      let low = 0;
      let high = after.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((after[middle] ?? 0) <= index) low = middle + 1;
        else high = middle;
      }
      return origin(index + (longer[low - 1] ?? 0));
    },
  };
}

/** Half of a surrogate pair cannot be written so; it stands for nothing that a token holds. */
const percentEncoded = (text: string) => encodeURIComponent(text.toWellFormed());
const percentLower = (text: string) => percentEncoded(text).replace(/%../g, code => code.toLowerCase());
const jsonString = (text: string) => JSON.stringify(text).slice(1, -1);
const slashed = (text: string) => jsonString(text).replaceAll('/', '\\/');

/** Escapings a token may be written with again, by the name that a placeholder keeps; the first that fits is taken. */
const DRESSES: Readonly<Record<string, (text: string) => string>> = {
  json: jsonString,
  'json-slash': slashed,
  url: percentEncoded,
  'url-lower': percentLower,
  form: text => new URLSearchParams([['', text]]).toString().slice(1),
  'json-json': text => jsonString(jsonString(text)),
  'json-slash-json': text => jsonString(slashed(text)),
  'json-slash-slash': text => slashed(slashed(text)),
  'url-url': text => percentEncoded(percentEncoded(text)),
};

/** The name of the escaping that turns `plain` into `written`; `other` when it is none of those that are usual. */
export function dressOf(plain: string, written: string): string {
  for (const [name, dress] of Object.entries(DRESSES)) if (dress(plain) === written) return name;
  return 'other';
}

/** Escapes again by name. An escaping that was `other` is not repeatable: JSON's is used, which reads the same. */
export function dressAs(name: string, plain: string): string {
  return (Object.hasOwn(DRESSES, name) ? DRESSES[name]?.(plain) : undefined) ?? jsonString(plain);
}
