import { ciEqual, ciKey } from './ci-string.ts';
import type { JsonObject } from './json-value.ts';

/** A party as routing headers, URLs and objects name it; spelled as received. */
export interface PartyId {
  /** ISO 3166 alpha-2. */
  readonly countryCode: string;
  /** Up to three characters, ISO 15118 style. */
  readonly partyId: string;
}

const WRITTEN = /^([A-Za-z]{2})[-*]?([A-Za-z0-9]{1,3})$/;

/** Reads `NL-WBX`, `NL*WBX` or `NLWBX`; undefined for anything else. */
export function parsePartyId(text: string): PartyId | undefined {
  const [, countryCode, partyId] = WRITTEN.exec(text.trim()) ?? [];
  return countryCode && partyId ? { countryCode, partyId } : undefined;
}

/** The party that an object names as its owner; undefined where it names none. */
export function partyNamedIn({ country_code: countryCode, party_id: partyId }: JsonObject): PartyId | undefined {
  return typeof countryCode === 'string' && typeof partyId === 'string' ? { countryCode, partyId } : undefined;
}

/** `NL-WBX`, spelled as held. */
export function formatPartyId(party: PartyId): string {
  return `${party.countryCode}-${party.partyId}`;
}

/** Parties compare without regard to case (T27). */
export function samePartyId(left: PartyId, right: PartyId): boolean {
  return ciEqual(left.countryCode, right.countryCode) && ciEqual(left.partyId, right.partyId);
}

/** Key for maps: the same for every spelling of one party. */
export function partyKey(party: PartyId): string {
  return ciKey(formatPartyId(party));
}
