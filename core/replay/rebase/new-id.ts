/** A number from 0 to 2^32 - 1 for a text; the same one for the same text, whichever platform. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Draws that depend on the text alone: hash(text, draw number). */
function drawsOf(text: string): (below: number) => number {
  let drawn = 0;
  return below => hashOf(`${text} ${drawn++}`) % below;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** What an EVSE id begins with: country, operator, and the letter that says what it is. */
const EMI3 = /^[A-Z]{2}\*?[A-Z0-9]{3}\*?E(?=[A-Z0-9*]*\d)/;
const HEX = '0123456789abcdef';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
const LARGE = SMALL.toUpperCase();
/** Fewer different ids than this could be met again by chance. */
const ENOUGH = 1e6;
const SUFFIX = 6;

export interface NewIdWish {
  /** Everything the id depends on: seed, kind, old id. */
  readonly drawnFrom: string;
  /** Whose shape it has. */
  readonly like: string;
  /** In characters. */
  readonly maxLength: number;
  /** Only digits are allowed: a JSON number. */
  readonly number?: boolean;
}

/**
 * Another id of the same shape: letters stay letters, digits digits, a UUID a UUID, all else as it is. One with too few
 * different ones gets a suffix, as far as there is room for it; a number gets more digits.
 */
export function newId({ drawnFrom, like, maxLength, number = false }: NewIdWish): string {
  const draw = drawsOf(drawnFrom);
  if (number) return digits(draw, Math.max(7, Math.min(like.replace(/\D/g, '').length, 9)));
  if (UUID.test(like)) return uuid(like, draw);
  const painted = EMI3.exec(like)?.[0];
  let shaped = painted ?? '';
  let different = 1;
  for (const character of like.slice(shaped.length)) {
    const alphabet = alphabetOf(character, shaped === '');
    if (alphabet === undefined) shaped += character;
    else {
      shaped += alphabet[draw(alphabet.length)];
      different *= alphabet.length;
    }
  }
  const room = Math.min(SUFFIX, maxLength - shaped.length - 1);
  if (different >= ENOUGH || room < 1) return shaped;
  let suffix = '';
  while (suffix.length < room) suffix += HEX[draw(HEX.length)];
  return painted === undefined ? `${shaped}-${suffix}` : `${shaped}*${suffix.toUpperCase()}`;
}

/** A UUID of version 4 that depends on nothing but the text. */
export function newUuid(drawnFrom: string): string {
  return uuid('00000000-0000-4000-8000-000000000000', drawsOf(drawnFrom));
}

/** Version and variant stay. */
function uuid(like: string, draw: (below: number) => number): string {
  const large = /[A-F]/.test(like);
  let shaped = '';
  for (let at = 0; at < like.length; at++) {
    const character = like[at] as string;
    if (character === '-' || at === 14 || at === 19) shaped += character;
    else shaped += HEX[draw(HEX.length)];
  }
  return large ? shaped.toUpperCase() : shaped;
}

function alphabetOf(character: string, first: boolean): string | undefined {
  if (character >= '0' && character <= '9') return first && character !== '0' ? '123456789' : '0123456789';
  if (character >= 'a' && character <= 'z') return SMALL;
  return character >= 'A' && character <= 'Z' ? LARGE : undefined;
}

function digits(draw: (below: number) => number, count: number): string {
  let made = String(1 + draw(9));
  while (made.length < count) made += String(draw(10));
  return made;
}
