import * as z from 'zod';
import { ReportBy, ReportInput } from '../../../core/contract/reports.ts';

/** A number alone in an address is read as one. */
const Text = z
  .preprocess(value => (typeof value === 'number' ? String(value) : value), z.string().min(1).optional())
  .catch(undefined);
const Day = z.iso.date().optional().catch(undefined);

export const PERIODS = ['today', '7d', '30d', 'month', 'all', 'days'] as const;
export type Period = (typeof PERIODS)[number];

/** What narrows, in every view of the area. What cannot be read is left out. */
const Narrowing = z.object({
  /** The last 30 days unless said; `days`: from `from` to `to`. */
  period: z.enum(PERIODS).optional().catch(undefined),
  from: Day,
  to: Day,
  /** An IANA name; each location's own unless said. */
  zone: Text,
  /** The filter, as it stands in the bar. */
  q: Text,
});
export type Narrowing = z.infer<typeof Narrowing>;

/** CDRs unless said. */
const Source = z.literal('sessions').optional().catch(undefined);

export const TABS = ['counted', 'differences', 'payments'] as const;
export type Tab = (typeof TABS)[number];

export const ORDERS = ReportInput.shape.order.unwrap().options;
export type Order = (typeof ORDERS)[number];

export const ReportsSearch = Narrowing.extend({
  tab: z.enum(TABS).optional().catch(undefined),
  source: Source,
  /** By day unless said. */
  by: ReportBy.optional().catch(undefined),
  /** What the bars show (measures.ts): `kwh`, `cost:EUR`; charges unless said. */
  show: Text,
  /** What the table is ordered by, `-` before it: the most first. */
  order: Text,
  /** Of the differences. */
  what: Text,
  /** Of the payments. */
  state: z.enum(['matched', 'open', 'unmatched']).optional().catch(undefined),
  /** Whose details are open. */
  sel: Text,
});
export type ReportsSearch = z.infer<typeof ReportsSearch>;

/** The charges behind a bar or a row. */
export const ChargesSearch = Narrowing.extend({ source: Source });
export type ChargesSearch = z.infer<typeof ChargesSearch>;

/** One session or CDR. */
export const ChargeSearch = z.object({
  kind: z.enum(['session', 'cdr']).optional().catch(undefined),
  /** Absent: our own. */
  link: Text,
  party: Text,
  id: Text,
  show: z.literal('object').optional().catch(undefined),
});
export type ChargeSearch = z.infer<typeof ChargeSearch>;

export interface Ordering {
  readonly order: Order;
  readonly descending: boolean;
}

/** `-kwh`: by energy, the most first. Undefined where it cannot be read. */
export function parseOrder(text: string | undefined): Ordering | undefined {
  const descending = text?.startsWith('-') === true;
  const order = ORDERS.find(one => one === (descending ? text?.slice(1) : text));
  return order && { order, descending };
}

export function printOrder({ order, descending }: Ordering): string {
  return `${descending ? '-' : ''}${order}`;
}
