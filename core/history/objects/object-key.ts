import { ciKey } from '../../ocpi/ci-string.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { ObjectKind } from './kinds.ts';
import type { ItemSlices } from './page-slices.ts';

/** Between the parts of a key; no part can hold it. */
const SEAM = '\n';

export interface KeyParts {
  readonly id: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly variant: string;
}

/** Members that have to be found for the key of an object, and its last_updated. */
export function keyMembers(kind: ObjectKind): readonly string[] {
  const owner = kind.owned ? ['country_code', 'party_id'] : [];
  const variant = kind.variant === undefined ? [] : [kind.variant];
  return [...new Set([...kind.id, ...owner, ...variant])];
}

/** Under what an object is stored in its list: equal for every spelling of the same (digest 1.8, T27). */
export function objectKey({ id, countryCode, partyId, variant }: KeyParts): string {
  const owner = countryCode === '' && partyId === '' ? '' : `${countryCode}-${partyId}`;
  return ciKey(`${withoutSeam(id)}${SEAM}${withoutSeam(owner)}${SEAM}${withoutSeam(variant)}`);
}

function withoutSeam(part: string): string {
  return part.includes(SEAM) ? part.replaceAll(SEAM, ' ') : part;
}

/** Bounds of all keys of an id, whoever's: from the first up to, not including, the second. */
export function keysOfId(id: string): readonly [from: string, before: string] {
  const begin = ciKey(withoutSeam(id));
  return [`${begin}${SEAM}`, `${begin}${String.fromCharCode(SEAM.charCodeAt(0) + 1)}`];
}

/** The first part of a key, up to its seam: as the first bound of `keysOfId`. */
export function idInKey(key: string): string {
  return key.slice(0, key.indexOf(SEAM) + 1);
}

/** `read` gives a member by its name; undefined where the object has no usable id. */
function keyParts(kind: ObjectKind, read: (member: string) => string): KeyParts | undefined {
  const ids = kind.id.map(read);
  if (ids.some(id => id.trim() === '')) return undefined;
  return {
    id: ids.join('-'),
    countryCode: kind.owned ? read('country_code') : '',
    partyId: kind.owned ? read('party_id') : '',
    variant: kind.variant === undefined ? '' : read(kind.variant),
  };
}

export function keyPartsOf(kind: ObjectKind, object: unknown): KeyParts | undefined {
  return keyParts(kind, member => memberText(isJsonObject(object) ? object[member] : undefined));
}

export interface KeySlot {
  /** As in `keyMembers`. */
  readonly members: readonly string[];
  readonly bytes: Buffer;
  readonly items: ItemSlices;
  /** Place of the item in its list. */
  readonly index: number;
}

/** The same from the bytes of a page, without parsing the item. */
export function keyPartsAt(kind: ObjectKind, { members, bytes, items, index }: KeySlot): KeyParts | undefined {
  const base = index * items.stride + 2;
  return keyParts(kind, member => {
    const slot = base + members.indexOf(member) * 2;
    const start = items.offsets[slot] ?? -1;
    return start < 0 ? '' : scalarAt(bytes, start, items.offsets[slot + 1] ?? start);
  });
}

/** A member as text: numbers stand for their digits (T20), anything else that is no text for nothing. */
export function memberText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BEYOND_ASCII = 0x80;

function scalarAt(bytes: Buffer, start: number, end: number): string {
  if (isPlainText(bytes, start, end)) return bytes.toString('latin1', start + 1, end - 1);
  try {
    return memberText(JSON.parse(bytes.toString('utf8', start, end)));
  } catch {
    return '';
  }
}

/** A text that stands there as it is: ASCII without escapes. */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || bytes[start] !== QUOTE || bytes[end - 1] !== QUOTE) return false;
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number;
    // Below a blank nothing may stand in JSON as it is: such a text is not plain, and no JSON either.
    if (byte >= BEYOND_ASCII || byte < 0x20 || byte === BACKSLASH || byte === QUOTE) return false;
  }
  return true;
}
