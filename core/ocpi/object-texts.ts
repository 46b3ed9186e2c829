import { cutElements, cutJson } from './json-cut.ts';
import { isJsonObject } from './json-value.ts';
import { receiveJson, receiveText } from './received.ts';

/** The objects of a document, each as it stands in the text, or why it holds none: a sentence without a full stop. */
export type ObjectTexts =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** One object, a list, an answer's envelope around either, or JSON lines of any of them. */
export function objectTexts(document: string | Uint8Array): ObjectTexts {
  const received = typeof document === 'string' ? document : receiveText(document).text;
  const text = received.replace(/^\ufeff/, '').trim();
  const whole = readValue(text);
  if (whole.ok || !/\n/.test(text)) return whole;
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const texts: string[] = [];
  for (const [at, line] of lines.entries()) {
    const read = readValue(line.trim());
    // What is not even JSON at its beginning is one document that is broken.
    if (!read.ok)
      return at === 0 ? whole : { ok: false, reason: `in line ${at + 1} of those that hold something: ${read.reason}` };
    texts.push(...read.texts);
  }
  return { ok: true, texts };
}

function readValue(text: string): ObjectTexts {
  const { view, findings } = receiveJson(text);
  if (view === undefined) return { ok: false, reason: `it is not JSON: ${findings.at(-1)?.met ?? 'unreadable'}` };
  if (Array.isArray(view)) return { ok: true, texts: cutElements(text) };
  if (!isJsonObject(view)) return { ok: false, reason: 'it holds neither an object nor a list' };
  if (view['status_code'] === undefined || view['data'] === undefined) return { ok: true, texts: [text] };
  const data = cutJson(text, '/data') ?? '';
  return Array.isArray(view['data']) ? { ok: true, texts: cutElements(data) } : { ok: true, texts: [data] };
}
