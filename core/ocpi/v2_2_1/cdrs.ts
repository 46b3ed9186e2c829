import type * as z from 'zod';
import {
  bool,
  CiString,
  closedEnum,
  DateTimeText,
  list,
  listOne,
  OcpiString,
  ocpiInt,
  ocpiNumber,
  ocpiObject,
  optional,
  ruled,
  tolerated,
} from '../schema.ts';
import { Country } from '../stances/addresses.ts';
import { judgeCdr } from '../stances/charging.ts';
import { ConnectorFormat } from '../v2_1_1/locations.ts';
import { ConnectorType, GeoLocation, PowerType } from './locations.ts';
import { Price } from './price.ts';
import { Tariff } from './tariffs.ts';
import { TokenType } from './tokens.ts';

// CDRs of 2.2.1 (digest 6.3): owned by the CPO, never changed, corrected by credit CDRs.

export const AuthMethod = closedEnum('AuthMethod', ['AUTH_REQUEST', 'COMMAND', 'WHITELIST']);
export type AuthMethod = z.infer<typeof AuthMethod>;

export const CdrDimensionType = closedEnum('CdrDimensionType', [
  'CURRENT',
  'ENERGY',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'MAX_CURRENT',
  'MIN_CURRENT',
  'MAX_POWER',
  'MIN_POWER',
  'PARKING_TIME',
  'POWER',
  'RESERVATION_TIME',
  'STATE_OF_CHARGE',
  'TIME',
]);
export type CdrDimensionType = z.infer<typeof CdrDimensionType>;

/** Volumes in kWh, hours, A, kW or %, by type. */
export const CdrDimension = ocpiObject('CdrDimension', { type: CdrDimensionType, volume: ocpiNumber() });
export type CdrDimension = z.infer<typeof CdrDimension>;

export const ChargingPeriod = ocpiObject('ChargingPeriod', {
  start_date_time: DateTimeText(),
  dimensions: listOne(CdrDimension),
  tariff_id: optional(CiString(36)),
});
export type ChargingPeriod = z.infer<typeof ChargingPeriod>;

/** Before 2.2.1 there were neither country_code nor party_id, and partners go on without (T20a). */
export const CdrToken = ocpiObject('CdrToken', {
  country_code: tolerated(CiString(2), 'cdr-token.party-missing'),
  party_id: tolerated(CiString(3), 'cdr-token.party-missing'),
  uid: CiString(36),
  type: TokenType,
  contract_id: CiString(36),
});
export type CdrToken = z.infer<typeof CdrToken>;

/** `address` and `state` kept their old lengths when those of Location grew (T23). */
export const CdrLocation = ocpiObject('CdrLocation', {
  id: CiString(36),
  name: optional(OcpiString(255)),
  address: OcpiString(45),
  city: OcpiString(45),
  postal_code: optional(OcpiString(10)),
  state: optional(OcpiString(20)),
  country: Country(),
  coordinates: GeoLocation,
  evse_uid: CiString(36),
  evse_id: CiString(48),
  connector_id: CiString(36),
  connector_standard: ConnectorType,
  connector_format: ConnectorFormat,
  connector_power_type: PowerType,
});
export type CdrLocation = z.infer<typeof CdrLocation>;

export const SignedValue = ocpiObject('SignedValue', {
  nature: CiString(32),
  plain_data: OcpiString(5000),
  signed_data: OcpiString(5000),
});
export type SignedValue = z.infer<typeof SignedValue>;

export const SignedData = ocpiObject('SignedData', {
  encoding_method: CiString(36),
  encoding_method_version: optional(ocpiInt()),
  public_key: optional(OcpiString(512)),
  signed_values: listOne(SignedValue),
  url: optional(OcpiString(512)),
});
export type SignedData = z.infer<typeof SignedData>;

/** Energy in kWh, times in hours. In a credit CDR only total_cost is negative (T38). */
export const Cdr = ruled(
  ocpiObject('CDR', {
    country_code: CiString(2),
    party_id: CiString(3),
    id: CiString(39),
    start_date_time: DateTimeText(),
    end_date_time: DateTimeText(),
    session_id: optional(CiString(36)),
    cdr_token: CdrToken,
    auth_method: AuthMethod,
    authorization_reference: optional(CiString(36)),
    cdr_location: CdrLocation,
    meter_id: optional(OcpiString(255)),
    currency: OcpiString(3),
    tariffs: list(Tariff),
    charging_periods: listOne(ChargingPeriod),
    signed_data: optional(SignedData),
    total_cost: Price,
    total_fixed_cost: optional(Price),
    total_energy: ocpiNumber(),
    total_energy_cost: optional(Price),
    total_time: ocpiNumber(),
    total_time_cost: optional(Price),
    total_parking_time: optional(ocpiNumber()),
    total_parking_cost: optional(Price),
    total_reservation_cost: optional(Price),
    remark: optional(OcpiString(255)),
    invoice_reference_id: optional(CiString(39)),
    credit: optional(bool()),
    credit_reference_id: optional(CiString(39)),
    home_charging_compensation: optional(bool()),
    last_updated: DateTimeText(),
  }),
  judgeCdr,
);
export type Cdr = z.infer<typeof Cdr>;
