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
  readonly type: 'Location' | 'EVSE' | 'Connector' | 'Session' | 'CDR' | 'Tariff' | 'Token';
  /** The same for everything that concerns one object, in whatever spelling. */
  readonly turn: string;
}

type Addressed = Pick<OcpiRequest, 'entry' | 'version' | 'caller' | 'params' | 'query'>;

const ID: Readonly<Record<OwnModule, readonly [param: string, type: PushedAddress['type']]>> = {
  locations: ['location_id', 'Location'],
  sessions: ['session_id', 'Session'],
  cdrs: ['cdr_id', 'CDR'],
  tariffs: ['tariff_id', 'Tariff'],
  tokens: ['token_uid', 'Token'],
};

export function addressOf(module: OwnModule, request: Addressed): PushedAddress {
  const { params, query } = request;
  const [param, type] = ID[module];
  const id = params[param] ?? '';
  const steps: PartStep[] = [];
  if (params['evse_uid'] !== undefined) steps.push({ list: 'evses', member: 'uid', id: params['evse_uid'] });
  if (params['connector_id'] !== undefined)
    steps.push({ list: 'connectors', member: 'id', id: params['connector_id'] });
  const tokenType = module === 'tokens' ? (queryValue(query, 'type') ?? queryValue(query, 'token_type')) : undefined;
  const owner = ownerIn(params);
  const linkId = linkOf(request.caller);
  return {
    key: {
      linkId,
      module,
      id,
      // Objects of 2.1.1 do not say whose they are; their link has one party.
      ...(owner && atLeast22(versionOf(request)) && { party: formatPartyId(owner) }),
      ...(tokenType !== undefined && { type: tokenType }),
    },
    steps,
    type: steps.length === 0 ? type : steps.length === 1 ? 'EVSE' : 'Connector',
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
