const TOKEN = /"(?:\\[\s\S]|[^"\\])*\\?"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Before these (nothing: the end of the text) no line begins. */
const ENDS = new Set(['}', ']', '']);

/**
 * JSON with a member or element a line. Only whitespace between tokens changes: numbers, strings, doubled members and
 * whatever is wrong with the text stay as they were sent. Works on text that is no JSON or was cut off, too.
 */
export function prettyJson(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  const parts: string[] = [];
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.max(0, depth))}`;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    const previous = tokens[at - 1] ?? '';
    const next = tokens[at + 1] ?? '';
    if (token === '{' || token === '[') {
      if (isWord(previous)) parts.push(' ');
      parts.push(token);
      depth += 1;
      if (!ENDS.has(next)) parts.push(line());
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (previous !== '{' && previous !== '[') parts.push(line());
      parts.push(token);
    } else if (token === ',') {
      parts.push(token, ENDS.has(next) ? '' : line());
    } else if (token === ':') {
      parts.push(next === '' ? ':' : ': ');
    } else {
      if (isWord(previous) || previous === '}' || previous === ']') parts.push(' ');
      parts.push(token);
    }
  }
  return parts.join('');
}

/** Two words beside each other (which no JSON has) must not become one. */
function isWord(token: string): boolean {
  return token !== '' && !'{}[],:'.includes(token);
}
