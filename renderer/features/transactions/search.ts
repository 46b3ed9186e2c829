import * as z from 'zod';

/** A number alone in an address is read as one. */
const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().optional())
  .catch(undefined);

/** The address of the list. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const TransactionsSearch = z.object({
  /** The filter, as it stands in the bar. */
  q: text,
});
export type TransactionsSearch = z.infer<typeof TransactionsSearch>;

export const VIEWS = ['course', 'curve', 'cost', 'payment', 'objects'] as const;
export type View = (typeof VIEWS)[number];

/** The address of one transaction. */
export const TransactionSearch = z.object({
  show: z.enum(VIEWS).optional().catch(undefined),
  /** Of the curve: numbers instead of lines. */
  as: z.literal('table').optional().catch(undefined),
  /** Of the cost: the session's, where there is a CDR as well. */
  of: z.literal('session').optional().catch(undefined),
  /** Whose details are open beside it. */
  exchange: z.int().positive().optional().catch(undefined),
});
export type TransactionSearch = z.infer<typeof TransactionSearch>;

/** The number in the address of a transaction; undefined where it is none. */
export function transactionId(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
