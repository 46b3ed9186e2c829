import type { Chance } from './chance.ts';

/** Kinds of objects whose ids are a prefix and the number of the object, so that the number can be read back. */
const NUMBERED = {
  locations: { prefix: 'LOC-', digits: 7 },
  sessions: { prefix: 'SES-', digits: 8 },
  cdrs: { prefix: 'CDR-', digits: 8 },
} as const;
export type Numbered = keyof typeof NUMBERED;

/** `LOC-0734112`; within a module the ids sort as the numbers do. */
export function numberedId(module: Numbered, index: number): string {
  const { prefix, digits } = NUMBERED[module];
  return prefix + String(index).padStart(digits, '0');
}

/** The number in an id, in whatever case it is written; undefined for anything that is no such id. */
export function numberIn(module: Numbered, id: string): number | undefined {
  const { prefix, digits } = NUMBERED[module];
  if (id.length !== prefix.length + digits || id.slice(0, prefix.length).toUpperCase() !== prefix) return undefined;
  const number = id.slice(prefix.length);
  return /^\d+$/.test(number) ? Number(number) : undefined;
}

/** Ids of cards and apps look drawn by chance, and yet hold the number of the token. */
export interface TokenIds {
  /** Seven bytes in hexadecimal, as RFID cards have them. */
  card(index: number): string;
  /** In the form of a UUID, as apps have them. */
  app(index: number): string;
  /** The number that an id of either form may belong to; any 8 hexadecimal digits belong to some number. */
  candidate(uid: string): number | undefined;
}

export function tokenIds(chance: Chance): TokenIds {
  const key = chance.bits('token key');
  const filler = (index: number, label: string) => hex(chance.at('filler', index).bits(label));
  return {
    card: index => `04${hex(scramble(index, key))}${filler(index, 'card').slice(0, 4)}`.toUpperCase(),
    app(index) {
      const rest = filler(index, 'first') + filler(index, 'second') + filler(index, 'third');
      // Version 4 of the variant of RFC 9562: random.
      const [third, fourth] = [`4${rest.slice(4, 7)}`, `a${rest.slice(7, 10)}`];
      return `${hex(scramble(index, key))}-${rest.slice(0, 4)}-${third}-${fourth}-${rest.slice(10, 22)}`;
    },
    candidate(uid) {
      const digits = /^(?:04([0-9a-f]{8})[0-9a-f]{4}|([0-9a-f]{8})-[0-9a-f-]{27})$/i.exec(uid);
      const scrambled = digits?.[1] ?? digits?.[2];
      return scrambled === undefined ? undefined : unscramble(Number.parseInt(scrambled, 16), key);
    },
  };
}

const FACTOR = 0x9e3779b1;
/** FACTOR * INVERSE = 1 in 32 bits. */
const INVERSE = 0x0e8b2f51;

function scramble(index: number, key: number): number {
  const mixed = Math.imul(index ^ key, FACTOR);
  return Math.imul(mixed ^ (mixed >>> 16), FACTOR) >>> 0;
}

function unscramble(scrambled: number, key: number): number {
  const mixed = Math.imul(scrambled, INVERSE);
  return (Math.imul(mixed ^ (mixed >>> 16), INVERSE) ^ key) >>> 0;
}

function hex(bits: number): string {
  return bits.toString(16).padStart(8, '0');
}
