import type { CurlCommand } from '../contract/exchange.ts';
import { placeholderRanges, readPlaceholder } from '../http/placeholder.ts';
import type { WireRequest } from '../http/wire.ts';
import { headerValue, type RawHeaders } from '../ocpi/raw-headers.ts';

/** One argument of a command is at most 128 KiB on Linux; what a shell's own `printf` is given has no such bound. */
const LONGEST_ARGUMENT = 96 * 1024;
/** Bodies over this make curl ask with `Expect: 100-continue` first. */
const EXPECTS_FROM = 1024 * 1024;
/** What curl or the connection makes by itself. */
const OWN_LINES = new Set(['content-length', 'connection', 'transfer-encoding', 'expect', 'proxy-authorization']);
/** What curl adds where nobody says otherwise. */
const ADDED = ['Accept', 'User-Agent'];

/**
 * A command for any POSIX shell whose curl sends the same request: method, URL, header lines in order, body bytes. Where
 * `{token:...}` stands, a variable stands instead. `url` is absolute. `variables`: those of the commands before it in a
 * script; new ones are added to them.
 */
export function curlCommand(
  { method, url, headers, body }: WireRequest,
  variables: CurlCommand['variables'] = [],
): CurlCommand {
  const variableOf = (placeholder: string): string => {
    const { id: tokenId, form } = readPlaceholder(placeholder) ?? { id: placeholder, form: 'raw' };
    const known = variables.find(one => one.tokenId === tokenId && one.form === form);
    if (known !== undefined) return known.name;
    const name = variables.length === 0 ? 'OCPI_TOKEN' : `OCPI_TOKEN_${variables.length + 1}`;
    variables.push({ name, tokenId, form });
    return name;
  };
  const quoted = (text: string, quote = singleQuoted) =>
    parts(text)
      .map(({ text: part, token }) => (token ? `"$${variableOf(part)}"` : quote(part)))
      .join('') || "''";

  const bodyText = textOf(body);
  const head = method === 'HEAD' && body.length === 0;
  const hasData = body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
  const piped = hasData && (bodyText === undefined || body.length > LONGEST_ARGUMENT);
  const words = [
    ...(head ? ['--head'] : method === 'GET' && !hasData ? [] : [`-X ${quoted(method)}`]),
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/\.{1,2}(?:[/?#]|$)/.test(url) ? ['--path-as-is'] : []),
    quoted(url),
    ...headerLines(headers, { url, body, hasData }).map(line => `-H ${quoted(line, quotedBytes)}`),
    ...(piped ? ['--data-binary @-'] : hasData ? [`--data-raw ${quoted(bodyText ?? '')}`] : []),
  ];
  const curl = `curl ${words.join(' \\\n  ')}`;
  if (!piped) return { command: curl, variables };
  const text = bodyText === undefined ? printfOf(body, variableOf) : `printf %s ${quoted(bodyText)}`;
  return { command: `${text} |\n${curl}`, variables };
}

/** Lines for `-H`: an empty value is written with a semicolon, a line that curl would add is taken away with a colon. */
function headerLines(
  headers: RawHeaders,
  { url, body, hasData }: Pick<WireRequest, 'url' | 'body'> & { readonly hasData: boolean },
): string[] {
  const host = URL.parse(url)?.host;
  const lines = headers.flatMap(([name, value]) => {
    const key = name.toLowerCase();
    if (OWN_LINES.has(key) || (key === 'host' && value.toLowerCase() === host)) return [];
    return [value === '' ? `${name};` : `${name}: ${value}`];
  });
  const added = [...ADDED, ...(hasData ? ['Content-Type'] : [])];
  const absent = added.filter(name => headerValue(headers, name) === undefined);
  if (body.length > EXPECTS_FROM) absent.push('Expect');
  return [...lines, ...absent.map(name => `${name}:`)];
}

function parts(text: string): { readonly text: string; readonly token: boolean }[] {
  const found: { text: string; token: boolean }[] = [];
  let copied = 0;
  for (const { start, end } of placeholderRanges(text)) {
    if (start > copied) found.push({ text: text.slice(copied, start), token: false });
    found.push({ text: text.slice(start, end), token: true });
    copied = end;
  }
  if (copied < text.length) found.push({ text: text.slice(copied), token: false });
  return found;
}

/** Header lines are held a character a byte; the shell's text is UTF-8, so bytes that are none are written by `printf`. */
function quotedBytes(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return singleQuoted(text);
  const bytes = Buffer.from(text, 'latin1');
  const utf8 = textOf(bytes);
  return utf8 === undefined ? `"$(${printfOf(bytes, () => '')})"` : singleQuoted(utf8);
}

/** Plain words stay plain; a quote is written as `'\''`. */
function singleQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A shell can hold it as a word: UTF-8 without NUL. Undefined for anything else. */
function textOf(body: Uint8Array): string | undefined {
  if (body.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Any bytes, as a format of `printf` with octal escapes: ASCII that needs none stays readable. */
function printfOf(body: Uint8Array, variableOf: (placeholder: string) => string): string {
  const values: string[] = [];
  const format = parts(Buffer.from(body).toString('latin1'))
    .map(({ text, token }) => {
      if (!token) return text.replaceAll(/[^\x20-\x7e]|[\\'%]/g, escaped);
      values.push(` "$${variableOf(text)}"`);
      return '%s';
    })
    .join('')
    // A format that begins with a dash is taken for an option.
    .replace(/^-/, escaped);
  return `printf '${format}'${values.join('')}`;
}

function escaped(character: string): string {
  if (character === '%') return '%%';
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
