import type * as z from 'zod';
import { CiString, closedEnum, list, listOne, ocpiObject, optional, ruled } from '../schema.ts';
import { judgeCdr } from '../stances/charging.ts';
import * as before from '../v2_2_1/cdrs.ts';
import { ConnectorType } from './locations.ts';
import { Price } from './price.ts';
import { Tariff } from './tariffs.ts';
import { TokenType } from './tokens.ts';

// CDRs of 2.3.0 (digest 6.3). What is not stated here is as in 2.2.1.

/** The last two are of the Bookings document. */
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
  'RESERVATION_EXPIRES',
  'RESERVATION_OVERTIME',
]);
export type CdrDimensionType = z.infer<typeof CdrDimensionType>;

export const CdrDimension = ocpiObject('CdrDimension', { ...before.CdrDimension.shape, type: CdrDimensionType });
export type CdrDimension = z.infer<typeof CdrDimension>;

export const ChargingPeriod = ocpiObject('ChargingPeriod', {
  ...before.ChargingPeriod.shape,
  dimensions: listOne(CdrDimension),
});
export type ChargingPeriod = z.infer<typeof ChargingPeriod>;

export const CdrToken = ocpiObject('CdrToken', { ...before.CdrToken.shape, type: TokenType });
export type CdrToken = z.infer<typeof CdrToken>;

export const CdrLocation = ocpiObject('CdrLocation', {
  ...before.CdrLocation.shape,
  connector_standard: ConnectorType,
});
export type CdrLocation = z.infer<typeof CdrLocation>;

/** `booking_id` is of the Bookings document. */
export const Cdr = ruled(
  ocpiObject('CDR', {
    ...before.Cdr.shape,
    booking_id: optional(CiString(36)),
    cdr_token: CdrToken,
    cdr_location: CdrLocation,
    tariffs: list(Tariff),
    charging_periods: listOne(ChargingPeriod),
    total_cost: Price,
    total_fixed_cost: optional(Price),
    total_energy_cost: optional(Price),
    total_time_cost: optional(Price),
    total_parking_cost: optional(Price),
    total_reservation_cost: optional(Price),
  }),
  judgeCdr,
);
export type Cdr = z.infer<typeof Cdr>;
