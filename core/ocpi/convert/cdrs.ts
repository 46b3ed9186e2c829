import type { Cdr as Cdr211 } from '../v2_1_1/cdrs.ts';
import type { Location as Location211 } from '../v2_1_1/locations.ts';
import type { Cdr as Cdr221, CdrLocation } from '../v2_2_1/cdrs.ts';
import type { Cdr as Cdr230 } from '../v2_3_0/cdrs.ts';
import { atLeastOne, periodsFrom211, periodsTo211, periodsTo221 } from './charging-periods.ts';
import { type ConvertContext, NOT_AVAILABLE } from './context.ts';
import { powerTypeTo211, sixDecimals } from './locations.ts';
import { costTo221, costTo230, mapped } from './prices.ts';
import { authMethodTo211, cdrTokenFrom211, cdrTokenTo221 } from './session-tokens.ts';
import { tariffFrom211, tariffTo211, tariffTo221, tariffTo230 } from './tariffs.ts';

export function cdrFrom211(cdr: Cdr211, context: ConvertContext): Cdr221 {
  const { stop_date_time, auth_id, location, tariffs, charging_periods, total_cost, ...rest } = cdr;
  const converted = mapped(tariffs, all => all.map(tariff => tariffFrom211(tariff, context)));
  return {
    country_code: context.owner.countryCode,
    party_id: context.owner.partyId,
    ...rest,
    end_date_time: stop_date_time,
    cdr_token: cdrTokenFrom211(auth_id, context),
    cdr_location: cdrLocationFrom211(location),
    ...(converted !== undefined && { tariffs: converted }),
    charging_periods: atLeastOne(periodsFrom211(charging_periods), cdr),
    total_cost: { excl_vat: total_cost },
  };
}

/** What an embedded location does not say of EVSE and connector is not known; the kind of connector is then to be ignored. */
function cdrLocationFrom211({
  id,
  name,
  address,
  city,
  postal_code,
  country,
  coordinates,
  evses,
}: Location211): CdrLocation {
  const [evse] = evses ?? [];
  const connector = evse?.connectors[0];
  return {
    id,
    ...(name !== undefined && { name }),
    address,
    city,
    postal_code,
    country,
    coordinates,
    evse_uid: evse?.uid ?? NOT_AVAILABLE,
    evse_id: evse?.evse_id ?? NOT_AVAILABLE,
    connector_id: connector?.id ?? NOT_AVAILABLE,
    connector_standard: connector?.standard ?? 'IEC_62196_T2',
    connector_format: connector?.format ?? 'SOCKET',
    connector_power_type: connector?.power_type ?? 'AC_1_PHASE',
  };
}

/** Left out: the owner, session, signed data, taxes, the parts of the cost, invoices, and that it is a credit. */
export function cdrTo211(cdr: Cdr221): Cdr211 {
  const {
    country_code: _country,
    party_id: _party,
    session_id: _session,
    authorization_reference: _reference,
    signed_data: _signed,
    total_fixed_cost: _fixed,
    total_energy_cost: _energy,
    total_time_cost: _time,
    total_parking_cost: _parking,
    total_reservation_cost: _reservation,
    invoice_reference_id: _invoice,
    credit: _credit,
    credit_reference_id: _credited,
    home_charging_compensation: _home,
    end_date_time,
    cdr_token,
    auth_method,
    cdr_location,
    tariffs,
    charging_periods,
    total_cost,
    ...rest
  } = cdr;
  const converted = mapped(tariffs, all => all.map(tariffTo211));
  return {
    ...rest,
    stop_date_time: end_date_time,
    auth_id: cdr_token.contract_id,
    auth_method: authMethodTo211(auth_method),
    location: locationOf(cdr_location, cdr.last_updated),
    ...(converted !== undefined && { tariffs: converted }),
    charging_periods: atLeastOne(periodsTo211(charging_periods), cdr),
    total_cost: total_cost.excl_vat,
  };
}

/** Of the connector voltage and amperage are not known: 0. */
function locationOf(place: CdrLocation, last_updated: string): Location211 {
  const { id, name, address, city, postal_code, country, coordinates } = place;
  return {
    id,
    type: 'UNKNOWN',
    ...(name !== undefined && { name }),
    address,
    city,
    postal_code: postal_code ?? NOT_AVAILABLE,
    country,
    coordinates: { ...coordinates, ...sixDecimals(coordinates) },
    evses: [
      {
        uid: place.evse_uid,
        ...(place.evse_id !== NOT_AVAILABLE && { evse_id: place.evse_id }),
        status: 'UNKNOWN',
        connectors: [
          {
            id: place.connector_id,
            standard: place.connector_standard,
            format: place.connector_format,
            power_type: powerTypeTo211(place.connector_power_type),
            voltage: 0,
            amperage: 0,
            last_updated,
          },
        ],
        last_updated,
      },
    ],
    last_updated,
  };
}

const PARTS = [
  'total_fixed_cost',
  'total_energy_cost',
  'total_time_cost',
  'total_parking_cost',
  'total_reservation_cost',
] as const;
type Part = (typeof PARTS)[number];

export function cdrTo230({ tariffs, total_cost, ...rest }: Cdr221): Cdr230 {
  const converted = mapped(tariffs, all => all.map(tariffTo230));
  return {
    ...rest,
    ...partsOf(rest, costTo230),
    total_cost: costTo230(total_cost),
    ...(converted !== undefined && { tariffs: converted }),
  };
}

/** Left out: the booking, and dimensions of bookings. */
export function cdrTo221({ booking_id: _, tariffs, total_cost, cdr_token, charging_periods, ...rest }: Cdr230): Cdr221 {
  const converted = mapped(tariffs, all => all.map(tariffTo221));
  return {
    ...rest,
    ...partsOf(rest, costTo221),
    cdr_token: cdrTokenTo221(cdr_token),
    charging_periods: atLeastOne(periodsTo221(charging_periods), rest),
    total_cost: costTo221(total_cost),
    ...(converted !== undefined && { tariffs: converted }),
  };
}

/** The parts of the cost that are there, each converted. */
function partsOf<From, To>(
  cdr: { readonly [Name in Part]?: From | null | undefined },
  change: (cost: From) => To,
): { [Name in Part]: To | null | undefined } {
  const converted = PARTS.flatMap(name =>
    cdr[name] === undefined ? [] : [[name, mapped(cdr[name], change)] as const],
  );
  return Object.fromEntries(converted) as { [Name in Part]: To | null | undefined };
}
