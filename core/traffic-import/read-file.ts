import { jsonFault } from '../ocpi/json-fault.ts';
import { holdsCurl, readCurl } from './curl.ts';
import { type BadFile, badFile, type FileRead, type TrafficFormat } from './file-read.ts';
import { isHar, readHar } from './har.ts';
import { readJsonLines, readJsonValues } from './json-lines.ts';

const KINDS = 'A HAR file (browsers: network tab, export), curl commands, or exchanges as JSON can be imported.';
/** NUL, and the sign for what is no UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BINARY = /[\u0000\ufffd]/;
const LOOKED_AT = 4096;

/** Recorded traffic in a text, of the format said or of the one it shows. Never throws. */
export function readTraffic(given: string, format: TrafficFormat | 'auto'): FileRead {
  const text = given.charCodeAt(0) === 0xfeff ? given.slice(1) : given;
  if (text.trim() === '') return badFile('it is empty', KINDS);
  if (BINARY.test(text.slice(0, LOOKED_AT))) {
    return badFile('it is no text but binary data', `${KINDS} Unpack it first if it is compressed.`);
  }
  if (format === 'curl') {
    return holdsCurl(text) ? readCurl(text) : badFile('there is no curl command in it', 'A command begins with curl.');
  }
  if (format === 'har') return wholeHar(text);
  if (format === 'jsonl') return asJson(text);
  if (/^\s*[[{]/.test(text)) return asJson(text);
  if (holdsCurl(text)) return readCurl(text);
  const seems = /^\s*<(?:!doctype|html|\?xml)/i.test(text)
    ? 'it is HTML or XML'
    : 'it is none of the formats that are read';
  return badFile(seems, KINDS);
}

/** Any JSON: a HAR, one object, a list, or a value on each line. */
function asJson(text: string): FileRead {
  const json = parsed(text);
  if (json.ok) return isHar(json.value) ? readHar(json.value) : values(json.value);
  const firstLine = /^\s*([^\n]*)/.exec(text)?.[1] ?? '';
  return parsed(firstLine).ok ? readJsonLines(text) : cut(text);
}

function values(json: unknown): FileRead {
  if (Array.isArray(json) && json.length === 0) return badFile('its list is empty', KINDS);
  return readJsonValues(Array.isArray(json) ? json : [json]);
}

function wholeHar(text: string): FileRead {
  const json = parsed(text);
  if (!json.ok) return cut(text);
  return isHar(json.value)
    ? readHar(json.value)
    : badFile('it is JSON but no HAR: there is no list log.entries', KINDS);
}

function cut(text: string): BadFile {
  const fault = jsonFault(text);
  if (fault === undefined) return badFile('its JSON is nested too deeply', KINDS);
  const place = `line ${fault.line}, column ${fault.column}: ${fault.met} where ${fault.expected} is due`;
  const ends = fault.offset >= text.length;
  return badFile(
    `its JSON ${ends ? 'ends too early' : 'is broken'} at ${place}`,
    ends ? 'It was cut: save or copy it again.' : 'Correct that place, or save it again.',
  );
}

function parsed(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}
