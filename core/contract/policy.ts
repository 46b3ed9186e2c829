import * as z from 'zod';

/**
 * How a call of a partner is answered: `accept` and `reject` at once; `ask` leaves it to the operator; `simulate` answers
 * as the built-in partner would from our own data.
 */
export const PolicyAnswer = z.enum(['accept', 'reject', 'ask', 'simulate']);
export type PolicyAnswer = z.infer<typeof PolicyAnswer>;

/** One rule of a link: what one operation of one module is answered. */
export const Policy = z.object({
  answer: PolicyAnswer,
  /** What a yes or no says, where there are several: `UNKNOWN_SESSION`, `BLOCKED`, or an OCPI status code such as `2001`. */
  result: z.string().min(1).max(40).optional(),
  /** What follows an accepted command at its response_url: `ACCEPTED`, `EVSE_OCCUPIED`; `none` never sends anything. */
  later: z.string().min(1).max(40).optional(),
  /** Seconds the operator has, of `ask`. */
  seconds: z.int().min(1).max(300).default(20),
  /** What is answered when the operator has not decided by then. */
  otherwise: z.enum(['accept', 'reject']).default('reject'),
});
export type Policy = z.infer<typeof Policy>;

/** By catalogue id of the operation (`commands.start-session`, `locations.put`); what is not named is answered as usual. */
export const Policies = z.record(z.string(), Policy);
export type Policies = z.infer<typeof Policies>;
