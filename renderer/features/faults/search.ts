import * as z from 'zod';

export const TABS = ['rules', 'catalogue', 'packs', 'hits'] as const;
export type TabId = (typeof TABS)[number];

const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().min(1).optional())
  .catch(undefined);
const number = z.int().positive().optional().catch(undefined);

/** The address of the area. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const FaultsSearch = z.object({
  tab: z.enum(TABS).optional().catch(undefined),
  /** The rules of the built-in partner; ours unless said. */
  whose: z.literal('partner').optional().catch(undefined),
  /** The rule whose editor is open. */
  rule: number,
  /** A new rule of this kind is being written. */
  new: text,
  /** A new rule is being written as a copy of this one. */
  copy: number,
  /** The exchange the rule is tried on; alone: which rules would make an exchange like it. */
  exchange: number,
  /** The how manieth of those rules is being written, from 1. */
  take: number,
  /** The kind of the catalogue that is shown. */
  kind: text,
  /** What is looked for in the catalogue. */
  q: text,
});
export type FaultsSearch = z.infer<typeof FaultsSearch>;

/** Whose rules an address means. */
export type Whose = 'own' | 'partner';

export function whoseOf({ whose }: FaultsSearch): Whose {
  return whose ?? 'own';
}
