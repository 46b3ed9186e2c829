import type { Link } from '../contract/link.ts';
import type { OwnParty } from '../contract/platform.ts';
import type { History } from '../history/history.ts';
import { moduleOf } from '../ocpi/modules.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import { hasSide } from '../ocpi/role-modules.ts';
import type { ServerOptions } from '../server/options.ts';
import type { PlatformDesk } from './platform.ts';

/** A 2.1.1 partner knows one party of ours, in every role it has: the one set on its link, else the first (digest 3.1). */
export function facingParties(
  link: Pick<Link, 'settings'> | undefined,
  parties: readonly OwnParty[],
): readonly OwnParty[] {
  const wanted = link?.settings.ownParty;
  const [first] = parties;
  const chosen = parties.filter(party => formatPartyId(party) === wanted);
  return chosen.length > 0 || first === undefined
    ? chosen
    : parties.filter(party => formatPartyId(party) === formatPartyId(first));
}

/** Shows a 2.1.1 partner the sides that the party it knows has: a CPO gives locations, an EMSP takes them (digest 4.1). */
export function showsSides(
  { links }: Pick<History, 'links'>,
  platform: Pick<PlatformDesk, 'config'>,
): NonNullable<ServerOptions['shows']> {
  return ({ linkId }, { module, side }) => {
    const known = moduleOf(module);
    if (side === 'NONE' || known === undefined) return true;
    const link = linkId === undefined ? undefined : links.get(linkId);
    return facingParties(link, platform.config().parties).some(({ role }) => hasSide(role, known, side));
  };
}
