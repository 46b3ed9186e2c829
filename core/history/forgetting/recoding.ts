import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { decodeBody } from '../../http/bodies.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';

const LARGEST_DECODED = 256 * 1024 * 1024;
/** The library's own choice takes seconds for a megabyte. */
const BROTLI_QUALITY = 5;

/** The bytes under a content coding, and how other bytes are put under the same one. */
export interface Decoded {
  readonly bytes: Uint8Array;
  encode(bytes: Uint8Array): Uint8Array;
}

/** What cannot be decoded is taken as it stands. */
export function decoded(body: Uint8Array, headers: RawHeaders): Decoded {
  const { bytes, undone } = decodeBody(body, headers, { limit: LARGEST_DECODED });
  return { bytes, encode: other => undone.toReversed().reduce((inner, coding) => encode(inner, coding, body), other) };
}

function encode(bytes: Uint8Array, coding: string, was: Uint8Array): Uint8Array {
  switch (coding) {
    case 'br':
      return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
    case 'zstd':
      return zstdCompressSync(bytes);
    case 'deflate':
      // As it was: with the head of zlib, or without.
      return ((was[0] ?? 0) & 0x0f) === 8 ? deflateSync(bytes) : deflateRawSync(bytes);
    default:
      return gzipSync(bytes);
  }
}
