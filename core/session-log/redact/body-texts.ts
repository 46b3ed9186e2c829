import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { contentCodings, decodeBody } from '../../http/bodies.ts';
import { headerValue, type RawHeaders } from '../../ocpi/raw-headers.ts';
import type { LogBody } from '../format/records.ts';

/** A body's text, and how a changed one becomes the body again; or why nobody can look into it. */
export type Readable =
  | { readonly text: string; write(text: string): LogBody }
  | { readonly leftOut: string }
  | { readonly empty: true };

/** More than this does not come out of a packed body. */
const DECODED_LIMIT = 64 * 1024 * 1024;
/** What is no text: control characters but blanks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this is for
const BINARY = /[\u0000-\u0008\u000e-\u001f\u007f]/;
/** Bytes that are no UTF-8 stand for themselves in the text, as halves of surrogate pairs that UTF-8 never has. */
const ESCAPED = 0xdc00;

/** Reads what a log line has of a body. `cut`: only the beginning of it is there. */
export function readBody({ text, base64, length }: LogBody, headers: RawHeaders): Readable {
  const beside = length === undefined ? {} : { length };
  if (text !== undefined) {
    if (text === '') return { empty: true };
    // Only a text with zeros in it can be UTF-16 that reads as UTF-8.
    const bytes = text.includes('\0') ? Buffer.from(text, 'utf8') : undefined;
    const wide = bytes && wideText(bytes);
    if (bytes === undefined || wide === undefined) return { text, write: changed => ({ text: changed, ...beside }) };
    const codec = WIDE[wide];
    return {
      text: codec.read(bytes),
      write: changed => ({ ...lineOf(codec.write(changed)), ...beside }),
    };
  }
  if (base64 === undefined || base64 === '') return { empty: true };
  const bytes = Buffer.from(base64, 'base64');
  if (contentCodings(headers).length === 0)
    return readBytes(bytes, headers, changed => ({ ...lineOf(changed), ...beside }));
  const { bytes: decoded, undone, problem } = decodeBody(bytes, headers, { limit: DECODED_LIMIT });
  if (problem !== undefined && problem.kind !== 'cut' && undone.length === 0 && decoded === bytes) {
    const plain = readBytes(bytes, headers, changed => ({ ...lineOf(changed), ...beside }));
    // Partners name codings that they do not use; a text is one whatever the header says.
    if ('text' in plain && /^\s*[{[<]/.test(plain.text)) return plain;
  }
  if (problem !== undefined) return { leftOut: `packed, and cannot be looked into: ${problem.detail}` };
  const packed = (changed: Buffer): LogBody => lineOf(pack(changed, undone, bytes));
  return readBytes(decoded, headers, packed);
}

/** What a body line has of these bytes. */
export function lineOf(bytes: Buffer): LogBody {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? { text } : { base64: bytes.toString('base64') };
}

function readBytes(given: Uint8Array, headers: RawHeaders, write: (changed: Buffer) => LogBody): Readable {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const wide = wideText(bytes);
  if (wide !== undefined) {
    const codec = WIDE[wide];
    return { text: codec.read(bytes), write: text => write(codec.write(text)) };
  }
  if (isPacked(bytes)) return { leftOut: 'packed, though no header says so' };
  if (BINARY.test(bytes.toString('latin1'))) return { leftOut: 'no text' };
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i
    .exec(headerValue(headers, 'content-type') ?? '')?.[1]
    ?.toLowerCase();
  if (charset !== undefined && LATIN.has(charset)) {
    return { text: bytes.toString('latin1'), write: text => write(Buffer.from(text, 'latin1')) };
  }
  return { text: readBroken(bytes), write: text => write(writeBroken(text)) };
}

const LATIN: ReadonlySet<string> = new Set(['iso-8859-1', 'latin1', 'windows-1252', 'us-ascii', 'iso-8859-15']);

/** Beginnings of gzip, zip, zstd and zlib streams. */
function isPacked(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return true;
  if (first === 0x50 && second === 0x4b && third === 3) return true;
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return true;
  return first === 0x78 && ((first << 8) | second) % 31 === 0 && second !== 0x20 && bytes.length > 2 && second > 0x7f;
}

type Wide = 'little' | 'big';

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

const WIDE: Readonly<Record<Wide, { read(bytes: Buffer): string; write(text: string): Buffer }>> = {
  little: { read: bytes => bytes.toString('utf16le'), write: text => Buffer.from(text, 'utf16le') },
  big: {
    read: bytes => swapped(bytes).toString('utf16le'),
    write: text => Buffer.from(text, 'utf16le').swap16(),
  },
};

/** UTF-16, by its byte order mark or by the zero beside a first ASCII character. */
function wideText(bytes: Uint8Array): Wide | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === undefined || second === undefined || bytes.length % 2 !== 0) return undefined;
  if (first === 0xff && second === 0xfe) return 'little';
  if (first === 0xfe && second === 0xff) return 'big';
  if (third === undefined || fourth === undefined) return undefined;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'little';
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'big' : undefined;
}

function readBroken(bytes: Buffer): string {
  let text = '';
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += bytes.toString('utf8', from, at) + String.fromCharCode(ESCAPED | (bytes[at] ?? 0));
    at++;
    from = at;
  }
  return text + bytes.toString('utf8', from);
}

/** Bytes of the UTF-8 character that begins there; 0 where none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  for (let next = 1; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  // Written longer than needed, halves of surrogate pairs, and what is beyond Unicode.
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  return (first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f) ? 0 : length;
}

function writeBroken(text: string): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < ESCAPED + 0x80 || code > ESCAPED + 0xff) continue;
    const before = text.charCodeAt(at - 1);
    if (before >= 0xd800 && before <= 0xdbff) continue;
    pieces.push(Buffer.from(text.slice(from, at), 'utf8'), Buffer.from([code & 0xff]));
    from = at + 1;
  }
  pieces.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(pieces);
}

/** Packs again as it was; `undone` outermost first. */
function pack(bytes: Buffer, undone: readonly string[], before: Uint8Array): Buffer {
  let packed = bytes;
  for (const coding of undone.toReversed()) {
    if (coding === 'gzip' || coding === 'x-gzip') packed = gzipSync(packed);
    else if (coding === 'br') packed = brotliCompressSync(packed);
    else if (coding === 'zstd') packed = zstdCompressSync(packed);
    else packed = ((before[0] ?? 0) & 0x0f) === 8 ? deflateSync(packed) : deflateRawSync(packed);
  }
  return packed;
}
