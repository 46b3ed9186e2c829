import * as z from 'zod';

/** A number alone in an address is read as one. */
const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().optional())
  .catch(undefined);

export const TABS = ['links', 'locations', 'notices', 'thresholds', 'schedules'] as const;
export type HealthTab = (typeof TABS)[number];

/** Over how many hours availability is told: a day, a week, thirty days. */
export const SPANS = [24, 168, 720] as const;
export type Span = (typeof SPANS)[number];

const hours = z.literal([168, 720]).optional().catch(undefined);

/** The address of the area. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const HealthSearch = z.object({
  /** Absent: links. */
  tab: z.enum(['locations', 'notices', 'thresholds', 'schedules']).optional().catch(undefined),
  /** Narrows locations, notices and schedules to one link; whose thresholds. */
  link: text,
  /** Of locations: words in id or name. */
  q: text,
  /** Of locations: those with trouble of this kind. */
  only: z.enum(['out-of-order', 'inoperative', 'stuck', 'notices']).optional().catch(undefined),
  /** Of locations. Absent: the worst first. */
  order: z.enum(['name', 'availability']).optional().catch(undefined),
  /** Of locations. Absent: a day. */
  hours,
  /** Of notices: those that are over instead of those that go on. */
  past: z.boolean().optional().catch(undefined),
});
export type HealthSearch = z.infer<typeof HealthSearch>;

/** The address of one location. */
export const LocationHealthSearch = z.object({
  /** Absent: a day. */
  hours,
  /** Words and numbers instead of bands. */
  as: z.literal('table').optional().catch(undefined),
});
export type LocationHealthSearch = z.infer<typeof LocationHealthSearch>;
