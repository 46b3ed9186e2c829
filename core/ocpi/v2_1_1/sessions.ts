import type * as z from 'zod';
import {
  adapted,
  closedEnum,
  DateTimeText,
  list,
  OcpiString,
  ocpiNumber,
  ocpiObject,
  optional,
  ruled,
} from '../schema.ts';
import { judgeEmbeddedLocation, judgeEnergy, judgeOrder } from '../stances/charging.ts';
import { readAmount } from '../stances/money.ts';
import { AuthMethod, ChargingPeriod } from './cdrs.ts';
import { Location } from './locations.ts';

export const SessionStatus = closedEnum('SessionStatus', ['ACTIVE', 'COMPLETED', 'INVALID', 'PENDING']);
export type SessionStatus = z.infer<typeof SessionStatus>;

/** Digest 6.2. start_datetime and end_datetime are spelled so in 2.1.1 only. Cost excluding VAT; absent is not free. */
export const Session = ruled(
  ocpiObject('Session', {
    id: OcpiString(36),
    start_datetime: DateTimeText(),
    end_datetime: optional(DateTimeText()),
    kwh: ocpiNumber(),
    auth_id: OcpiString(36),
    auth_method: AuthMethod,
    location: Location,
    meter_id: optional(OcpiString(255)),
    currency: OcpiString(3),
    charging_periods: list(ChargingPeriod),
    total_cost: optional(adapted(ocpiNumber(), readAmount)),
    status: SessionStatus,
    last_updated: DateTimeText(),
  }),
  session => [
    ...judgeOrder(session.start_datetime, session.end_datetime, 'end_datetime'),
    ...judgeEmbeddedLocation(session.location),
    ...judgeEnergy(session.charging_periods, session.kwh, 'kwh'),
  ],
);
export type Session = z.infer<typeof Session>;
