import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { VersionName } from './platform.ts';
import { Amount, Decimal, PricedBill } from './price.ts';

/** Which session or CDR is meant: one of these. */
export const BillSource = z.union([
  /** Of a transaction, named by its id or by that of any of its exchanges: its CDR unless said, else its session. */
  z.object({ transaction: z.int().positive(), what: z.enum(['cdr', 'session']).optional() }),
  /** As a partner sent it last. */
  z.object({
    link: z.string(),
    module: z.enum(['cdrs', 'sessions']),
    id: z.string().min(1),
    party: z.string().optional(),
  }),
  /** Of our own data. */
  z.object({ own: z.enum(['cdrs', 'sessions']), id: z.string().min(1), party: z.string().optional() }),
  /** By its id alone, wherever it is known. */
  z.object({ anywhere: z.string().min(1), what: z.enum(['cdr', 'session']).optional() }),
  /** JSON of a session or CDR, or of a whole answer or request that holds one. */
  z.object({ text: z.string().max(16_000_000), version: VersionName.optional() }),
]);
export type BillSource = z.infer<typeof BillSource>;

export const PriceInput = z.object({
  bill: BillSource,
  /** JSON of one tariff or of a list, taken instead of those that stand in the CDR or are known by their id. */
  tariffs: z.string().max(16_000_000).optional(),
  /** JSON of the location, for its time zone. */
  location: z.string().max(16_000_000).optional(),
  /** An IANA name. */
  timeZone: z.string().max(100).optional(),
});
export type PriceInput = z.input<typeof PriceInput>;

/** A payment at a terminal with all that belongs to it (2.3.0, digest 6.10). JSON kept stable: `wb payments --json`. */
export const PaymentMatch = z.object({
  /** The authorization_reference that ties it together; null where an invoice or a confirmation has none. */
  reference: z.string().nullable(),
  link: z.string().nullable(),
  transaction: z.int().nullable(),
  terminal: z.string().nullable(),
  /** RFC 3339, of the newest that belongs to it. */
  at: z.string(),
  currency: z.string().nullable(),
  preauthorized: Decimal.nullable(),
  session: z.string().nullable(),
  /** Ids; those of credit CDRs among them. */
  cdrs: z.array(z.string()),
  /** Sum of its CDRs, credits taken away; null without any. */
  billed: Amount.nullable(),
  confirmation: z.object({ id: z.string(), status: z.string(), captured: Amount.nullable() }).nullable(),
  invoice: z.object({ id: z.string(), reference: z.string().nullable() }).nullable(),
  /** `matched`: everything is there and adds up. `open`: more is due. `unmatched`: something is missing for good, or differs. */
  state: z.enum(['matched', 'open', 'unmatched']),
  problems: z.array(z.object({ code: z.string(), sentence: z.string() })),
});
export type PaymentMatch = z.infer<typeof PaymentMatch>;

export const PaymentsInput = z.object({
  link: z.string().optional(),
  /** Milliseconds since the epoch: inclusive, exclusive. */
  since: z.number().optional(),
  until: z.number().optional(),
  state: z.enum(['matched', 'open', 'unmatched']).optional(),
  /** The authorization_reference that ties a payment together, without regard to case. */
  reference: z.string().optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type PaymentsInput = z.input<typeof PaymentsInput>;

const money = oc.errors(failures);

/** Whether charges were billed rightly. */
export const moneyContract = {
  price: money.input(PriceInput).output(PricedBill),
  payments: money.input(PaymentsInput).output(z.object({ count: z.int(), rows: z.array(PaymentMatch) })),
};
