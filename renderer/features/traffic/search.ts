import * as z from 'zod';

export const DETAIL_TABS = ['overview', 'explanation', 'fault', 'request', 'response', 'related', 'raw'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** The address of the table. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const TrafficSearch = z.object({
  /** The filter, as it stands in the bar. */
  q: z.preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().optional()).catch(undefined),
  /** Whose details are open. */
  exchange: z.int().positive().optional().catch(undefined),
  tab: z.enum(DETAIL_TABS).optional().catch(undefined),
});
export type TrafficSearch = z.infer<typeof TrafficSearch>;

/** The address of two exchanges beside each other. */
export const CompareSearch = z.object({
  left: z.int().positive().optional().catch(undefined),
  right: z.int().positive().optional().catch(undefined),
});
