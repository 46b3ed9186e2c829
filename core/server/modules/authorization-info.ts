import { writeDateTime } from '../../ocpi/date-time.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { AskedAuthorization } from '../simulation.ts';

export interface Authorization {
  /** AllowedType. */
  readonly allowed: string;
  /** As it is served in the version asked for. */
  readonly token: JsonObject;
  readonly reference: string;
}

export interface TokenMaking {
  readonly allowed: string;
  readonly issuer: PartyId & { readonly name: string };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const LONGEST_ISSUER = 64;

/** AuthorizationInfo (digest 6.5): the location is repeated where charging is allowed there; 2.1.1 has no token in it. */
export function authorizationInfo(asked: AskedAuthorization, { allowed, token, reference }: Authorization): JsonObject {
  const yes = allowed === 'ALLOWED';
  const since22 = atLeast22(asked.version);
  return {
    allowed,
    ...(since22 && { token }),
    ...(yes && asked.location !== undefined && { location: asked.location }),
    ...(yes && since22 && { authorization_reference: reference }),
  };
}

/** A token that nobody knows, made up because an answer that was decided on needs one from 2.2 on. */
export function unknownToken({ uid, type }: AskedAuthorization, { allowed, issuer, now }: TokenMaking): JsonObject {
  return {
    country_code: issuer.countryCode,
    party_id: issuer.partyId,
    uid,
    type,
    contract_id: uid,
    issuer: issuer.name.slice(0, LONGEST_ISSUER),
    valid: allowed !== 'BLOCKED' && allowed !== 'EXPIRED',
    whitelist: 'NEVER',
    last_updated: writeDateTime(now),
  };
}
