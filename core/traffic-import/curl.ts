import { type CurlOption, curlOptions } from './curl-options.ts';
import { type FileRead, shownUrl, skipped, type Told } from './file-read.ts';
import { textBytes } from './json-fields.ts';
import { printed } from './printf.ts';
import { type ShellCommand, shellCommands } from './shell-words.ts';

/** True for a text in which a curl command stands at the beginning of a line or behind a pipe. */
export function holdsCurl(text: string): boolean {
  return /(?:^|[\n|;&])[ \t]*(?:[$%>#][ \t]+)?curl(?:\.exe)?[ \t\\]/.test(text);
}

/**
 * curl commands as browsers copy them and as documentation shows them: requests alone, there is no answer. Other commands
 * are passed over, but for a `printf` or `echo` that hands its text to a curl.
 */
export function readCurl(text: string): FileRead {
  return { ok: true, format: 'curl', entries: told(shellCommands(text)) };
}

function* told(commands: readonly ShellCommand[]): Generator<Told> {
  for (const [at, command] of commands.entries()) {
    const start = command.words.findIndex(word => /^(?:.*\/)?curl(?:\.exe)?$/.test(word));
    // A prompt or `sudo` before it is nothing of the command's.
    if (start < 0 || start > 2) continue;
    const before = commands[at - 1];
    const input = before?.piped ? printed(before.words) : command.input;
    yield* readCommand(curlOptions(command.words.slice(start + 1)), { where: `line ${command.line}`, input });
  }
}

interface CommandContext {
  readonly where: string;
  /** On standard input, where that is known. */
  readonly input: string | Uint8Array | undefined;
}

function* readCommand(options: readonly CurlOption[], { where, input }: CommandContext): Generator<Told> {
  const values = (...names: string[]) => options.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  const urls = values('url');
  if (urls.length === 0) {
    yield skipped(where, 'the command names no URL');
    return;
  }
  if (values('form', 'form-string').length > 0) yield skipped(where, 'forms of several parts (-F) are not read');
  else if (values('upload-file').length > 0) yield skipped(where, 'the file it uploads (-T) is not here');
  else if (values('config').length > 0) yield skipped(where, 'the file with its options (-K) is not here');
  else {
    const data = dataOf(options, input);
    for (const url of urls) {
      yield typeof data === 'string' ? skipped(where, data) : exchangeOf({ options, values, data, url, where });
    }
  }
}

interface CurlParts {
  readonly options: readonly CurlOption[];
  readonly values: (...names: string[]) => string[];
  readonly data: Uint8Array | undefined;
  readonly url: string;
  readonly where: string;
}

function exchangeOf({ options, values, data, url, where }: CurlParts): Told {
  const has = (name: string) => options.some(option => option.name === name);
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  if (!/^https?:\/\//i.test(absolute) || !URL.canParse(absolute))
    return skipped(where, `"${shownUrl(url)}" is no HTTP URL`);
  const asQuery = has('get') && data !== undefined ? Buffer.from(data).toString('utf8') : undefined;
  const query = [
    ...values('url-query').map(urlencoded),
    ...(asQuery === undefined || asQuery === '' ? [] : [asQuery]),
  ].join('&');
  const body = has('get') ? undefined : data;
  const method = values('request').at(-1) ?? (has('head') ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  return {
    ok: true,
    exchange: {
      where,
      direction: 'out',
      request: {
        method,
        url: query === '' ? absolute : withQuery(absolute, query),
        headers: headersOf(values, { hasBody: body !== undefined, json: has('json'), compressed: has('compressed') }),
        ...(body === undefined ? {} : { body }),
      },
    },
  };
}

function withQuery(url: string, query: string): string {
  const bare = url.replace(/#.*$/, '');
  return `${bare}${!bare.includes('?') ? '?' : /[?&]$/.test(bare) ? '' : '&'}${query}`;
}

/** Lines of `-H` in order, then those that other options stand for where no line says otherwise. */
function headersOf(
  values: CurlParts['values'],
  { hasBody, json, compressed }: { hasBody: boolean; json: boolean; compressed: boolean },
): [string, string][] {
  const stated = new Set<string>();
  const lines = values('header').flatMap((line): [string, string][] => {
    const emptied = /^([^:;\s]+);\s*$/.exec(line)?.[1];
    const colon = line.indexOf(':');
    const name = emptied ?? (colon > 0 ? line.slice(0, colon).trim() : undefined);
    if (name === undefined) return [];
    stated.add(name.toLowerCase());
    const value = emptied === undefined ? line.slice(colon + 1).trim() : '';
    // `-H 'Accept:'` takes curl's own line away.
    return emptied === undefined && value === '' ? [] : [[name, value]];
  });
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !stated.has(name.toLowerCase())) lines.push([name, value]);
  };
  const user = values('user').at(-1);
  const bearer = values('oauth2-bearer').at(-1);
  const cookies = values('cookie').filter(cookie => cookie.includes('='));
  add(
    'Authorization',
    bearer === undefined ? user && `Basic ${Buffer.from(user).toString('base64')}` : `Bearer ${bearer}`,
  );
  add('User-Agent', values('user-agent').at(-1));
  add(
    'Referer',
    values('referer')
      .at(-1)
      ?.replace(/;auto$/, ''),
  );
  add('Cookie', cookies.length === 0 ? undefined : cookies.join('; '));
  add(
    'Range',
    values('range')
      .map(range => `bytes=${range}`)
      .at(-1),
  );
  if (json) add('Accept', 'application/json');
  if (compressed) add('Accept-Encoding', 'deflate, gzip, br, zstd');
  if (hasBody) add('Content-Type', json ? 'application/json' : 'application/x-www-form-urlencoded');
  return lines;
}

const DATA = ['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json'];

/** All pieces of data, joined as curl joins them; a text says why they are not known. */
function dataOf(options: readonly CurlOption[], input: CommandContext['input']): Uint8Array | string | undefined {
  const pieces = options.filter(({ name }) => DATA.includes(name));
  if (pieces.length === 0) return undefined;
  const parts: Uint8Array[] = [];
  let before: string | undefined;
  for (const { name, value } of pieces) {
    const joint = before === undefined || name === 'json' ? '' : '&';
    before = name;
    if (joint !== '') parts.push(textBytes(joint));
    if (name === 'data-urlencode') parts.push(textBytes(urlencoded(value)));
    else if (name === 'data-raw' || !value.startsWith('@')) parts.push(textBytes(value));
    else if (value === '@-' && input !== undefined) {
      const bytes = typeof input === 'string' ? textBytes(input) : input;
      const whole = name === 'data-binary' || name === 'json';
      parts.push(
        whole
          ? bytes
          : textBytes(
              Buffer.from(bytes)
                .toString('utf8')
                .replaceAll(/[\r\n\0]/g, ''),
            ),
      );
    } else return `its body stands in ${value === '@-' ? 'what is piped into it' : value.slice(1)}, which is not here`;
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** `content`, `=content`, `name=content`: the content is encoded. */
function urlencoded(value: string): string {
  const equals = value.indexOf('=');
  const name = equals > 0 ? `${value.slice(0, equals)}=` : '';
  return name + encodeURIComponent(value.slice(equals + 1));
}
