import type * as z from 'zod';
import {
  adapted,
  bool,
  CiString,
  closedEnum,
  list,
  listOne,
  OcpiString,
  ocpiNumber,
  ocpiObject,
  openEnum,
  optional,
  ruled,
} from '../schema.ts';
import { EnergySource, judgeConnectors, judgeShares } from '../v2_1_1/locations.ts';
import * as before from '../v2_2_1/locations.ts';
import { BusinessDetails, Image } from './business-details.ts';
import { TokenType } from './tokens.ts';

// Locations of 2.3.0 (digest 6.1): many enums are open now, and parking places are described. The rest is as in 2.2.1.

export const Capability = openEnum('Capability', [
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

export const ConnectorCapability = openEnum('ConnectorCapability', [
  'ISO_15118_2_PLUG_AND_CHARGE',
  'ISO_15118_20_PLUG_AND_CHARGE',
]);
export type ConnectorCapability = z.infer<typeof ConnectorCapability>;

export const ConnectorType = openEnum('ConnectorType', [
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
  'MCS',
  'NEMA_5_20',
  'NEMA_6_30',
  'NEMA_6_50',
  'NEMA_10_30',
  'NEMA_10_50',
  'NEMA_14_30',
  'NEMA_14_50',
  'PANTOGRAPH_BOTTOM_UP',
  'PANTOGRAPH_TOP_DOWN',
  'SAE_J3400',
  'TESLA_R',
  'TESLA_S',
]);
export type ConnectorType = z.infer<typeof ConnectorType>;

export const ParkingType = openEnum('ParkingType', [
  'ALONG_MOTORWAY',
  'PARKING_GARAGE',
  'PARKING_LOT',
  'ON_DRIVEWAY',
  'ON_STREET',
  'UNDERGROUND_GARAGE',
]);
export type ParkingType = z.infer<typeof ParkingType>;

export const ParkingRestriction = openEnum('ParkingRestriction', [
  'CUSTOMERS',
  'DISABLED',
  'EMPLOYEES',
  'EV_ONLY',
  'MOTORCYCLES',
  'PLUGGED',
  'TAXIS',
  'TENANTS',
]);
export type ParkingRestriction = z.infer<typeof ParkingRestriction>;

export const ParkingDirection = closedEnum('ParkingDirection', ['PARALLEL', 'PERPENDICULAR', 'ANGLE']);
export type ParkingDirection = z.infer<typeof ParkingDirection>;

/** Seen from the parked vehicle. */
export const EvsePosition = closedEnum('EVSEPosition', ['LEFT', 'RIGHT', 'CENTER']);
export type EvsePosition = z.infer<typeof EvsePosition>;

export const VehicleType = openEnum('VehicleType', [
  'MOTORCYCLE',
  'PERSONAL_VEHICLE',
  'PERSONAL_VEHICLE_WITH_TRAILER',
  'VAN',
  'SEMI_TRACTOR',
  'RIGID',
  'TRUCK_WITH_TRAILER',
  'BUS',
  'DISABLED',
]);
export type VehicleType = z.infer<typeof VehicleType>;

export const Facility = openEnum('Facility', [
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

export const EnvironmentalImpactCategory = openEnum('EnvironmentalImpactCategory', ['NUCLEAR_WASTE', 'CARBON_DIOXIDE']);
export type EnvironmentalImpactCategory = z.infer<typeof EnvironmentalImpactCategory>;

export const EnvironmentalImpact = ocpiObject('EnvironmentalImpact', {
  ...before.EnvironmentalImpact.shape,
  category: EnvironmentalImpactCategory,
});
export type EnvironmentalImpact = z.infer<typeof EnvironmentalImpact>;

export const EnergyMix = ruled(
  ocpiObject('EnergyMix', {
    ...before.EnergyMix.shape,
    energy_sources: list(EnergySource),
    environ_impact: list(EnvironmentalImpact),
  }),
  ({ energy_sources: sources }) => judgeShares(sources),
);
export type EnergyMix = z.infer<typeof EnergyMix>;

export const PublishTokenType = ruled(
  ocpiObject('PublishTokenType', { ...before.PublishTokenType.shape, type: optional(TokenType) }),
  before.judgePublishToken,
);
export type PublishTokenType = z.infer<typeof PublishTokenType>;

/** A parking space. Weights in kg, lengths in cm, `time_limit` in minutes. */
export const Parking = ocpiObject('Parking', {
  id: CiString(36),
  physical_reference: optional(OcpiString(12)),
  vehicle_types: listOne(VehicleType),
  max_vehicle_weight: optional(ocpiNumber()),
  max_vehicle_height: optional(ocpiNumber()),
  max_vehicle_length: optional(ocpiNumber()),
  max_vehicle_width: optional(ocpiNumber()),
  parking_space_length: optional(ocpiNumber()),
  parking_space_width: optional(ocpiNumber()),
  dangerous_goods_allowed: optional(bool()),
  direction: optional(ParkingDirection),
  drive_through: optional(bool()),
  restricted_to_type: bool(),
  reservation_required: bool(),
  time_limit: optional(ocpiNumber()),
  roofed: optional(bool()),
  images: list(Image),
  lighting: optional(bool()),
  refrigeration_outlet: optional(bool()),
  standards: list(CiString(36)),
  apds_reference: optional(CiString()),
});
export type Parking = z.infer<typeof Parking>;

/** The samples of the first edition list the bare ids of parking places (T30). */
export const EvseParking = adapted(
  ocpiObject('EVSEParking', { parking_id: CiString(36), evse_position: optional(EvsePosition) }),
  value => {
    if (typeof value !== 'string') return undefined;
    const flaw = {
      code: 'evse-parking.text',
      met: JSON.stringify(value),
      expected: 'an object with parking_id',
    } as const;
    return { value: { parking_id: value }, flaw };
  },
);
export type EvseParking = z.infer<typeof EvseParking>;

export const Connector = ocpiObject('Connector', {
  ...before.Connector.shape,
  standard: ConnectorType,
  capabilities: list(ConnectorCapability),
});
export type Connector = z.infer<typeof Connector>;

export const Evse = ruled(
  ocpiObject('EVSE', {
    ...before.Evse.shape,
    capabilities: list(Capability),
    connectors: listOne(Connector, { emptyJudgedAbove: true }),
    parking_restrictions: list(ParkingRestriction),
    parking: list(EvseParking),
    images: list(Image),
    accepted_service_providers: list(OcpiString(50)),
  }),
  judgeConnectors,
);
export type Evse = z.infer<typeof Evse>;

export const Location = ocpiObject('Location', {
  ...before.Location.shape,
  publish_allowed_to: list(PublishTokenType),
  parking_type: optional(ParkingType),
  evses: list(Evse),
  parking_places: list(Parking),
  operator: optional(BusinessDetails),
  suboperator: optional(BusinessDetails),
  owner: optional(BusinessDetails),
  facilities: list(Facility),
  images: list(Image),
  energy_mix: optional(EnergyMix),
  help_phone: optional(CiString(25)),
});
export type Location = z.infer<typeof Location>;
