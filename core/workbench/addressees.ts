import type { OwnParty } from '../contract/platform.ts';
import { formatPartyId, type PartyId, partyKey } from '../ocpi/party-id.ts';
import type { Addressee } from '../server/options.ts';
import type { PlatformDesk } from './platform.ts';

/** Tells whom of ours a message is for; the parties are looked through once for each change of them. */
export function createAddressees(platform: Pick<PlatformDesk, 'config'>): (party: PartyId) => Addressee {
  let seen: readonly OwnParty[] = [];
  let keys: ReadonlySet<string> = new Set();
  return party => {
    const { parties } = platform.config();
    if (parties !== seen) {
      seen = parties;
      keys = new Set(parties.map(partyKey));
    }
    if (keys.has(partyKey(party))) return 'us';
    const statusCode = parties.some(({ role }) => role === 'HUB') ? 4001 : 2001;
    return { statusCode, ours: [...new Set(parties.map(formatPartyId))] };
  };
}
