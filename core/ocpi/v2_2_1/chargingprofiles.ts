import type * as z from 'zod';
import {
  adapted,
  assumed,
  closedEnum,
  DateTimeText,
  list,
  ocpiInt,
  ocpiNumber,
  ocpiObject,
  optional,
  Url,
} from '../schema.ts';
import { readNestedAnswer, readWrappedResult } from '../stances/commands.ts';

// Charging profiles of 2.2.1 (digest 6.7), unchanged in 2.3.0: an upper limit that an SCSP or eMSP sets for a session.

/** W over all phases, A per phase. */
export const ChargingRateUnit = closedEnum('ChargingRateUnit', ['W', 'A']);
export type ChargingRateUnit = z.infer<typeof ChargingRateUnit>;

export const ChargingProfileResponseType = closedEnum('ChargingProfileResponseType', [
  'ACCEPTED',
  'NOT_SUPPORTED',
  'REJECTED',
  'TOO_OFTEN',
  'UNKNOWN_SESSION',
]);
export type ChargingProfileResponseType = z.infer<typeof ChargingProfileResponseType>;

export const ChargingProfileResultType = closedEnum('ChargingProfileResultType', ['ACCEPTED', 'REJECTED', 'UNKNOWN']);
export type ChargingProfileResultType = z.infer<typeof ChargingProfileResultType>;

/** `start_period` in seconds from the start of the profile. */
export const ChargingProfilePeriod = ocpiObject('ChargingProfilePeriod', {
  start_period: ocpiInt(),
  limit: ocpiNumber(),
});
export type ChargingProfilePeriod = z.infer<typeof ChargingProfilePeriod>;

/** `duration` in seconds; without a start it begins with the charging. */
export const ChargingProfile = ocpiObject('ChargingProfile', {
  start_date_time: optional(DateTimeText()),
  duration: optional(ocpiInt()),
  charging_rate_unit: ChargingRateUnit,
  min_charging_rate: optional(ocpiNumber()),
  charging_profile_period: list(ChargingProfilePeriod),
});
export type ChargingProfile = z.infer<typeof ChargingProfile>;

export const ActiveChargingProfile = ocpiObject('ActiveChargingProfile', {
  start_date_time: DateTimeText(),
  charging_profile: ChargingProfile,
});
export type ActiveChargingProfile = z.infer<typeof ActiveChargingProfile>;

export const SetChargingProfile = ocpiObject('SetChargingProfile', {
  charging_profile: ChargingProfile,
  response_url: Url(),
});
export type SetChargingProfile = z.infer<typeof SetChargingProfile>;

/** The answer at once; `timeout` in seconds. */
export const ChargingProfileResponse = adapted(
  ocpiObject('ChargingProfileResponse', {
    result: ChargingProfileResponseType,
    timeout: assumed(ocpiInt(), 'command.timeout-missing', 30),
  }),
  readNestedAnswer('ChargingProfileResponse'),
);
export type ChargingProfileResponse = z.infer<typeof ChargingProfileResponse>;

/** Diagrams call it ActiveProfileResult (T36). */
export const ActiveChargingProfileResult = adapted(
  ocpiObject('ActiveChargingProfileResult', {
    result: ChargingProfileResultType,
    profile: optional(ActiveChargingProfile),
  }),
  readWrappedResult(
    'ActiveChargingProfileResult',
    'ActiveProfileResult',
    'ChargingProfileResult',
    'ClearProfileResult',
  ),
);
export type ActiveChargingProfileResult = z.infer<typeof ActiveChargingProfileResult>;

export const ChargingProfileResult = adapted(
  ocpiObject('ChargingProfileResult', { result: ChargingProfileResultType }),
  readWrappedResult('ChargingProfileResult'),
);
export type ChargingProfileResult = z.infer<typeof ChargingProfileResult>;

export const ClearProfileResult = adapted(
  ocpiObject('ClearProfileResult', { result: ChargingProfileResultType }),
  readWrappedResult('ClearProfileResult'),
);
export type ClearProfileResult = z.infer<typeof ClearProfileResult>;
