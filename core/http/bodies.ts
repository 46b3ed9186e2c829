import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
  zstdDecompressSync,
} from 'node:zlib';
import { headerValue, headerValues, type RawHeaders } from '../ocpi/raw-headers.ts';

/** Why a body's content coding could not be undone, or not wholly. */
export interface BodyProblem {
  /** `too-large`: more than the limit comes out; `cut`: the coded stream ends early; `unknown-coding`: no decoder. */
  readonly kind: 'too-large' | 'cut' | 'corrupt' | 'unknown-coding' | 'too-many-codings';
  readonly coding: string;
  /** A sentence for people. */
  readonly detail: string;
}

export interface DecodedBody {
  /** After content decoding; as far as decoding went when there is a problem, else the bytes given. */
  readonly bytes: Uint8Array;
  /** Present when the decoded bytes are text. Broken characters become U+FFFD; a byte order mark is kept. */
  readonly text?: string;
  /** Codings that were undone, outermost first; empty when the bytes were plain. */
  readonly undone: readonly string[];
  readonly problem?: BodyProblem;
}

/** Nobody stacks more than two codings honestly; each one multiplies what a bomb can do. */
const MOST_CODINGS = 3;
const DEFAULT_DECODED_LIMIT = 64 * 1024 * 1024;
const SNIFFED_BYTES = 1024;

/**
 * Undoes `Content-Encoding` (gzip, deflate with or without its zlib head, br, zstd) and tells whether the result is text.
 * `limit`: most bytes that may come out of one coding. Never throws: what cannot be decoded is told as `problem`.
 */
export function decodeBody(
  body: Uint8Array,
  headers: RawHeaders,
  { limit = DEFAULT_DECODED_LIMIT }: { readonly limit?: number } = {},
): DecodedBody {
  const codings = contentCodings(headers);
  if (body.length === 0 || codings.length === 0) return withText(body, headers, []);
  if (codings.length > MOST_CODINGS) {
    const detail = `${codings.length} content codings are stacked, at most ${MOST_CODINGS} are undone.`;
    return { bytes: body, undone: [], problem: { kind: 'too-many-codings', coding: codings.join(', '), detail } };
  }
  let bytes = body;
  const undone: string[] = [];
  for (const coding of codings.reverse()) {
    const step = undo(bytes, coding, limit);
    // Sealed and imported bodies are kept decoded, and partners name codings that they do not use.
    if (step.problem && step.problem.kind !== 'too-large' && isPlain(bytes)) {
      return { ...withText(bytes, headers, undone), problem: step.problem };
    }
    if (step.bytes) {
      bytes = step.bytes;
      undone.push(coding);
    }
    if (step.problem) {
      // What a cut stream gave is worth reading; anything else is still coded and would be read as rubbish.
      const readable = step.bytes ? withText(bytes, headers, undone) : { bytes, undone };
      return { ...readable, problem: step.problem };
    }
  }
  return withText(bytes, headers, undone);
}

/** Content codings in the order in which they were applied; `identity` says nothing and is left out. */
export function contentCodings(headers: RawHeaders): string[] {
  return headerValues(headers, 'content-encoding')
    .flatMap(value => value.split(','))
    .map(coding => coding.trim().toLowerCase())
    .filter(coding => coding !== '' && coding !== 'identity');
}

/** Whether plain bytes are text: by their media type, and where that says nothing by looking at the beginning. */
export function isText(bytes: Uint8Array, headers: RawHeaders): boolean {
  const type = headerValue(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/^(text\/|application\/(.*\+)?(json|xml)$|application\/(x-www-form-urlencoded|javascript|problem))/.test(type)) {
    return true;
  }
  if (/^(image|audio|video|font)\//.test(type)) return false;
  const beginning = bytes.subarray(0, SNIFFED_BYTES);
  for (const byte of beginning) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return false;
  try {
    // `stream`: a character cut in two by the end of the sample is no error.
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** JSON or markup as it stands, which no compressed stream looks like. */
function isPlain(bytes: Uint8Array): boolean {
  const first = bytes.find(byte => byte > 0x20);
  return (first === 0x7b || first === 0x5b || first === 0x3c) && isText(bytes, []);
}

function withText(bytes: Uint8Array, headers: RawHeaders, undone: readonly string[]): DecodedBody {
  if (bytes.length === 0 || !isText(bytes, headers)) return { bytes, undone };
  return { bytes, text: decoderFor(headers).decode(bytes), undone };
}

/** Keeps nothing between two texts. */
const UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** By the charset parameter; UTF-8 where it is absent or unknown, since JSON is UTF-8 whatever the header claims. */
function decoderFor(headers: RawHeaders): TextDecoder {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headerValue(headers, 'content-type') ?? '')?.[1];
  if (charset === undefined) return UTF_8;
  try {
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    return UTF_8;
  }
}

type Undone = { readonly bytes?: Uint8Array; readonly problem?: BodyProblem };

function undo(bytes: Uint8Array, coding: string, limit: number): Undone {
  const decoder = DECODERS.get(coding);
  if (!decoder) {
    const detail = `The body is coded as ${coding}, which the workbench cannot undo.`;
    return { problem: { kind: 'unknown-coding', coding, detail } };
  }
  try {
    return { bytes: decoder.whole(bytes, { maxOutputLength: limit }) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ERR_BUFFER_TOO_LARGE') return { problem: tooLarge(coding, limit) };
    return undoBeginning(decoder, bytes, coding, limit);
  }
}

/** A stream that ends early still decodes up to its end when the decoder is told to flush instead of to finish. */
function undoBeginning(decoder: Decoder, bytes: Uint8Array, coding: string, limit: number): Undone {
  try {
    const begun = decoder.beginning(bytes, { maxOutputLength: limit });
    const detail = `The ${coding} stream ends early: the body was cut.`;
    return { bytes: begun, problem: { kind: 'cut', coding, detail } };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return { problem: tooLarge(coding, limit) };
    const detail = `The header says ${coding}, the bytes are not: ${(error as Error).message}.`;
    return { problem: { kind: 'corrupt', coding, detail } };
  }
}

function tooLarge(coding: string, limit: number): BodyProblem {
  return { kind: 'too-large', coding, detail: `More than ${limit} bytes come out of the ${coding} stream.` };
}

interface Decoder {
  whole(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
  beginning(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}

const flushing: ZlibOptions = { finishFlush: constants.Z_SYNC_FLUSH };

/** Servers disagree whether deflate means the zlib format (it does) or the bare stream; the first byte tells. */
function inflate(bytes: Uint8Array, options: ZlibOptions): Uint8Array {
  const zlibHead = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  return zlibHead ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}

const gzip: Decoder = {
  whole: (bytes, options) => gunzipSync(bytes, options),
  beginning: (bytes, options) => gunzipSync(bytes, { ...options, ...flushing }),
};

const deflate: Decoder = {
  whole: inflate,
  beginning: (bytes, options) => inflate(bytes, { ...options, ...flushing }),
};

const br: Decoder = {
  whole: (bytes, options) => brotliDecompressSync(bytes, options),
  beginning: (bytes, options) =>
    brotliDecompressSync(bytes, { ...options, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
};

const zstd: Decoder = {
  whole: (bytes, options) => zstdDecompressSync(bytes, options),
  beginning: (bytes, options) => zstdDecompressSync(bytes, { ...options, finishFlush: constants.ZSTD_e_flush }),
};

/** A map, not an object: a header may well say `constructor`. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', deflate],
  ['br', br],
  ['zstd', zstd],
]);
