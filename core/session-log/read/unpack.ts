import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { GZIP_TAIL, isGzip, isTailOf, readGzipHead } from './gzip-frame.ts';

/** How the bytes of a file came to their end. */
export type UnpackEnd =
  | { readonly how: 'whole' }
  /** The packed data ends too early. */
  | { readonly how: 'cut' }
  /** What comes cannot be unpacked, or is not what was packed. */
  | { readonly how: 'damaged' }
  /** So many bytes stand behind the packed data. */
  | { readonly how: 'more'; readonly bytes: number };

export interface Unpack {
  readonly file: FileHandle;
  /** Of the file, in bytes. */
  readonly size: number;
  readonly signal?: AbortSignal | undefined;
}

/** Read at once; unpacked, it is a thousand times as much at most. */
const PIECE = 32 * 1024;
/** Unpacked at once: each such piece is a way to another thread and back. As much may be lost before damage. */
const UNPACKED = 64 * 1024;

/**
 * The bytes of a file as they were before packing; those of a file that is not packed as they are. Where the data is cut, all
 * that comes before the cut is handed over; where it is damaged, all but some KiB before the damage. Rejects with the signal's
 * reason and with errors of the disk.
 */
export async function* unpack({ file, size, signal }: Unpack): AsyncGenerator<Uint8Array, UnpackEnd> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  if (!isGzip(buffer.subarray(0, bytesRead))) {
    yield* pieces({ file, from: 0, signal });
    return { how: 'whole' };
  }
  const head = await readGzipHead(file);
  if (!head.ok) return { how: head.cut ? 'cut' : 'damaged' };
  return yield* inflated({ file, size, from: head.length, signal });
}

interface From {
  readonly file: FileHandle;
  readonly from: number;
  readonly signal: AbortSignal | undefined;
}

async function* pieces({ file, from, signal }: From): AsyncGenerator<Buffer, void> {
  for (let at = from; ; ) {
    signal?.throwIfAborted();
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Node's own reader of gzip takes what stands behind the data for more of it and throws away what it has when that fails: here
 * the frame is read apart from the data.
 */
async function* inflated({
  file,
  size,
  from,
  signal,
}: From & { readonly size: number }): AsyncGenerator<Uint8Array, UnpackEnd> {
  const inflate = createInflateRaw({ chunkSize: UNPACKED });
  let out: Uint8Array[] = [];
  let checksum = 0;
  let bytes = 0;
  let fed = 0;
  inflate.on('data', (piece: Uint8Array) => {
    checksum = crc32(piece, checksum);
    bytes += piece.length;
    out.push(piece);
  });
  // The callback of a write that fails is not called.
  let failed = () => {};
  inflate.on('error', () => failed());
  const packed = pieces({ file, from, signal });
  /** Unpacks the next piece; undefined where there is none. */
  const unpackOne = async (): Promise<{ readonly damaged: boolean } | undefined> => {
    const { done, value: piece } = await packed.next();
    if (done) return undefined;
    fed += piece.length;
    return new Promise(resolve => {
      failed = () => resolve({ damaged: true });
      inflate.write(piece, () => resolve({ damaged: false }));
    });
  };
  const unpackNext = () => {
    const next = unpackOne();
    // Whoever asks for what comes then hears of it; until then nobody would.
    next.catch(() => {});
    return next;
  };
  /** One piece ahead of whoever reads: it is unpacked while the one before is looked into. */
  let ahead: ReturnType<typeof unpackOne> | undefined;
  try {
    let damaged = false;
    for (ahead = unpackNext(); ; ) {
      const step = await ahead;
      ahead = undefined;
      if (step === undefined) break;
      damaged = step.damaged;
      const unpacked = out;
      out = [];
      // It takes no more than belongs to it.
      const over = damaged || inflate.bytesWritten < fed;
      if (!over) ahead = unpackNext();
      yield* unpacked;
      if (over) break;
    }
    if (damaged) return { how: 'damaged' };
    const ended = inflate.bytesWritten < fed;
    // Without a tail it was cut, whether or not the data is all there.
    const behind = size - from - inflate.bytesWritten;
    if (!ended || behind < GZIP_TAIL) return { how: 'cut' };
    const tail = await file.read(Buffer.alloc(GZIP_TAIL), 0, GZIP_TAIL, size - behind);
    if (!isTailOf(tail.buffer, { checksum, bytes })) return { how: 'damaged' };
    return behind > GZIP_TAIL ? { how: 'more', bytes: behind - GZIP_TAIL } : { how: 'whole' };
  } finally {
    // It is using the file, and must be over before that is closed; nobody asks for what came of it any more.
    await Promise.allSettled([ahead]);
    await packed.return();
    inflate.destroy();
  }
}
