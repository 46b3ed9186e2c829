import * as z from 'zod';
import { type Step, energyOf as stepEnergy } from '../world/course.ts';
import { Demand, Limit } from './demand.ts';

const StepShape = z.object({
  kind: z.enum(['charging', 'parking', 'reservation']),
  seconds: z.number(),
  watts: z.number(),
  stateOfCharge: z.number().optional(),
});

/** A token as sessions and CDRs name it (2.2.1 on). */
export const ChargeToken = z.object({
  country_code: z.string(),
  party_id: z.string(),
  uid: z.string(),
  type: z.string(),
  contract_id: z.string(),
});
export type ChargeToken = z.infer<typeof ChargeToken>;

export const Reservation = z.object({
  id: z.string(),
  /** Seconds since the epoch. */
  until: z.number(),
  /** Where it is told if it is withdrawn. */
  responseUrl: z.string().optional(),
});
export type Reservation = z.infer<typeof Reservation>;

/** A charging profile that was set, and the limits it comes to. */
export const SetProfile = z.object({
  linkId: z.int(),
  /** ChargingProfile, as it was sent. */
  profile: z.record(z.string(), z.unknown()),
});

/** One session from its first moment to its CDR: all that is kept of it. Moments are simulated seconds since the epoch. */
export const Charge = z.object({
  /** Of the session. */
  id: z.string(),
  /** Whom it is told to. */
  linkId: z.int().optional(),
  /** Ours, `NL-WBX`. */
  party: z.string(),
  location: z.string(),
  evse: z.string(),
  connector: z.string(),
  power: z.object({
    powerType: z.enum(['AC_1_PHASE', 'AC_3_PHASE', 'DC']),
    volts: z.number(),
    phases: z.number(),
    watts: z.number(),
  }),
  currency: z.string(),
  /** The tariff as it was at the start (2.3.0), which a CDR has to hold. */
  tariff: z.record(z.string(), z.unknown()).optional(),
  timeZone: z.string().optional(),
  token: ChargeToken,
  authMethod: z.enum(['AUTH_REQUEST', 'COMMAND', 'WHITELIST']),
  reference: z.string().optional(),
  /** It was begun at a payment terminal: its CDR names an invoice. */
  paidByCard: z.boolean().optional(),
  status: z.enum(['RESERVATION', 'PENDING', 'ACTIVE', 'COMPLETED', 'INVALID']),
  reservation: Reservation.optional(),
  start: z.number(),
  /** Where `steps` end. */
  at: z.number(),
  /** When the session was over. */
  end: z.number().optional(),
  /** When somebody is to hear of it next. */
  nextReport: z.number(),
  steps: z.array(StepShape),
  demand: z.array(Demand),
  limits: z.array(Limit),
  profile: SetProfile.optional(),
  updatedAt: z.number(),
  /** Of the CDR, once it is made. */
  cdr: z.string().optional(),
});
export type Charge = Omit<z.infer<typeof Charge>, 'steps'> & { readonly steps: readonly Step[] };

/** `last_updated` only ever rises, by a second at least: seconds are whole on the wire. */
export function touched(charge: Charge, now: number): Pick<Charge, 'updatedAt'> {
  return { updatedAt: Math.max(Math.floor(now), charge.updatedAt + 1) };
}

export function isOver({ status }: Charge): boolean {
  return status === 'COMPLETED' || status === 'INVALID';
}

/** Wh. */
export function energyOf({ steps }: Pick<Charge, 'steps'>): number {
  return steps.reduce((sum, { seconds, watts }) => sum + stepEnergy({ seconds, watts }), 0);
}
