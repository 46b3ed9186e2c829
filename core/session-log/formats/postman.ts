import { decodeBody } from '../../http/bodies.ts';
import { placeholderRanges } from '../../http/placeholder.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import { bytesOf } from '../format/body.ts';
import type { ExchangeLine, LogBody } from '../format/records.ts';
import { absoluteUrl } from './absolute-url.ts';
import { type FormatContext, redactionSentence, type TextFormat } from './text-format.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
/** What Postman makes by itself; a length of before would be wrong as soon as a variable is filled in. */
const OWN_LINES = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'user-agent',
]);

interface Variable {
  readonly key: string;
  readonly value: string;
  readonly description: string;
}

/**
 * A Postman collection 2.1: a folder a link, whose requests have to come one after the other, each with the answer it got.
 * Origins and tokens are variables of the collection; those of tokens are empty.
 */
export function postmanFormat(context: FormatContext): TextFormat {
  const { title, release, linkName } = context;
  const variables = createVariables();
  let folder: string | undefined;
  let requests = 0;
  return {
    begin() {
      const description = [redactionSentence(context), `Written by OCPI Workbench ${release}.`];
      const info = {
        name: title === '' ? 'OCPI exchanges' : title,
        description: description.join(' ').trim(),
        schema: SCHEMA,
      };
      return `{"info":${JSON.stringify(info)},"item":[\n`;
    },
    exchange(line) {
      const name = line.link === undefined ? 'without a link' : (linkName(line.link) ?? `link ${line.link}`);
      const opens =
        folder === name ? '' : `${folder === undefined ? '' : '\n]},\n'}{"name":${JSON.stringify(name)},"item":[\n`;
      requests = opens === '' ? requests + 1 : 1;
      folder = name;
      return `${opens}${requests === 1 ? '' : ',\n'}${JSON.stringify(itemOf(line, variables))}`;
    },
    end: () => `${folder === undefined ? '' : '\n]}\n'}],"variable":${JSON.stringify(variables.all)}}\n`,
  };
}

interface Variables {
  readonly all: readonly Variable[];
  /** The text with variables in the place of tokens. */
  tokens(text: string): string;
  origin(origin: string): string;
}

function createVariables(): Variables {
  const all: Variable[] = [];
  const named = new Map<string, string>();
  const counts = { origin: 0, token: 0 };
  const variable = (kind: 'origin' | 'token', of: string, value: string, description: string): string => {
    const key = `${kind} ${of}`;
    let name = named.get(key);
    if (name === undefined) {
      counts[kind] += 1;
      name = counts[kind] === 1 ? kind : `${kind}_${counts[kind]}`;
      named.set(key, name);
      all.push({ key: name, value, description });
    }
    return `{{${name}}}`;
  };
  return {
    all,
    origin: origin =>
      variable('origin', origin, origin, 'Where these requests went; change it to send them elsewhere.'),
    tokens(text) {
      let filled = '';
      let copied = 0;
      for (const { start, end } of placeholderRanges(text)) {
        const placeholder = text.slice(start, end);
        filled += text.slice(copied, start);
        filled += variable(
          'token',
          placeholder,
          '',
          `The token ${placeholder.slice('{token:'.length, -1)} (id, form, length), as it was written.`,
        );
        copied = end;
      }
      return filled + text.slice(copied);
    },
  };
}

function itemOf(line: ExchangeLine, variables: Variables): object {
  const request = requestOf(line, variables);
  const { response } = line;
  const name = `${line.operation}: ${line.request.method} ${line.request.url.replace(/^https?:\/\/[^/]*/i, '').split('?', 1)[0]}`;
  const answer = response && {
    name: `${response.status} ${response.statusText}`.trim(),
    originalRequest: request,
    status: response.statusText,
    code: response.status,
    _postman_previewlanguage: isJson(response.headers) ? 'json' : 'text',
    header: headersOf(response.headers, variables),
    cookie: [],
    body: textOf(response.body, response.headers),
  };
  return { name, request, response: answer === undefined ? [] : [answer] };
}

function requestOf(line: ExchangeLine, variables: Variables): object {
  const { method, headers, body } = line.request;
  const url = new URL(absoluteUrl(line));
  const origin = variables.origin(url.origin);
  const query = [...url.searchParams].map(([key, value]) => ({ key, value: variables.tokens(value) }));
  const path = url.pathname
    .split('/')
    .slice(1)
    .map(part => variables.tokens(decoded(part)));
  const raw = variables.tokens(`${decoded(url.pathname)}${decoded(url.search)}`);
  return {
    method: method === '' ? 'GET' : method,
    header: headersOf(
      headers.filter(([name]) => !OWN_LINES.has(name.toLowerCase())),
      variables,
    ),
    ...(body === undefined
      ? {}
      : {
          body: {
            mode: 'raw',
            raw: variables.tokens(textOf(body, headers)),
            options: { raw: { language: isJson(headers) ? 'json' : 'text' } },
          },
        }),
    url: { raw: `${origin}${raw}`, host: [origin], path, ...(query.length === 0 ? {} : { query }) },
  };
}

function headersOf(headers: RawHeaders, variables: Variables): { key: string; value: string }[] {
  return headers.map(([key, value]) => ({ key, value: variables.tokens(value) }));
}

/** What is no text is told by its length: a collection holds texts only. */
function textOf(body: LogBody | undefined, headers: RawHeaders): string {
  if (body === undefined) return '';
  const bytes = bytesOf(body);
  const { text } = decodeBody(bytes, headers);
  return text ?? body.text ?? `(${body.length ?? bytes.length} bytes that are no text)`;
}

function isJson(headers: RawHeaders): boolean {
  return /json/i.test(headerValue(headers, 'content-type') ?? '');
}

/** Braces of placeholders are escaped in URLs that were parsed. */
function decoded(text: string): string {
  return text.replaceAll(/%7B(token:[^%]*)%7D/gi, '{$1}');
}
