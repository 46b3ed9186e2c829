import type { Database } from 'better-sqlite3';
import { isJsonObject } from '../../ocpi/json-value.ts';

/** Whose the objects of a link are that do not say so themselves (2.1.1). */
export interface LinkParties {
  /** `NL-TNM`; empty where the partner has several parties, or none is known. */
  of(linkId: number): string;
  refresh(): void;
}

export function createLinkParties(database: Database): LinkParties {
  const details = database.prepare<[number], string>('SELECT details FROM link WHERE id = ?').pluck();
  const known = new Map<number, string>();
  return {
    of(linkId) {
      const before = known.get(linkId);
      if (before !== undefined) return before;
      const party = onlyParty(JSON.parse(details.get(linkId) ?? '{}'));
      known.set(linkId, party);
      return party;
    },
    refresh: () => known.clear(),
  };
}

function onlyParty(link: unknown): string {
  const parties: unknown = isJsonObject(link) ? link['parties'] : undefined;
  const named = new Set(
    Array.isArray(parties)
      ? parties.filter(isJsonObject).map(party => `${String(party['countryCode'])}-${String(party['partyId'])}`)
      : [],
  );
  const [only] = named;
  return named.size === 1 && only !== undefined ? only : '';
}
