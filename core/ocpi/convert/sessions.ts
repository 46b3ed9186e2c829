import { ciEqual } from '../ci-string.ts';
import type { Location as Location211 } from '../v2_1_1/locations.ts';
import type { Session as Session211 } from '../v2_1_1/sessions.ts';
import { SessionStatus } from '../v2_1_1/sessions.ts';
import type { Session as Session221 } from '../v2_2_1/sessions.ts';
import type { Session as Session230 } from '../v2_3_0/sessions.ts';
import { periodsFrom211, periodsTo211, periodsTo221 } from './charging-periods.ts';
import { type ConvertContext, NOT_AVAILABLE } from './context.ts';
import { knows } from './enums.ts';
import { costTo221, costTo230, mapped } from './prices.ts';
import { authMethodTo211, cdrTokenFrom211, cdrTokenTo221 } from './session-tokens.ts';

/** Of the embedded location its ids remain: those of its first EVSE and connector. Costs exclude VAT. */
export function sessionFrom211(session: Session211, context: ConvertContext): Session221 {
  const { start_datetime, end_datetime, auth_id, location, charging_periods, total_cost, ...rest } = session;
  const [evse] = location.evses ?? [];
  const periods = mapped(charging_periods, periodsFrom211);
  const cost = mapped(total_cost, amount => ({ excl_vat: amount }));
  return {
    country_code: context.owner.countryCode,
    party_id: context.owner.partyId,
    ...rest,
    start_date_time: start_datetime,
    ...(end_datetime !== undefined && { end_date_time: end_datetime }),
    cdr_token: cdrTokenFrom211(auth_id, context),
    location_id: location.id,
    evse_uid: evse?.uid ?? NOT_AVAILABLE,
    connector_id: evse?.connectors[0]?.id ?? NOT_AVAILABLE,
    ...(periods !== undefined && { charging_periods: periods }),
    ...(cost !== undefined && { total_cost: cost }),
  };
}

/**
 * Left out: the owner, the reference of the authorization, taxes. A reservation is pending. The location is the owner's one of
 * this id, reduced to the EVSE and connector; where there is none, one of which only the ids are known.
 */
export function sessionTo211(session: Session221, { location }: ConvertContext): Session211 {
  const {
    country_code: _country,
    party_id: _party,
    authorization_reference: _reference,
    start_date_time,
    end_date_time,
    cdr_token,
    auth_method,
    location_id,
    evse_uid,
    connector_id,
    charging_periods,
    total_cost,
    status,
    ...rest
  } = session;
  const periods = mapped(charging_periods, periodsTo211);
  const cost = mapped(total_cost, ({ excl_vat }) => excl_vat);
  const known = location?.(location_id) as Location211 | undefined;
  return {
    ...rest,
    start_datetime: start_date_time,
    ...(end_date_time !== undefined && { end_datetime: end_date_time }),
    auth_id: cdr_token.contract_id,
    auth_method: authMethodTo211(auth_method),
    location:
      known === undefined
        ? placeholder(location_id, session)
        : reduced(known, { uid: evse_uid, connector: connector_id }),
    ...(periods !== undefined && { charging_periods: periods }),
    ...(cost !== undefined && { total_cost: cost }),
    status: knows(SessionStatus, status) ? status : 'PENDING',
  };
}

function reduced(location: Location211, { uid, connector }: { uid: string; connector: string }): Location211 {
  const evses = location.evses?.filter(evse => ciEqual(evse.uid, uid)) ?? [];
  return {
    ...location,
    evses: evses.map(evse => {
      const used = evse.connectors.filter(({ id }) => ciEqual(id, connector));
      return used.length === 0 ? evse : { ...evse, connectors: used };
    }),
  };
}

/** REMOVED is the one status that needs no connectors (T28). */
function placeholder(id: string, { evse_uid, last_updated }: Session221): Location211 {
  return {
    id,
    type: 'UNKNOWN',
    address: NOT_AVAILABLE,
    city: NOT_AVAILABLE,
    postal_code: NOT_AVAILABLE,
    country: NOT_AVAILABLE,
    coordinates: { latitude: '0.000000', longitude: '0.000000' },
    evses: [{ uid: evse_uid, status: 'REMOVED', connectors: [], last_updated }],
    last_updated,
  };
}

export function sessionTo230({ total_cost, ...rest }: Session221): Session230 {
  const cost = mapped(total_cost, costTo230);
  return { ...rest, ...(cost !== undefined && { total_cost: cost }) };
}

export function sessionTo221({ total_cost, cdr_token, charging_periods, ...rest }: Session230): Session221 {
  const cost = mapped(total_cost, costTo221);
  const periods = mapped(charging_periods, periodsTo221);
  return {
    ...rest,
    cdr_token: cdrTokenTo221(cdr_token),
    ...(periods !== undefined && { charging_periods: periods }),
    ...(cost !== undefined && { total_cost: cost }),
  };
}
