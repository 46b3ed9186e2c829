import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { Policy } from './policy.ts';

/** One answer the operator may choose. */
export const DecisionOption = z.object({
  answer: z.enum(['accept', 'reject']),
  /** What it says on the wire: `ACCEPTED`, `UNKNOWN_SESSION`, `BLOCKED`, `1000`, `2001`. */
  result: z.string(),
});
export type DecisionOption = z.infer<typeof DecisionOption>;

/** A call of a partner that waits for the operator. JSON kept stable: `wb decide --json` prints an array of these. */
export const PendingDecision = z.object({
  id: z.int(),
  exchangeId: z.int(),
  link: z.string(),
  /** Catalogue id. */
  operation: z.string(),
  /** The operation for people: `command, start session`. */
  words: z.string(),
  /** What is asked, one sentence: "volta asks to start a session at LOC1, EVSE1 with token 0123". */
  asked: z.string(),
  /** As sent; null where the call has no body. */
  body: z.unknown(),
  /** The first is the plain yes. */
  options: z.array(DecisionOption),
  /** What may follow a yes at the response_url; empty where nothing does. `none` among them: never. */
  later: z.array(z.string()),
  /** Milliseconds since the epoch. */
  askedAt: z.number(),
  dueAt: z.number(),
  otherwise: z.enum(['accept', 'reject']),
});
export type PendingDecision = z.infer<typeof PendingDecision>;

export const Decide = z.object({
  id: z.int(),
  answer: z.enum(['accept', 'reject']),
  /** The usual one of the answer unless said. */
  result: z.string().optional(),
  later: z.string().optional(),
});
export type Decide = z.infer<typeof Decide>;

/** An operation whose answer is the operator's to choose, with what it is answered on a link. */
export const PolicyLine = z.object({
  operation: z.string(),
  module: z.string(),
  words: z.string(),
  /** False where it is answered as usual. */
  set: z.boolean(),
  policy: Policy,
  options: z.array(DecisionOption),
  later: z.array(z.string()),
  /** Whether `simulate` means anything here. */
  simulates: z.boolean(),
});
export type PolicyLine = z.infer<typeof PolicyLine>;

export const SetPolicy = z.object({
  name: z.string(),
  /** A catalogue id, or a module for all of its operations. */
  operation: z.string(),
  /** Null: as usual again. */
  policy: Policy.nullable(),
  /** Of a production link. */
  confirmed: z.boolean().optional(),
});
export type SetPolicy = z.input<typeof SetPolicy>;

const decision = oc.errors(failures);

export const decisionsContract = {
  /** Those that wait now, the most urgent first. */
  pending: decision.output(z.array(PendingDecision)),
  decide: decision.input(Decide).output(z.object({ decided: z.int() })),
  /** Of the operations that exist in the link's version and are ours to answer. */
  policies: decision.input(z.object({ name: z.string() })).output(z.array(PolicyLine)),
  setPolicy: decision.input(SetPolicy).output(z.array(PolicyLine)),
};
