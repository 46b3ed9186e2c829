import { isUtf8 } from 'node:buffer';
import type { LogBody } from './records.ts';

/** Bytes as a line holds them. `length`: on the wire, unless said as many as are given. */
export function bodyLineOf(bytes: Uint8Array, length = bytes.length): LogBody {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    ...(isUtf8(given) ? { text: given.toString('utf8') } : { base64: given.toString('base64') }),
    ...(length === bytes.length ? {} : { length }),
  };
}

/** The bytes of a body line that are there. */
export function bytesOf({ text, base64 }: LogBody): Buffer {
  return text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
}
