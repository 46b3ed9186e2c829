import type { Draft, Message } from './draft.ts';
import { grouped, rangeOf } from './wire-words.ts';

const encoder = new TextEncoder();

/** The bytes of a message as it leaves, or begins to: what its steps leave out is not there. */
export function draftBytes({ message, steps, withheld }: Draft): Uint8Array {
  if (withheld) return new Uint8Array();
  const parts = steps.map(step => {
    if (step.do === 'head') return encoder.encode(headText(message));
    if (step.do === 'raw') return step.bytes;
    if (step.do !== 'body') return new Uint8Array();
    const { from, to } = rangeOf(step, message.body.length);
    return message.body.subarray(from, to);
  });
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Start line, header lines and the blank line behind them, as they stand on the wire. */
export function headText(message: Message): string {
  const lines = [startLine(message), ...message.headers.map(([name, value]) => `${name}: ${value}`)];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The request line has no host: it stands in a header line of its own. */
function startLine(message: Message): string {
  if (message.side === 'answer') return `HTTP/1.1 ${message.status} ${message.statusText}`.trimEnd();
  const url = URL.parse(message.url);
  return `${message.method} ${url === null ? message.url : `${url.pathname}${url.search}`} HTTP/1.1`;
}

/** Bytes of a message that are shown: of more of it nobody reads every one. Of those that are no text even fewer. */
const MOST_SHOWN = 256 * 1024;
const MOST_SPELLED = 16 * 1024;
const ORDINARY = /^(?:\r\n|[\n\t\x20-\u{fefe}\u{ff00}-\u{10ffff}])*$/u;
const PRINTABLE = /^[\n\t\x20-\u{10ffff}]$/u;

/** Bytes as text: line ends as a line feed, bytes that are no text as `\xNN`; of very many their beginning. */
export function bytesText(bytes: Uint8Array): string {
  const text = ordinaryText(bytes.subarray(0, MOST_SHOWN), bytes.length > MOST_SHOWN);
  if (text !== undefined) return text + restWords(bytes.length - MOST_SHOWN);
  return spelledOut(bytes.subarray(0, MOST_SPELLED)) + restWords(bytes.length - MOST_SPELLED);
}

function restWords(rest: number): string {
  return rest <= 0 ? '' : `\n... and ${grouped(rest)} bytes more`;
}

/** As most messages are: text without anything odd in it. `cut`: its last character may not be whole. */
function ordinaryText(bytes: Uint8Array, cut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
    return ORDINARY.test(text) ? text.replaceAll('\r\n', '\n') : undefined;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function spelledOut(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    const text = length === 0 ? undefined : decoder.decode(bytes.subarray(at, at + length));
    const isLineEnd = text === '\r' && bytes[at + 1] === 0x0a;
    if (!isLineEnd)
      pieces.push(
        text !== undefined && PRINTABLE.test(text) && text !== '\ufeff'
          ? text
          : escaped(bytes.subarray(at, at + (length || 1))),
      );
    at += length || 1;
  }
  return pieces.join('');
}

/** Bytes of the UTF-8 character that begins there; 0 where none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  const piece = bytes.subarray(at, at + length);
  if (length === 0 || piece.length < length) return 0;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece);
    return length;
  } catch (error) {
    if (error instanceof TypeError) return 0;
    throw error;
  }
}

function escaped(bytes: Uint8Array): string {
  return Array.from(bytes, byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
