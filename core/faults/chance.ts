/** What a chance is drawn from (promise 4): never the order of arrival, never the time. */
export interface Lot {
  readonly seed: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Name of the link; empty where nobody knows it. */
  readonly link: string;
  /** The how manieth exchange in scope on that link. */
  readonly hit: number;
  /** Tells apart several numbers within one hit. */
  readonly name: string;
}

const PARTS = 2 ** 53;

/** A number in [0, 1), the same for the same lot everywhere and for ever: its values are kept by a test. */
export function chance({ seed, rule, link, hit, name }: Lot): number {
  const text = JSON.stringify([seed, rule, link, hit, name]);
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    low ^= low >>> 15;
    high = Math.imul(high ^ unit, 0x5f356495);
    high ^= high >>> 13;
  }
  const first = mixed(low ^ Math.imul(high, 0xc2b2ae35));
  const second = mixed(high ^ Math.imul(first, 0x27d4eb2f));
  return ((first & 0x1fffff) * 2 ** 32 + second) / PARTS;
}

/** Every bit of what comes in moves every bit of what goes out (the end of MurmurHash3). */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
