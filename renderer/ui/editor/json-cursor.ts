/** Where in a JSON text the cursor is; the text need not be whole. */
export interface JsonCursor {
  /** To the value the cursor is at; within a member's name, to that member; between members, to their object. */
  readonly path: readonly (string | number)[];
  /** `name`: a member's name is, or may be, written here; `value`: a value; `none`: neither. */
  readonly role: 'name' | 'value' | 'none';
  /** What is written of it up to the cursor, without quotes. */
  readonly typed: string;
  /** What a completion takes the place of. */
  readonly from: number;
  readonly to: number;
  /** Names of the object a name stands in, without this one. */
  readonly present: readonly string[];
  /** A name that is followed by its colon already. */
  readonly colon: boolean;
  /** Behind the value before, where a comma is missing there. */
  readonly commaAt?: number;
  /** True where another member or element follows without a comma. */
  readonly commaAfter: boolean;
}

/** A string ends with its line, whatever its quotes say: what is being typed does not swallow what follows. */
const TOKEN = /"(?:\\.|[^"\\\n])*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** What is safe to replace whole: anything else may have swallowed what follows on its line. */
const WHOLE = /^(?:"[\w-]*"|[\w-]+)$/;

interface Token {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

interface Open {
  readonly list: boolean;
  readonly names: string[];
  /** Of the member that was named last. */
  name: string | undefined;
  index: number;
  awaits: 'name' | 'colon' | 'value' | 'comma';
  /** Behind the value that came last. */
  ended: number;
}

/** Tolerates any text: of what is broken, only the line it stands in is misread. Costs one pass over the text. */
export function jsonCursor(text: string, offset: number): JsonCursor {
  const tokens = tokensOf(text);
  const open: Open[] = [];
  let next = 0;
  for (; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (token === undefined || token.to > offset || (token.to === offset && isWord(token))) break;
    take(open, token);
  }
  const found = tokens[next];
  const within = found !== undefined && isWord(found) && found.from <= offset ? found : undefined;
  const at = open.at(-1);
  const following = tokens.slice(within === undefined ? next : next + 1);
  const place = placeOf(open, at, within, following);
  const begun = within === undefined ? '' : text.slice(within.from, offset);
  return {
    ...place,
    typed: begun.replace(/^"/, '').replace(/"$/, ''),
    from: within?.from ?? offset,
    to: within !== undefined && WHOLE.test(within.text) ? within.to : offset,
    present: at === undefined || at.list ? [] : namesOf(at, following),
    colon: following[0]?.text === ':',
    commaAfter: wantsComma(following),
  };
}

function placeOf(
  open: readonly Open[],
  at: Open | undefined,
  within: Token | undefined,
  following: readonly Token[],
): Pick<JsonCursor, 'path' | 'role' | 'commaAt'> {
  const path = open.slice(0, -1).map(stepOf);
  if (at === undefined) return { path, role: within === undefined ? 'none' : 'value' };
  if (!at.list && (at.awaits === 'name' || (at.awaits === 'comma' && following[0]?.text !== ':'))) {
    const missing = at.awaits === 'comma' ? { commaAt: at.ended } : {};
    return { path: within === undefined ? path : [...path, unquoted(within.text)], role: 'name', ...missing };
  }
  const role = at.awaits === 'value' ? 'value' : 'none';
  return { path: [...path, stepOf(at)], role };
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({
    text: token,
    from: index,
    to: index + token.length,
  }));
}

function take(open: Open[], { text, to }: Token): void {
  const at = open.at(-1);
  if (text === '{' || text === '[') {
    const list = text === '[';
    open.push({ list, names: [], name: undefined, index: 0, awaits: list ? 'value' : 'name', ended: to });
  } else if (text === '}' || text === ']') {
    open.pop();
    const around = open.at(-1);
    if (around !== undefined) end(around, to);
  } else if (at === undefined) return;
  else if (text === ',') {
    if (at.list) at.index += 1;
    at.awaits = at.list ? 'value' : 'name';
  } else if (text === ':') at.awaits = 'value';
  else if (!at.list && at.awaits !== 'value') {
    at.name = unquoted(text);
    at.names.push(at.name);
    at.awaits = 'colon';
  } else end(at, to);
}

function end(at: Open, to: number): void {
  at.awaits = 'comma';
  at.ended = to;
}

function stepOf({ list, index, name }: Open): string | number {
  return list ? index : (name ?? '');
}

/** The names of an object: those before the cursor, and those that follow until it is closed. */
function namesOf(at: Open, following: readonly Token[]): string[] {
  const names = [...at.names];
  let depth = 0;
  for (const [place, { text }] of following.entries()) {
    if (text === '{' || text === '[') depth += 1;
    else if (text === '}' || text === ']') {
      if (depth === 0) break;
      depth -= 1;
    } else if (depth === 0 && text.startsWith('"') && following[place + 1]?.text === ':') names.push(unquoted(text));
  }
  return names;
}

function wantsComma([first, second]: readonly Token[]): boolean {
  if (first === undefined) return false;
  if (first.text === '{' || first.text === '[') return true;
  return isWord(first) && (second?.text === ':' || second?.text === ',');
}

function isWord({ text }: Token): boolean {
  return !'{}[],:'.includes(text);
}

/** A name or text without its quotes, also where one of them is missing. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^"/, '').replace(/"$/, '');
  }
}
