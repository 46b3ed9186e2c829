import * as z from 'zod';

/** A number alone in an address is read as one. */
const text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().min(1).optional())
  .catch(undefined);
const number = z.int().positive().optional().catch(undefined);

/** `/logs`. What cannot be read is left out, so that an old or mistyped address still leads there. */
export const LogsSearch = z.object({
  /** Absolute paths of files that are to be opened: they were double-clicked, or given to the desktop window. */
  open: z.union([z.array(z.string().min(1)), text]),
  /** A file is to be chosen. */
  choose: z.literal(true).optional().catch(undefined),
});
export type LogsSearch = z.infer<typeof LogsSearch>;

/** Stays as it stands, so that it is told: without it more would be exported than was asked for. */
function unreadable({ value }: { readonly value: unknown }): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
const narrowing = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().optional())
  .catch(unreadable);
/** A text: what should be a number, and is none. */
const narrowingTo = z.union([z.int().positive(), z.string()]).optional().catch(unreadable);

/** `/logs/export`: what is to be exported. All of it holds at once; nothing: everything there is. */
export const ExportSearch = z.object({
  /** The filter, as it stands in the bar of Traffic. */
  q: narrowing,
  /** A selection of exchanges: `1,2,5-9`. */
  ids: narrowing,
  transaction: narrowingTo,
  run: narrowingTo,
});
export type ExportSearch = z.infer<typeof ExportSearch>;

/** `/logs/compare`: two imported logs. */
export const CompareSearch = z.object({
  a: number,
  b: number,
  /** Links of each, by their names in the file; all of them unless said. */
  linkA: text,
  linkB: text,
  /** Measured numbers and times have to be the same too. */
  strict: z.literal(true).optional().catch(undefined),
  /** Also what is there on one side only; unless said only what is on both and differs. */
  only: z.enum(['different', 'missing']).optional().catch(undefined),
  /** The pair that is laid side by side. */
  pair: number,
});
export type CompareSearch = z.infer<typeof CompareSearch>;

/** `/logs/reproductions/ID`. */
export const ReproductionSearch = z.object({
  /** The request whose details are open beside the table. */
  request: number,
});
export type ReproductionSearch = z.infer<typeof ReproductionSearch>;

/** The number in the address of an imported log; undefined where it is none. */
export function logIdOf(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
