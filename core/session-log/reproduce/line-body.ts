import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { contentCodings, decodeBody } from '../../http/bodies.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { LogBody } from '../format/records.ts';

/** The bytes that a log keeps of a body; none where it was left out. */
export function bodyBytes(body: LogBody | undefined): Uint8Array {
  if (body?.text !== undefined) return Buffer.from(body.text, 'utf8');
  return body?.base64 === undefined ? new Uint8Array() : Buffer.from(body.base64, 'base64');
}

/** A body as text, content codings undone; Latin-1 where it is none, so that nothing of it is lost. */
export function readableBody(headers: RawHeaders, body: LogBody | undefined): string {
  if (body?.text !== undefined && contentCodings(headers).length === 0) return body.text;
  const decoded = decodeBody(bodyBytes(body), headers);
  return decoded.text ?? Buffer.from(decoded.bytes).toString('latin1');
}

/**
 * A body with its text changed, in the content codings that its headers name. Sealing keeps bodies decoded that held a token, so
 * what stands in a log may be coded or not; it leaves as its headers say.
 */
export function changedBody(
  headers: RawHeaders,
  body: LogBody | undefined,
  change: (text: string) => string,
): Uint8Array {
  const codings = contentCodings(headers);
  const bytes = bodyBytes(body);
  if (bytes.length === 0) return bytes;
  const decoded = codings.length === 0 ? undefined : decodeBody(bytes, headers);
  const plain = decoded?.bytes ?? bytes;
  // A coded body that ends early would end well if it were coded again.
  if (decoded?.problem !== undefined && decoded.undone.length > 0) return bytes;
  const text = Buffer.from(plain).toString('latin1');
  const changed = change(text);
  const wasPlain = codings.length > 0 && decoded?.undone.length === 0;
  if (changed === text && !wasPlain) return bytes;
  return encoded(Buffer.from(changed, 'latin1'), codings) ?? bytes;
}

/** Undefined where a coding is none that can be made. */
function encoded(bytes: Uint8Array, codings: readonly string[]): Uint8Array | undefined {
  let coded = bytes;
  for (const coding of codings) {
    if (coding === 'gzip' || coding === 'x-gzip') coded = gzipSync(coded);
    else if (coding === 'deflate') coded = deflateSync(coded);
    else if (coding === 'br') coded = brotliCompressSync(coded);
    else if (coding === 'zstd') coded = zstdCompressSync(coded);
    else return undefined;
  }
  return coded;
}
