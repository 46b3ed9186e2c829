/** In place of the party in an address, for a location without one: an address has no empty parts. */
const NONE = '-';

export function partySegment(party: string): string {
  return party === '' ? NONE : party;
}

/** Undefined where the address names none. */
export function partyOf(segment: string): string | undefined {
  return segment === NONE ? undefined : segment;
}
