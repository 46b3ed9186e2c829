import type { OwnListName } from '../../contract/own.ts';
import type { CatalogueEntry } from '../../ocpi/catalogue.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import type { PartStep } from '../../ocpi/object-part.ts';
import { formatPartyId, type PartyId, samePartyId } from '../../ocpi/party-id.ts';
import { queryValue } from '../../ocpi/request-query.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Caller } from '../caller.ts';
import type { OwnModule } from '../own-data.ts';
import type { PushedKey } from '../pushed-objects.ts';
import type { OcpiRequest } from '../responder.ts';
import { versionOf } from './object-answers.ts';

/** What a URL of the RECEIVER interface leads to: an object, or a part of one. */
export interface PushedAddress {
  readonly key: PushedKey;
  /** From the object down to what is meant; empty for the object itself. */
  readonly steps: readonly PartStep[];
  /** Name of the type of what is meant. */
  readonly type: string;
  /** The same for everything that concerns one object, in whatever spelling. */
  readonly turn: string;
}

type Addressed = Pick<OcpiRequest, 'entry' | 'version' | 'caller' | 'params' | 'query'>;

interface Part extends Omit<PartStep, 'id'> {
  readonly param: string;
  readonly type: string;
}

interface Target {
  readonly list?: OwnListName;
  /** The placeholder that holds the id; without one the party is what the object is about. */
  readonly param?: string;
  readonly type: string;
  /** From the outside in. */
  readonly parts?: readonly Part[];
}

const BOOKING: Target = { param: 'booking_id', type: 'Booking' };
const BOOKING_LOCATION: Target = {
  list: 'booking_locations',
  param: 'booking_location_id',
  type: 'BookingLocation',
  parts: [{ param: 'calendar_id', list: 'calendars', member: 'id', type: 'Calendar' }],
};
const TERMINAL: Target = { list: 'terminals', param: 'terminal_id', type: 'Terminal' };
const CONFIRMATION: Target = {
  list: 'financial-advice-confirmations',
  param: 'id',
  type: 'FinancialAdviceConfirmation',
};

/** What the URLs of a module can lead to: where there are several, the one whose list stands in the path, else the first. */
const TARGETS: Readonly<Record<OwnModule, readonly [Target, ...Target[]]>> = {
  locations: [
    {
      param: 'location_id',
      type: 'Location',
      parts: [
        { param: 'evse_uid', list: 'evses', member: 'uid', type: 'EVSE' },
        { param: 'connector_id', list: 'connectors', member: 'id', type: 'Connector' },
      ],
    },
  ],
  sessions: [{ param: 'session_id', type: 'Session' }],
  cdrs: [{ param: 'cdr_id', type: 'CDR' }],
  tariffs: [{ param: 'tariff_id', type: 'Tariff' }],
  tokens: [{ param: 'token_uid', type: 'Token' }],
  hubclientinfo: [{ type: 'ClientInfo' }],
  invoicereconciliation: [{ param: 'id', type: 'InvoiceReconciliationRecord' }],
  payments: [TERMINAL, CONFIRMATION],
  bookings: [BOOKING, BOOKING_LOCATION],
};

export function targetOf(module: OwnModule, { path }: Pick<CatalogueEntry, 'path'>): Target {
  const targets = TARGETS[module];
  return targets.find(({ list }) => list !== undefined && path.includes(list)) ?? targets[0];
}

export function addressOf(module: OwnModule, request: Addressed): PushedAddress {
  const { params, query, entry } = request;
  const { list, param, type, parts = [] } = targetOf(module, entry);
  const owner = ownerIn(params);
  const id = (param === undefined ? owner && formatPartyId(owner) : params[param]) ?? '';
  const named = parts.filter(part => params[part.param] !== undefined);
  const tokenType = module === 'tokens' ? (queryValue(query, 'type') ?? queryValue(query, 'token_type')) : undefined;
  const linkId = linkOf(request.caller);
  return {
    key: {
      linkId,
      module,
      ...(list !== undefined && { list }),
      id,
      // Objects of 2.1.1 do not say whose they are; their link has one party.
      ...(owner && atLeast22(versionOf(request)) && { party: formatPartyId(owner) }),
      ...(tokenType !== undefined && { type: tokenType }),
    },
    steps: named.map(part => ({ list: part.list, member: part.member, id: params[part.param] ?? '' })),
    type: named.at(-1)?.type ?? type,
    turn: turnOf(linkId, module, id),
  };
}

export function turnOf(linkId: number, module: OwnModule, id: string): string {
  return ciKey(`${linkId} ${module} ${id}`);
}

export function linkOf({ linkId }: Caller): number {
  if (linkId === undefined) throw new Error('only links are let into modules');
  return linkId;
}

export function ownerIn({ country_code: countryCode, party_id: partyId }: OcpiRequest['params']): PartyId | undefined {
  return countryCode === undefined || partyId === undefined ? undefined : { countryCode, partyId };
}

/**
 * A party that the caller did not announce (digest 1.8). A hub of 2.2.1 announces itself only, and a link that was adopted
 * perhaps nobody: there any party may be.
 */
export function foreignParty({ parties }: Caller, owner: PartyId | undefined, pointer: string): Finding | undefined {
  if (owner === undefined || parties.length === 0 || parties.some(({ role }) => role === 'HUB')) return undefined;
  if (parties.some(party => samePartyId(party, owner))) return undefined;
  const expected = [...new Set(parties.map(formatPartyId))].join(', ');
  return finding('party.not-announced', { pointer, met: formatPartyId(owner), expected });
}

/** The same of the URL of a request. What a hub tells of others is about parties that are not its own (digest 6.8). */
export function foreignOwner({ entry, caller, params }: Pick<OcpiRequest, 'entry' | 'caller' | 'params'>) {
  return entry.module === 'hubclientinfo' ? undefined : foreignParty(caller, ownerIn(params), 'url');
}
