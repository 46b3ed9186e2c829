/**
 * Chance without state: every draw is a hash of the seed and of the labels that lead to it, so that what is drawn for one
 * object never depends on which others were made before, and is the same on every machine. Only 32-bit integer arithmetic and
 * exact divisions are used; nothing of Math that engines may compute differently.
 */
export class Chance {
  readonly #one: number;
  readonly #two: number;
  /** Bytes taken in so far, which the hash mixes in last. */
  readonly #length: number;

  private constructor(one: number, two: number, length: number) {
    this.#one = one;
    this.#two = two;
    this.#length = length;
  }

  /** The root of all draws of a world. */
  static from(seed: string): Chance {
    const word = hashText(seed);
    // Two lanes of the same hash with different beginnings make 64 bits.
    return new Chance(mix(0x243f6a88, word), mix(0x85a308d3, word), 4);
  }

  /** The draws of one thing among many: `chance.at('evse', 3)`. */
  at(label: string, index = 0): Chance {
    const word = hashText(label);
    return new Chance(mix(mix(this.#one, word), index), mix(mix(this.#two, word), index), this.#length + 8);
  }

  /** 32 bits, as an unsigned integer. */
  bits(label: string): number {
    return finish(mix(this.#one, hashText(label)), this.#length + 4);
  }

  /** From 0 up to, but never, 1; 53 bits of it are drawn. */
  fraction(label: string): number {
    const word = hashText(label);
    const high = finish(mix(this.#one, word), this.#length + 4) >>> 5;
    const low = finish(mix(this.#two, word), this.#length + 4) >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(label: string, least: number, most: number): number {
    return least + Math.floor(this.fraction(label) * (most - least + 1));
  }

  /** True in `share` of all cases; 0 is never, 1 is always. */
  happens(label: string, share: number): boolean {
    return this.fraction(label) < share;
  }

  /** One of the items, each as likely as the others; throws for an empty list. */
  pick<T>(label: string, items: readonly T[]): T {
    return itemAt(items, Math.floor(this.fraction(label) * items.length));
  }

  /** One of the items, as likely as its weight says. */
  weighted<T>(label: string, choices: readonly (readonly [item: T, weight: number])[]): T {
    let total = 0;
    for (const [, weight] of choices) total += weight;
    let left = this.fraction(label) * total;
    for (const [item, weight] of choices) {
      left -= weight;
      if (left < 0) return item;
    }
    return itemAt(choices, choices.length - 1)[0];
  }

  /** Those of the items that come up, each with the same share, in their order. */
  some<T extends string>(label: string, items: readonly T[], share: number): T[] {
    const chance = this.at(label);
    return items.filter(item => chance.happens(item, share));
  }
}

/** The item at a place that is known to exist. */
export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`No item ${index} among ${items.length}`);
  return item;
}

/** FNV-1a of the UTF-16 code units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3 (x86, 32 bit) of whole words. */
export function hashWords(seed: number, words: readonly number[]): number {
  return finish(words.reduce(mix, seed), words.length * 4);
}

function mix(hash: number, word: number): number {
  let key = Math.imul(word, 0xcc9e2d51);
  key = Math.imul((key << 15) | (key >>> 17), 0x1b873593);
  const mixed = hash ^ key;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, bytes: number): number {
  let mixed = hash ^ bytes;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
