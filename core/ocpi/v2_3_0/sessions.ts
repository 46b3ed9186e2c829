import type * as z from 'zod';
import { list, ocpiObject, optional, ruled } from '../schema.ts';
import { judgeSession } from '../stances/charging.ts';
import * as before from '../v2_2_1/sessions.ts';
import { CdrToken, ChargingPeriod } from './cdrs.ts';
import { Price } from './price.ts';

/** Digest 6.2. What is not stated here is as in 2.2.1. */
export const Session = ruled(
  ocpiObject('Session', {
    ...before.Session.shape,
    cdr_token: CdrToken,
    charging_periods: list(ChargingPeriod),
    total_cost: optional(Price),
  }),
  judgeSession,
);
export type Session = z.infer<typeof Session>;
