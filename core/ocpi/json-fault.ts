/** Where a text stops being JSON. Lines and columns count from 1, columns in UTF-16 units. */
export interface JsonFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** What stands there: a character, or the end of the text. */
  readonly met: string;
  readonly expected: string;
}

const BLANK = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids unescaped control characters in strings
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /[^\s,:{}[\]"]/;

/**
 * The first place where a text breaks the grammar of JSON; undefined when it does not. `JSON.parse` tells a place in some
 * engines only, and in their own words. Works without recursion, so nesting may be as deep as the text is long.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let due: 'value' | 'value or ]' | 'name' | 'name or }' | 'after' = 'value';
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const fault = (expected: string) => describe(text, at, expected);
  // Run by run: one expression for a whole string runs out of stack in one of some megabytes.
  const string = (expected: string): JsonFault | undefined => {
    if (text[at] !== '"') return fault(expected);
    at++;
    for (;;) {
      match(PLAIN);
      const next = text[at];
      if (next === undefined) return fault('the end of the string');
      if (next === '\\') {
        if (!match(ESCAPE)) return fault('a valid escape');
      } else if (next === '"') {
        at++;
        return undefined;
      } else return fault('an escaped control character');
    }
  };
  for (;;) {
    match(BLANK);
    const next = text[at];
    if (due === 'after') {
      const inside = open.at(-1);
      if (inside === undefined) return next === undefined ? undefined : fault('the end of the text');
      if (next === ',') {
        at++;
        due = inside === '{' ? 'name' : 'value';
      } else if (next === (inside === '{' ? '}' : ']')) {
        at++;
        open.pop();
      } else return fault(inside === '{' ? ', or }' : ', or ]');
    } else if (due === 'name' || due === 'name or }') {
      if (due === 'name or }' && next === '}') {
        at++;
        open.pop();
        due = 'after';
        continue;
      }
      const wrong = string(due === 'name' ? 'a name in double quotes' : 'a name in double quotes or }');
      if (wrong) return wrong;
      match(BLANK);
      if (text[at] !== ':') return fault(':');
      at++;
      due = 'value';
    } else if (next === '{' || next === '[') {
      at++;
      open.push(next);
      due = next === '{' ? 'name or }' : 'value or ]';
    } else if (due === 'value or ]' && next === ']') {
      at++;
      open.pop();
      due = 'after';
    } else if (next === '"') {
      const wrong = string('a string');
      if (wrong) return wrong;
      due = 'after';
    } else {
      const start = at;
      if (!match(SCALAR) || WORD.test(text[at] ?? ' ')) {
        at = start;
        return fault(due === 'value' ? 'a value' : 'a value or ]');
      }
      due = 'after';
    }
  }
}

function describe(text: string, offset: number, expected: string): JsonFault {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const character = text[offset];
  const met = character === undefined ? 'the end of the text' : JSON.stringify(character);
  return { offset, line, column, met, expected };
}
