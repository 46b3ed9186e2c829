import type * as z from 'zod';
import {
  adapted,
  CiString,
  closedEnum,
  DateTimeText,
  list,
  listOne,
  OcpiString,
  ocpiNumber,
  ocpiObject,
  optional,
  ruled,
} from '../schema.ts';
import { judgeEmbeddedLocation, judgeEnergy, judgeOrder } from '../stances/charging.ts';
import { readAmount } from '../stances/money.ts';
import { Location } from './locations.ts';
import { Tariff } from './tariffs.ts';

// CDRs of 2.1.1 (digest 6.3): owned by the CPO, never changed once sent.

export const AuthMethod = closedEnum('AuthMethod', ['AUTH_REQUEST', 'WHITELIST']);
export type AuthMethod = z.infer<typeof AuthMethod>;

export const CdrDimensionType = closedEnum('CdrDimensionType', [
  'ENERGY',
  'FLAT',
  'MAX_CURRENT',
  'MIN_CURRENT',
  'PARKING_TIME',
  'TIME',
]);
export type CdrDimensionType = z.infer<typeof CdrDimensionType>;

/** Volumes in kWh, hours or A, by type. */
export const CdrDimension = ocpiObject('CdrDimension', { type: CdrDimensionType, volume: ocpiNumber() });
export type CdrDimension = z.infer<typeof CdrDimension>;

export const ChargingPeriod = ocpiObject('ChargingPeriod', {
  start_date_time: DateTimeText(),
  dimensions: listOne(CdrDimension),
});
export type ChargingPeriod = z.infer<typeof ChargingPeriod>;

/** Cost excluding VAT, energy in kWh, times in hours. The location is reduced to the EVSE that was used. */
export const Cdr = ruled(
  ocpiObject('CDR', {
    id: CiString(36),
    start_date_time: DateTimeText(),
    stop_date_time: DateTimeText(),
    auth_id: OcpiString(36),
    auth_method: AuthMethod,
    location: Location,
    meter_id: optional(OcpiString(255)),
    currency: OcpiString(3),
    tariffs: list(Tariff),
    charging_periods: listOne(ChargingPeriod),
    total_cost: adapted(ocpiNumber(), readAmount),
    total_energy: ocpiNumber(),
    total_time: ocpiNumber(),
    total_parking_time: optional(ocpiNumber()),
    remark: optional(OcpiString(255)),
    last_updated: DateTimeText(),
  }),
  cdr => [
    ...judgeOrder(cdr.start_date_time, cdr.stop_date_time, 'stop_date_time'),
    ...judgeEmbeddedLocation(cdr.location),
    ...judgeEnergy(cdr.charging_periods, cdr.total_energy, 'total_energy'),
  ],
);
export type Cdr = z.infer<typeof Cdr>;
