import type * as z from 'zod';
import {
  bool,
  CiString,
  closedEnum,
  DateTimeText,
  type Flaw,
  list,
  listOne,
  OcpiString,
  ocpiInt,
  ocpiNumber,
  ocpiObject,
  optional,
  ruled,
  Url,
} from '../schema.ts';
import { Coordinate, Country } from '../stances/addresses.ts';
import { judgeHoursStrictly } from '../stances/hours.ts';
import { DisplayText } from '../v2_1_1/display-text.ts';
import * as before from '../v2_1_1/locations.ts';
import { BusinessDetails, Image } from './business-details.ts';
import { TokenType } from './tokens.ts';

// Locations of 2.2.1 (digest 6.1). What is not stated here is as in 2.1.1.

export const Capability = closedEnum('Capability', [
  'CHARGING_PROFILE_CAPABLE',
  'CHARGING_PREFERENCES_CAPABLE',
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'PED_TERMINAL',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'START_SESSION_CONNECTOR_REQUIRED',
  'TOKEN_GROUP_CAPABLE',
  'UNLOCK_CAPABLE',
]);
export type Capability = z.infer<typeof Capability>;

export const ConnectorType = closedEnum('ConnectorType', [
  'CHADEMO',
  'CHAOJI',
  'DOMESTIC_A',
  'DOMESTIC_B',
  'DOMESTIC_C',
  'DOMESTIC_D',
  'DOMESTIC_E',
  'DOMESTIC_F',
  'DOMESTIC_G',
  'DOMESTIC_H',
  'DOMESTIC_I',
  'DOMESTIC_J',
  'DOMESTIC_K',
  'DOMESTIC_L',
  'DOMESTIC_M',
  'DOMESTIC_N',
  'DOMESTIC_O',
  'GBT_AC',
  'GBT_DC',
  'IEC_60309_2_single_16',
  'IEC_60309_2_three_16',
  'IEC_60309_2_three_32',
  'IEC_60309_2_three_64',
  'IEC_62196_T1',
  'IEC_62196_T1_COMBO',
  'IEC_62196_T2',
  'IEC_62196_T2_COMBO',
  'IEC_62196_T3A',
  'IEC_62196_T3C',
  'NEMA_5_20',
  'NEMA_6_30',
  'NEMA_6_50',
  'NEMA_10_30',
  'NEMA_10_50',
  'NEMA_14_30',
  'NEMA_14_50',
  'PANTOGRAPH_BOTTOM_UP',
  'PANTOGRAPH_TOP_DOWN',
  'TESLA_R',
  'TESLA_S',
]);
export type ConnectorType = z.infer<typeof ConnectorType>;

export const PowerType = closedEnum('PowerType', ['AC_1_PHASE', 'AC_2_PHASE', 'AC_2_PHASE_SPLIT', 'AC_3_PHASE', 'DC']);
export type PowerType = z.infer<typeof PowerType>;

export const ParkingType = closedEnum('ParkingType', [
  'ALONG_MOTORWAY',
  'PARKING_GARAGE',
  'PARKING_LOT',
  'ON_DRIVEWAY',
  'ON_STREET',
  'UNDERGROUND_GARAGE',
]);
export type ParkingType = z.infer<typeof ParkingType>;

export const Facility = closedEnum('Facility', [
  'HOTEL',
  'RESTAURANT',
  'CAFE',
  'MALL',
  'SUPERMARKET',
  'SPORT',
  'RECREATION_AREA',
  'NATURE',
  'MUSEUM',
  'BIKE_SHARING',
  'BUS_STOP',
  'TAXI_STAND',
  'TRAM_STOP',
  'METRO_STATION',
  'TRAIN_STATION',
  'AIRPORT',
  'PARKING_LOT',
  'CARPOOL_PARKING',
  'FUEL_STATION',
  'WIFI',
]);
export type Facility = z.infer<typeof Facility>;

/** WGS 84, decimal degrees as text, with five to seven decimals. */
export const GeoLocation = ocpiObject('GeoLocation', {
  latitude: Coordinate('latitude', { decimals: 'five-to-seven' }),
  longitude: Coordinate('longitude', { decimals: 'five-to-seven' }),
});
export type GeoLocation = z.infer<typeof GeoLocation>;

export const AdditionalGeoLocation = ocpiObject('AdditionalGeoLocation', {
  ...GeoLocation.shape,
  name: optional(DisplayText),
});
export type AdditionalGeoLocation = z.infer<typeof AdditionalGeoLocation>;

/** `amount` is in g/kWh. */
export const EnvironmentalImpact = ocpiObject('EnvironmentalImpact', {
  category: before.EnvironmentalImpactCategory,
  amount: ocpiNumber(),
});
export type EnvironmentalImpact = z.infer<typeof EnvironmentalImpact>;

export const EnergyMix = ruled(
  ocpiObject('EnergyMix', { ...before.EnergyMix.shape, environ_impact: list(EnvironmentalImpact) }),
  ({ energy_sources: sources }) => before.judgeShares(sources),
);
export type EnergyMix = z.infer<typeof EnergyMix>;

/** Regular hours exactly where it is not open around the clock. */
export const Hours = ruled(ocpiObject('Hours', { ...before.Hours.shape, twentyfourseven: bool() }), judgeHoursStrictly);
export type Hours = z.infer<typeof Hours>;

/** Whom a location that is not published may be shown to: all set fields have to match. */
export const PublishTokenType = ruled(
  ocpiObject('PublishTokenType', {
    uid: optional(CiString(36)),
    type: optional(TokenType),
    visual_number: optional(OcpiString(64)),
    issuer: optional(OcpiString(64)),
    group_id: optional(CiString(36)),
  }),
  judgePublishToken,
);
export type PublishTokenType = z.infer<typeof PublishTokenType>;

export function judgePublishToken(
  token: {
    readonly [field in 'uid' | 'type' | 'visual_number' | 'issuer' | 'group_id']?: string | null | undefined;
  },
): Flaw[] | undefined {
  const expected = 'uid with type, visual_number with issuer, or group_id';
  const halves = Boolean(token.uid) !== Boolean(token.type) || Boolean(token.visual_number) !== Boolean(token.issuer);
  const none = !token.uid && !token.visual_number && !token.group_id;
  if (!halves && !none) return undefined;
  const met = Object.entries(token).flatMap(([name, value]) => (value ? [name] : []));
  return [{ code: 'publish-token.incomplete', met: met.join(', ') || 'no field', expected }];
}

/** Voltage in V (line to neutral with three phases), amperage in A, power in W. */
export const Connector = ocpiObject('Connector', {
  id: CiString(36),
  standard: ConnectorType,
  format: before.ConnectorFormat,
  power_type: PowerType,
  max_voltage: ocpiInt(),
  max_amperage: ocpiInt(),
  max_electric_power: optional(ocpiInt()),
  tariff_ids: list(CiString(36)),
  terms_and_conditions: optional(Url()),
  last_updated: DateTimeText(),
});
export type Connector = z.infer<typeof Connector>;

export const Evse = ruled(
  ocpiObject('EVSE', {
    ...before.Evse.shape,
    uid: CiString(36),
    evse_id: optional(CiString(48)),
    capabilities: list(Capability),
    connectors: listOne(Connector, { emptyJudgedAbove: true }),
    coordinates: optional(GeoLocation),
    images: list(Image),
  }),
  before.judgeConnectors,
);
export type Evse = z.infer<typeof Evse>;

export const Location = ocpiObject('Location', {
  country_code: CiString(2),
  party_id: CiString(3),
  id: CiString(36),
  publish: bool(),
  publish_allowed_to: list(PublishTokenType),
  name: optional(OcpiString(255)),
  address: OcpiString(255),
  city: OcpiString(45),
  postal_code: optional(OcpiString(10)),
  state: optional(OcpiString(45)),
  country: Country(),
  coordinates: GeoLocation,
  related_locations: list(AdditionalGeoLocation),
  parking_type: optional(ParkingType),
  evses: list(Evse),
  directions: list(DisplayText),
  operator: optional(BusinessDetails),
  suboperator: optional(BusinessDetails),
  owner: optional(BusinessDetails),
  facilities: list(Facility),
  time_zone: OcpiString(255),
  opening_times: optional(Hours),
  charging_when_closed: optional(bool()),
  images: list(Image),
  energy_mix: optional(EnergyMix),
  last_updated: DateTimeText(),
});
export type Location = z.infer<typeof Location>;
