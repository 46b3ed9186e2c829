import type * as z from 'zod';
import {
  adapted,
  bool,
  CiString,
  closedEnum,
  DateTimeText,
  list,
  OcpiString,
  ocpiNumber,
  ocpiObject,
  optional,
  ruled,
} from '../schema.ts';
import { judgeSession } from '../stances/charging.ts';
import { AuthMethod, CdrToken, ChargingPeriod } from './cdrs.ts';
import { Price } from './price.ts';
import { ProfileType } from './profile-type.ts';

// Sessions of 2.2.1 (digest 6.2): owned by the CPO, PUT once and then PATCHed.

/** The text calls RESERVED what the table calls RESERVATION; both are right (T19). */
export const SessionStatus = adapted(
  closedEnum('SessionStatus', ['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING', 'RESERVATION']),
  value => (value === 'RESERVED' ? { value: 'RESERVATION' } : undefined),
);
export type SessionStatus = z.infer<typeof SessionStatus>;

export const ChargingPreferencesResponse = closedEnum('ChargingPreferencesResponse', [
  'ACCEPTED',
  'DEPARTURE_REQUIRED',
  'ENERGY_NEED_REQUIRED',
  'NOT_POSSIBLE',
  'PROFILE_TYPE_NOT_SUPPORTED',
]);
export type ChargingPreferencesResponse = z.infer<typeof ChargingPreferencesResponse>;

/** Energy in kWh, the departure as the driver's estimate. */
export const ChargingPreferences = ocpiObject('ChargingPreferences', {
  profile_type: ProfileType,
  departure_time: optional(DateTimeText()),
  energy_need: optional(ocpiNumber()),
  discharge_allowed: optional(bool()),
});
export type ChargingPreferences = z.infer<typeof ChargingPreferences>;

/** `#NA` stands for an EVSE or connector that a reservation does not know yet. An absent cost is not free. */
export const Session = ruled(
  ocpiObject('Session', {
    country_code: CiString(2),
    party_id: CiString(3),
    id: CiString(36),
    start_date_time: DateTimeText(),
    end_date_time: optional(DateTimeText()),
    kwh: ocpiNumber(),
    cdr_token: CdrToken,
    auth_method: AuthMethod,
    authorization_reference: optional(CiString(36)),
    location_id: CiString(36),
    evse_uid: CiString(36),
    connector_id: CiString(36),
    meter_id: optional(OcpiString(255)),
    currency: OcpiString(3),
    charging_periods: list(ChargingPeriod),
    total_cost: optional(Price),
    status: SessionStatus,
    last_updated: DateTimeText(),
  }),
  judgeSession,
);
export type Session = z.infer<typeof Session>;
