/** A set of objects of one list: bit n of word m stands for the object `from + 32 m + n`. */
export type Bits = Uint32Array;

const WORD = 32;

/** Room for objects up to `from + size`. */
export function emptyBits(size: number): Bits {
  return new Uint32Array(Math.floor(size / WORD) + 1);
}

/** `from + 1` up to `from + size`: numbers of objects begin after the first of their list. */
export function allBits(size: number): Bits {
  const bits = emptyBits(size).fill(0xffff_ffff);
  bits[0] = (bits[0] ?? 0) & ~1;
  const last = bits.length - 1;
  const used = (size % WORD) + 1;
  if (used < WORD) bits[last] = (bits[last] ?? 0) & (2 ** used - 1);
  return bits;
}

export function setBit(bits: Bits, at: number): void {
  const word = Math.floor(at / WORD);
  bits[word] = (bits[word] ?? 0) | (1 << (at % WORD));
}

export function hasBit(bits: Bits, at: number): boolean {
  return (((bits[Math.floor(at / WORD)] ?? 0) >>> (at % WORD)) & 1) === 1;
}

/** Keeps in `bits` what is in `other` too. */
export function narrow(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & (other[word] ?? 0);
}

/** Keeps in `bits` what is not in `other`. */
export function without(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] ?? 0) & ~(other[word] ?? 0);
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (const word of bits) count += ones(word);
  return count;
}

/** How many bits are set below a place. */
export function countBelow(bits: Bits, at: number): number {
  const word = Math.floor(at / WORD);
  let count = 0;
  for (let before = 0; before < word; before++) count += ones(bits[before] ?? 0);
  return count + ones((bits[word] ?? 0) & (2 ** (at % WORD) - 1));
}

/** Places of set bits, ascending: so many of them, after the first `offset`. */
export function bitsFrom(bits: Bits, offset: number, limit: number): number[] {
  const found: number[] = [];
  let before = 0;
  for (let word = 0; word < bits.length && found.length < limit; word++) {
    const set = bits[word] ?? 0;
    if (set === 0) continue;
    const here = ones(set);
    if (before + here > offset) {
      for (let bit = 0; bit < WORD && found.length < limit; bit++) {
        if (((set >>> bit) & 1) === 1 && before++ >= offset) found.push(word * WORD + bit);
      }
    } else before += here;
  }
  return found;
}

function ones(word: number): number {
  let left = word - ((word >>> 1) & 0x5555_5555);
  left = (left & 0x3333_3333) + ((left >>> 2) & 0x3333_3333);
  return (((left + (left >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}
