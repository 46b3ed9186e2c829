import * as z from 'zod';

const Text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().min(1).optional())
  .catch(undefined);

/** The address of our data. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const OwnSearch = z.object({
  /** `locations`, `terminals`: of what kind; the first one we have unless said. */
  kind: Text,
  /** Only objects of this party, `NL-WBX`. */
  party: Text,
  /** Only ids that begin so. */
  id: Text,
  /** Whose editor is open (kinds.ts). */
  sel: Text,
  /** A new object is being written: from blanks, or as a copy of the one that is named. */
  new: Text,
  /** The simulation is open. */
  life: z.boolean().optional().catch(undefined),
  /** It is that of the built-in partner; ours unless said. */
  whose: z.literal('partner').optional().catch(undefined),
});
export type OwnSearch = z.infer<typeof OwnSearch>;

/** A new object that is no copy. */
export const BLANK = 'blank';
