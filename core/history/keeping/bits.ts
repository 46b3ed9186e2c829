/** One bit for each number from 0 up to a size; shared between threads. */
export interface Bits {
  readonly size: number;
  readonly shared: SharedArrayBuffer;
  set(number: number): void;
  has(number: number): boolean;
}

export function createBits(size: number): Bits {
  return bitsIn(new SharedArrayBuffer(Math.ceil(size / 32) * Int32Array.BYTES_PER_ELEMENT));
}

export function bitsIn(shared: SharedArrayBuffer): Bits {
  const words = new Int32Array(shared);
  const size = words.length * 32;
  return {
    size,
    shared,
    set(number) {
      if (number < size) Atomics.or(words, number >>> 5, 1 << (number & 31));
    },
    has: number => number < size && (Atomics.load(words, number >>> 5) & (1 << (number & 31))) !== 0,
  };
}
