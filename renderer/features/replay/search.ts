import * as z from 'zod';

const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().min(1).optional())
  .catch(undefined);
const number = z.int().positive().optional().catch(undefined);

/** `/replay`: what is to be replayed, and to whom. What cannot be read is left out. */
export const ReplaySearch = z.object({
  /** As in source.ts. */
  source: text,
  /** A link's name. */
  to: text,
});
export type ReplaySearch = z.infer<typeof ReplaySearch>;

export const RUN_TABS = ['steps', 'rewrites', 'compare'] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** `/replay/RUN`. */
export const RunSearch = z.object({
  tab: z.enum(RUN_TABS).optional().catch(undefined),
  /** The step beside the table. */
  step: number,
  /** Only steps that are not the same. */
  different: z.literal(true).optional().catch(undefined),
  /** The earlier replay it is compared with. */
  earlier: number,
});
export type RunSearch = z.infer<typeof RunSearch>;

/** `/replay/scenarios`: a new one, perhaps a copy. */
export const NewScenarioSearch = z.object({ copy: text });
export type NewScenarioSearch = z.infer<typeof NewScenarioSearch>;
