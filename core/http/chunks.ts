/** Gathers a body of known or unknown length. */
export interface Chunks {
  /** `chunk` is not to be used afterwards: its memory is given back. */
  add(chunk: Buffer): void;
  /** Everything so far, in memory of its own. Nothing may be added afterwards. */
  whole(): Buffer;
}

/**
 * A body whose length is announced is written straight to where it stays, so that it is not copied as a whole at its end.
 * `announced` is a promise only: less or more may come. `most`: as much is reserved at once, at most.
 */
export function createChunks({ announced, most }: { readonly announced: number; readonly most: number }): Chunks {
  const reserved = Number.isSafeInteger(announced) && announced >= 0 && announced <= most ? announced : 0;
  const room = reserved > 0 ? Buffer.allocUnsafeSlow(reserved) : undefined;
  let filled = 0;
  const beyond: Buffer[] = [];
  return {
    add(chunk) {
      if (room === undefined || beyond.length > 0 || filled + chunk.length > room.length) {
        beyond.push(chunk);
        return;
      }
      chunk.copy(room, filled);
      filled += chunk.length;
      giveBack(chunk);
    },
    whole() {
      const begun = room?.subarray(0, filled);
      if (begun !== undefined && beyond.length === 0) return begun;
      if (begun === undefined && beyond.length === 1 && beyond[0]) return beyond[0];
      return Buffer.concat(begun === undefined ? beyond : [begun, ...beyond]);
    },
  };
}

/**
 * Frees the memory of a chunk that nobody will read any more, if it has it for itself. The collector does so too, but only
 * after tens of MiB: it hardly notices what stands outside of its heap.
 */
export function giveBack(chunk: Buffer): void {
  const { buffer } = chunk;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength && !buffer.detached) buffer.transfer(0);
}
