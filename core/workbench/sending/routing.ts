import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { OwnParty } from '../../contract/platform.ts';
import type { CatalogueEntry, Interface } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { isFunctional, type ModuleId, moduleOf } from '../../ocpi/modules.ts';
import { formatPartyId, type PartyId, parsePartyId } from '../../ocpi/party-id.ts';
import type { Routing } from '../../ocpi/routing.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';

/** Who we are towards whom. */
export interface SendContext {
  readonly link: Link;
  readonly version: Version;
  readonly ownParties: readonly OwnParty[];
}

type Sides = Readonly<Record<'SENDER' | 'RECEIVER', readonly string[]>>;
const BY_CPO: Sides = { SENDER: ['CPO'], RECEIVER: ['EMSP', 'NSP', 'SCSP'] };

/** In which roles parties play the sides of a module, the usual one first (digest 4.1). */
const ROLES: Readonly<Partial<Record<ModuleId, Sides>>> = {
  locations: BY_CPO,
  sessions: BY_CPO,
  cdrs: BY_CPO,
  tariffs: BY_CPO,
  bookings: BY_CPO,
  invoicereconciliation: BY_CPO,
  tokens: { SENDER: ['EMSP'], RECEIVER: ['CPO'] },
  commands: { SENDER: ['EMSP', 'PTP'], RECEIVER: ['CPO'] },
  chargingprofiles: { SENDER: ['SCSP', 'EMSP'], RECEIVER: ['CPO'] },
  payments: { SENDER: ['PTP'], RECEIVER: ['CPO'] },
};

/** A party that calls and the one that is called, as the routing headers name them. */
export interface Called {
  readonly module: ModuleId;
  /** The side of the module that is called: the partner's. */
  readonly side: Interface;
  /** Whose it is, where something tells. */
  readonly from?: PartyId | undefined;
  readonly to?: PartyId | undefined;
  /** A list: through a hub everybody's, which the hub is asked for by its own name (digest 1.10). */
  readonly list?: boolean;
}

/** Names for the four headers; nobody where they do not belong. Through a hub the addressee is left to it (open routing). */
export function routingOf(context: SendContext, called: Called): Routing | undefined {
  const { link, version } = context;
  if (!atLeast22(version) || !isFunctional(called.module)) return undefined;
  const from = called.from ?? ownPartyOf(context, called);
  const hub = hubOf(link);
  const roles = called.side === 'NONE' ? undefined : ROLES[called.module]?.[called.side];
  const fitting = partyIn(link.parties, roles) ?? link.parties[0];
  const to = called.to ?? (hub === undefined ? fitting : called.list ? hub : undefined);
  return {
    ...(from && { from: { countryCode: from.countryCode, partyId: from.partyId } }),
    ...(to && { to: { countryCode: to.countryCode, partyId: to.partyId } }),
  };
}

/** The party of ours that speaks: the one of the link where it has one, else the first in a role for it. */
export function ownPartyOf({ link, version, ownParties }: SendContext, { module, side }: Called): OwnParty | undefined {
  const chosen = ownParties.find(party => formatPartyId(party) === link.settings.ownParty);
  // A 2.1.1 partner knows one party of ours.
  if (chosen !== undefined || !atLeast22(version)) return chosen ?? ownParties[0];
  const ours = side === 'SENDER' ? 'RECEIVER' : 'SENDER';
  return partyIn(ownParties, ROLES[module]?.[ours]) ?? ownParties[0];
}

function partyIn<P extends { readonly role?: string | undefined }>(
  parties: readonly P[],
  roles: readonly string[] = [],
) {
  for (const role of roles) {
    const found = parties.find(party => party.role === role);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The hub behind a link, by its role in 2.2.1 and by hub_party_id in 2.3.0. */
export function hubOf({ hubPartyId, parties }: Link): PartyId | undefined {
  return (
    parties.find(({ role }) => role === 'HUB') ?? (hubPartyId === undefined ? undefined : parsePartyId(hubPartyId))
  );
}

/** A party as an operator writes it; undefined stays undefined. */
export function readParty(text: string | undefined): Outcome<PartyId | undefined> {
  const party = text === undefined ? undefined : parsePartyId(text);
  if (text !== undefined && party === undefined) {
    return failed('INVALID_INPUT', `"${text}" is no party`, 'Country code and party id, as NL-TNM.');
  }
  return done(party);
}

/** The partner's endpoint on one side of a module; undefined where it has none. */
export function endpointOf(
  { link, version }: Pick<SendContext, 'link' | 'version'>,
  { module, interface: side }: Pick<CatalogueEntry, 'module' | 'interface'>,
): string | undefined {
  const offered = link.endpoints.filter(({ identifier }) => moduleOf(identifier) === module);
  if (side === 'NONE' || !atLeast22(version)) return offered[0]?.url;
  const named = offered.find(({ role }) => role !== undefined && ciEqual(role, side));
  return (named ?? offered.find(({ role }) => role === undefined))?.url;
}

/** As `endpointOf`, with the reason where there is none. */
export function mustEndpoint(
  context: Pick<SendContext, 'link' | 'version'>,
  of: Pick<CatalogueEntry, 'module' | 'interface'>,
): Outcome<string> {
  const url = endpointOf(context, of);
  if (url !== undefined) return done(url);
  const { name, endpoints } = context.link;
  const other = endpoints.some(({ identifier }) => moduleOf(identifier) === of.module);
  const why = other ? `offers ${of.module} on its other side only` : `offers no ${of.module}`;
  return failed('NOT_FOUND', `${name} ${why}`, `wb link show ${name} lists its endpoints.`);
}

/** The link with its version, where something can be sent on it. */
export function contextOf(link: Link, ownParties: readonly OwnParty[]): Outcome<SendContext> {
  if (link.state !== 'registered' && link.state !== 'adopted') {
    const advice = link.state === 'suspended' ? `wb link set ${link.name} --resume ends that.` : 'Register first.';
    return failed('WRONG_STATE', `${link.name} is ${link.state}: nothing can be sent on it`, advice);
  }
  const { version } = link;
  return version === undefined
    ? failed('WRONG_STATE', `${link.name}: its version and endpoints were never read`, 'wb doctor looks why.')
    : done({ link, version, ownParties });
}
