import { constants, createGzip } from 'node:zlib';

/** Packs pieces into gzip, off this thread: the next one can be made while one is being packed. */
export interface Packer {
  /** Resolves when the next piece may come. Rejects with what `out` rejected with, also for a piece before this one. */
  write(piece: Uint8Array): Promise<void>;
  /** The file is whole then; its length in bytes. */
  end(): Promise<number>;
  /** Frees what packing needs, finished or not; nothing is handed to `out` any more when it resolves. */
  close(): Promise<void>;
}

/** Unpacked bytes after which a reader of a cut file finds everything before. */
const FLUSHED_EVERY = 1024 * 1024;

export function createPacker(out: { write(piece: Uint8Array): Promise<void> }): Packer {
  const gzip = createGzip({ chunkSize: 64 * 1024 });
  let packed: Uint8Array[] = [];
  let bytes = 0;
  let sinceFlush = 0;
  let underWay: Promise<void> = Promise.resolve();
  gzip.on('data', (piece: Uint8Array) => packed.push(piece));
  // The callback of a step that fails is not called.
  let fail: (error: Error) => void = () => {};
  gzip.on('error', error => fail(error));

  const step = (begin: (ended: () => void) => void) =>
    new Promise<void>((resolve, reject) => {
      fail = reject;
      begin(resolve);
    });
  const handOut = async () => {
    const pieces = packed;
    packed = [];
    for (const piece of pieces) {
      bytes += piece.length;
      await out.write(piece);
    }
  };
  const pack = async (piece: Uint8Array) => {
    await step(ended => gzip.write(piece, () => ended()));
    sinceFlush += piece.length;
    if (sinceFlush >= FLUSHED_EVERY) {
      sinceFlush = 0;
      await step(ended => gzip.flush(constants.Z_SYNC_FLUSH, ended));
    }
    await handOut();
  };

  return {
    async write(piece) {
      await underWay;
      underWay = pack(piece);
      // It is awaited with the next piece; until then nobody else would hear of it.
      underWay.catch(() => {});
    },
    async end() {
      await underWay;
      await step(ended => gzip.once('end', ended).end());
      await handOut();
      return bytes;
    },
    async close() {
      // Why it failed was told by whoever asked for more.
      await underWay.catch(() => {});
      gzip.destroy();
    },
  };
}
