import type { RawHeaders } from '../ocpi/raw-headers.ts';

/** Begins a text that is JSON: no header name can. */
const AS_JSON = '\0';

/**
 * Headers as one text: names and values in turn, a line each, which costs a fraction of JSON. What lines cannot hold
 * (a line feed, half a character) is written as JSON.
 */
export function headersToText(headers: RawHeaders): string {
  if (headers.length === 0) return '';
  let text = '';
  for (const [name, value] of headers) text += `${name}\n${value}\n`;
  let feeds = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) feeds++;
  const plain = feeds === 2 * headers.length && !text.startsWith(AS_JSON) && text.isWellFormed();
  return plain ? text : AS_JSON + JSON.stringify(headers);
}

export function headersFromText(text: string): RawHeaders {
  if (text === '') return [];
  if (text.startsWith(AS_JSON)) return JSON.parse(text.slice(1));
  const lines = text.split('\n');
  const headers: [string, string][] = [];
  for (let at = 0; at + 2 < lines.length; at += 2) headers.push([lines[at] ?? '', lines[at + 1] ?? '']);
  return headers;
}
