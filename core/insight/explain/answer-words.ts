import { shorten } from '../../ocpi/findings.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import type { Observed } from '../observed.ts';

/** What the answer says about itself, besides its codes. Refusals are short; a long body is no sentence. */
const LONGEST_READ = 64 * 1024;
const LONGEST_QUOTE = 200;
/** Where frameworks put what OCPI would say in status_message. */
const FIELDS = ['status_message', 'detail', 'message', 'error_description', 'error', 'title', 'description'] as const;

export interface AnswerWords {
  /** Shortened, without the full stop at its end; undefined where it says nothing. */
  readonly quote: string | undefined;
  /** The body is an OCPI envelope. */
  readonly envelope: boolean;
  /** `HTML`, `no JSON`, `JSON without status_code`, `no body`: what stands there instead. */
  readonly instead: string;
}

export function answerWords({ response }: Pick<Observed, 'response'>): AnswerWords {
  const nothing = { quote: undefined, envelope: false };
  if (response === undefined || response.length === 0) return { ...nothing, instead: 'no body' };
  const { text } = response;
  if (text === undefined) return { ...nothing, instead: 'a body that is no text' };
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) return { ...nothing, quote: titleOf(text), instead: 'HTML' };
  if (text.length > LONGEST_READ || response.shortened) {
    return { ...nothing, envelope: /"status_code"\s*:/.test(text), instead: 'a long body' };
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { ...nothing, quote: plainQuote(text), instead: 'no JSON' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { ...nothing, instead: 'no object' };
  const fields: Readonly<Record<string, unknown>> = { ...json };
  const envelope = fields['status_code'] !== undefined;
  const said = FIELDS.map(name => wordsOf(fields[name])).find(words => words !== undefined);
  return { quote: said === undefined ? undefined : quoted(said), envelope, instead: 'JSON without status_code' };
}

/** Seconds, or a date, as the header says it; undefined where there is none. */
export function retryAfter({ response }: Pick<Observed, 'response'>): string | undefined {
  const value = response === undefined ? undefined : headerValue(response.headers, 'retry-after');
  if (value === undefined || value.trim() === '') return undefined;
  return /^\s*\d+\s*$/.test(value) ? `${value.trim()} s` : `until ${shorten(value.trim(), 40)}`;
}

/** A text, or the first text in what frameworks nest below it: `{"detail": [{"loc": [...], "msg": "..."}]}`. */
function wordsOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value !== 'object' || value === null || depth > 2) return undefined;
  if (Array.isArray(value)) return wordsOf(value[0], depth + 1);
  const { msg, message, loc }: { msg?: unknown; message?: unknown; loc?: unknown } = value;
  const words = wordsOf(msg ?? message, depth + 1);
  return words !== undefined && Array.isArray(loc) ? `${loc.join('.')}: ${words}` : words;
}

function titleOf(html: string): string | undefined {
  const title = /<title[^>]*>([^<]{1,200})<\/title>/i.exec(html.slice(0, LONGEST_READ))?.[1]?.trim();
  return title === undefined || title === '' ? undefined : quoted(title);
}

function plainQuote(text: string): string | undefined {
  const words = text.trim();
  return words === '' || words.length > LONGEST_QUOTE ? undefined : quoted(words);
}

function quoted(text: string): string {
  return shorten(text.replace(/\s+/g, ' ').trim().replace(/\.$/, ''), LONGEST_QUOTE);
}
