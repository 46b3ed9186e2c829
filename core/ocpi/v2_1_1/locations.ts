import type * as z from 'zod';
import {
  bool,
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
  tolerated,
  Url,
} from '../schema.ts';
import { Coordinate, Country } from '../stances/addresses.ts';
import { judgeHours, TimeOfDay, Weekday } from '../stances/hours.ts';
import { BusinessDetails, Image } from './business-details.ts';
import { DisplayText } from './display-text.ts';

// Locations of 2.1.1 (digest 6.1): owned by the CPO, one location to many EVSEs to many connectors.

export const Status = closedEnum('Status', [
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'PLANNED',
  'REMOVED',
  'RESERVED',
  'UNKNOWN',
]);
export type Status = z.infer<typeof Status>;

export const Capability = closedEnum('Capability', [
  'CHARGING_PROFILE_CAPABLE',
  'CREDIT_CARD_PAYABLE',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'UNLOCK_CAPABLE',
]);
export type Capability = z.infer<typeof Capability>;

export const ConnectorFormat = closedEnum('ConnectorFormat', ['SOCKET', 'CABLE']);
export type ConnectorFormat = z.infer<typeof ConnectorFormat>;

export const ConnectorType = closedEnum('ConnectorType', [
  'CHADEMO',
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
  'TESLA_R',
  'TESLA_S',
]);
export type ConnectorType = z.infer<typeof ConnectorType>;

export const PowerType = closedEnum('PowerType', ['AC_1_PHASE', 'AC_3_PHASE', 'DC']);
export type PowerType = z.infer<typeof PowerType>;

export const LocationType = closedEnum('LocationType', [
  'ON_STREET',
  'PARKING_GARAGE',
  'UNDERGROUND_GARAGE',
  'PARKING_LOT',
  'OTHER',
  'UNKNOWN',
]);
export type LocationType = z.infer<typeof LocationType>;

export const ParkingRestriction = closedEnum('ParkingRestriction', [
  'EV_ONLY',
  'PLUGGED',
  'DISABLED',
  'CUSTOMERS',
  'MOTORCYCLES',
]);
export type ParkingRestriction = z.infer<typeof ParkingRestriction>;

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
  'BUS_STOP',
  'TAXI_STAND',
  'TRAIN_STATION',
  'AIRPORT',
  'CARPOOL_PARKING',
  'FUEL_STATION',
  'WIFI',
]);
export type Facility = z.infer<typeof Facility>;

export const EnergySourceCategory = closedEnum('EnergySourceCategory', [
  'NUCLEAR',
  'GENERAL_FOSSIL',
  'COAL',
  'GAS',
  'GENERAL_GREEN',
  'SOLAR',
  'WIND',
  'WATER',
]);
export type EnergySourceCategory = z.infer<typeof EnergySourceCategory>;

export const EnvironmentalImpactCategory = closedEnum('EnvironmentalImpactCategory', [
  'NUCLEAR_WASTE',
  'CARBON_DIOXIDE',
]);
export type EnvironmentalImpactCategory = z.infer<typeof EnvironmentalImpactCategory>;

/** WGS 84, decimal degrees as text, each with six decimals. */
export const GeoLocation = ocpiObject('GeoLocation', {
  latitude: Coordinate('latitude', { decimals: 'six' }),
  longitude: Coordinate('longitude', { decimals: 'six' }),
});
export type GeoLocation = z.infer<typeof GeoLocation>;

export const AdditionalGeoLocation = ocpiObject('AdditionalGeoLocation', {
  ...GeoLocation.shape,
  name: optional(DisplayText),
});
export type AdditionalGeoLocation = z.infer<typeof AdditionalGeoLocation>;

export const EnergySource = ocpiObject('EnergySource', { source: EnergySourceCategory, percentage: ocpiNumber() });
export type EnergySource = z.infer<typeof EnergySource>;

/** `amount` is in g/kWh. The field that names the impact is called `category` from 2.2 on. */
export const EnvironmentalImpact = ocpiObject('EnvironmentalImpact', {
  source: EnvironmentalImpactCategory,
  amount: ocpiNumber(),
});
export type EnvironmentalImpact = z.infer<typeof EnvironmentalImpact>;

/** Shares of the sources should add up to 100 %. */
export const EnergyMix = ruled(
  ocpiObject('EnergyMix', {
    is_green_energy: bool(),
    energy_sources: list(EnergySource),
    environ_impact: list(EnvironmentalImpact),
    supplier_name: optional(OcpiString(64)),
    energy_product_name: optional(OcpiString(64)),
  }),
  ({ energy_sources: sources }) => judgeShares(sources),
);
export type EnergyMix = z.infer<typeof EnergyMix>;

export function judgeShares(sources: readonly EnergySource[] | null | undefined): Flaw[] | undefined {
  if (!sources || sources.length === 0) return undefined;
  const sum = sources.reduce((total, { percentage }) => total + percentage, 0);
  if (Math.abs(sum - 100) <= 0.5) return undefined;
  return [{ code: 'energy-mix.sum', at: ['energy_sources'], met: `${Number(sum.toFixed(4))} %`, expected: '100 %' }];
}

/** Local times of the location; overnight hours wrap around (T24). */
export const RegularHours = ocpiObject('RegularHours', {
  weekday: Weekday(),
  period_begin: TimeOfDay(),
  period_end: TimeOfDay(),
});
export type RegularHours = z.infer<typeof RegularHours>;

export const ExceptionalPeriod = ocpiObject('ExceptionalPeriod', {
  period_begin: DateTimeText(),
  period_end: DateTimeText(),
});
export type ExceptionalPeriod = z.infer<typeof ExceptionalPeriod>;

/** A choice of regular hours or around the clock, so that data without twentyfourseven is fine (T28a). */
export const Hours = ruled(
  ocpiObject('Hours', {
    regular_hours: list(RegularHours),
    twentyfourseven: tolerated(bool()),
    exceptional_openings: list(ExceptionalPeriod),
    exceptional_closings: list(ExceptionalPeriod),
  }),
  judgeHours,
);
export type Hours = z.infer<typeof Hours>;

export const StatusSchedule = ocpiObject('StatusSchedule', {
  period_begin: DateTimeText(),
  period_end: optional(DateTimeText()),
  status: Status,
});
export type StatusSchedule = z.infer<typeof StatusSchedule>;

/** Voltage in V (line to neutral with three phases), amperage in A. */
export const Connector = ocpiObject('Connector', {
  id: OcpiString(36),
  standard: ConnectorType,
  format: ConnectorFormat,
  power_type: PowerType,
  voltage: ocpiInt(),
  amperage: ocpiInt(),
  tariff_id: optional(OcpiString(36)),
  terms_and_conditions: optional(Url()),
  last_updated: DateTimeText(),
});
export type Connector = z.infer<typeof Connector>;

export const Evse = ruled(
  ocpiObject('EVSE', {
    uid: OcpiString(39),
    evse_id: optional(OcpiString(48)),
    status: Status,
    status_schedule: list(StatusSchedule),
    capabilities: list(Capability),
    connectors: listOne(Connector, { emptyJudgedAbove: true }),
    floor_level: optional(OcpiString(4)),
    coordinates: optional(GeoLocation),
    physical_reference: optional(OcpiString(16)),
    directions: list(DisplayText),
    parking_restrictions: list(ParkingRestriction),
    images: list(Image),
    last_updated: DateTimeText(),
  }),
  judgeConnectors,
);
export type Evse = z.infer<typeof Evse>;

/** EVSEs that are gone come without connectors (T28). */
export function judgeConnectors(evse: {
  readonly status: string;
  readonly connectors: readonly unknown[];
}): Flaw[] | undefined {
  if (evse.connectors.length > 0 || evse.status === 'REMOVED') return undefined;
  return [{ code: 'list.empty', at: ['connectors'], met: 'an empty list', expected: 'at least one element' }];
}

export const Location = ocpiObject('Location', {
  id: OcpiString(39),
  type: LocationType,
  name: optional(OcpiString(255)),
  address: OcpiString(45),
  city: OcpiString(45),
  postal_code: OcpiString(10),
  country: Country(),
  coordinates: GeoLocation,
  related_locations: list(AdditionalGeoLocation),
  evses: list(Evse),
  directions: list(DisplayText),
  operator: optional(BusinessDetails),
  suboperator: optional(BusinessDetails),
  owner: optional(BusinessDetails),
  facilities: list(Facility),
  time_zone: optional(OcpiString(255)),
  opening_times: optional(Hours),
  charging_when_closed: optional(bool()),
  images: list(Image),
  energy_mix: optional(EnergyMix),
  last_updated: DateTimeText(),
});
export type Location = z.infer<typeof Location>;
