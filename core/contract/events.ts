import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';

/**
 * What changed since the last batch: enough to know what to ask for again, never the data itself, so that a slow
 * listener holds a bounded amount. Batches are at least 50 ms apart.
 */
export const EventBatch = z.object({
  /** Exchanges recorded or changed since; absent where there were none. */
  exchanges: z
    .object({
      /** Id of the newest one. */
      newest: z.int(),
      recorded: z.int(),
      failed: z.int(),
      /** Ids of those that were recorded before and changed (an answer came, a note was written). */
      changed: z.array(z.int()),
    })
    .optional(),
  /** Ids of runs that began, moved or ended. */
  runs: z.array(z.int()),
  /** Links or tokens changed. */
  links: z.boolean(),
  /** Our parties, addresses, serving, the sandbox, or whether recording works. */
  platform: z.boolean(),
  /** `link/module` whose stored objects changed. */
  objects: z.array(z.string()),
  /** Own data changed. */
  own: z.boolean(),
  /** A call of a partner waits for the operator, or waits no more. */
  decisions: z.boolean(),
  /** Fault rules changed, or one fired. */
  faults: z.boolean(),
  /** The simulation: charges, drivers, what was told of them. */
  life: z.boolean(),
  /** Transactions grew or began. */
  transactions: z.boolean(),
  /** Scenarios of the operator's changed. */
  scenarios: z.boolean(),
  /** Logs were imported or removed, a reproduction was asked something, or the file that is looked at was read further. */
  logs: z.boolean(),
  /** A notice came, went or was seen, or thresholds changed. */
  health: z.boolean(),
  /** More happened than a batch can name: ask for everything anew. */
  refetch: z.boolean(),
});
export type EventBatch = z.infer<typeof EventBatch>;

export const eventsContract = {
  /** The first batch comes at once, with `refetch`: what was known before may be old. */
  watch: oc.errors(failures).output(eventIterator(EventBatch)),
};
