import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';

/** What charges are counted by. `month` and `hour` (of the day) beside the issue's own. */
export const ReportBy = z.enum(['day', 'month', 'hour', 'link', 'party', 'location', 'evse', 'token', 'tariff']);
export type ReportBy = z.infer<typeof ReportBy>;

export const ReportSource = z.enum(['cdrs', 'sessions']);
export type ReportSource = z.infer<typeof ReportSource>;

/** What narrows: keys as `ReportRow.key` gives them. Ids are compared without regard to case. */
export const ReportConditions = z.object({
  source: ReportSource.default('cdrs'),
  /** Days, inclusive: `2026-11-01`; of when the charge began, in the zone of the report. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** An IANA name; the zone of each charge's location unless said (UTC where that is unknown). */
  zone: z.string().max(100).optional(),
  /** A link's name; `-` for our own data. Of this and those below an empty text is for charges that do not tell it. */
  link: z.string().optional(),
  /** `NL-TNM`. */
  party: z.string().optional(),
  location: z.string().optional(),
  evse: z.string().optional(),
  token: z.string().optional(),
  tariff: z.string().optional(),
  /** Of the day at which the charge began, in the zone of the report: the key of a row by hour, `7` or `07`. */
  hour: z
    .string()
    .regex(/^([01]?\d|2[0-3])$/, 'an hour of the day, 0 to 23')
    .optional(),
});
export type ReportConditions = z.infer<typeof ReportConditions>;

export const ReportInput = ReportConditions.extend({
  by: ReportBy.default('day'),
  /** Rows in this order; by key unless said. */
  order: z.enum(['key', 'charges', 'kwh', 'hours', 'cost', 'idle', 'failed']).default('key'),
  descending: z.boolean().default(false),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(10_000).default(1000),
});
export type ReportInput = z.input<typeof ReportInput>;

/** One sum for each currency; `after` is null where any of it states no amount with taxes. */
export const CostSum = z.object({ currency: z.string(), before: z.number(), after: z.number().nullable() });
export type CostSum = z.infer<typeof CostSum>;

/** JSON kept stable: `wb report --json` prints `{rows, total, ...}`. */
export const ReportFigures = z.object({
  /** Credit CDRs and what they credit are no charge; their costs net out. */
  charges: z.int(),
  kwh: z.number(),
  hours: z.number(),
  /** Connected without charging, hours. */
  idleHours: z.number(),
  /** kW while charging: kwh over (hours - idleHours); null where no time is told. */
  averageKw: z.number().nullable(),
  costs: z.array(CostSum),
  credits: z.int(),
  /** Begun and ended without energy: refused tokens, rejected commands, no result, no plug. Null: `Report.failedSaid`. */
  failedStarts: z.int().nullable(),
});
export type ReportFigures = z.infer<typeof ReportFigures>;

export const ReportRow = ReportFigures.extend({
  /** To narrow by; empty where the charges do not tell it. */
  key: z.string(),
  /** For people: the name of a location beside its id, and whose it is where several have one of that id. */
  label: z.string(),
  /** Whose location, EVSE or tariff it is, to narrow by together with the key; null where the key alone says what it is. */
  link: z.string().nullable(),
  party: z.string().nullable(),
});
export type ReportRow = z.infer<typeof ReportRow>;

export const Report = z.object({
  by: ReportBy,
  source: ReportSource,
  zone: z.object({ name: z.string().nullable(), said: z.string() }),
  /** Of the first and the last charge, days; null where there is none. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  count: z.int(),
  rows: z.array(ReportRow),
  total: ReportFigures,
  /** A sentence: why failed starts are not told, of rows or at all; null where they are. */
  failedSaid: z.string().nullable(),
  /** Links of imported logs, which would count beside live data what stands there already: only where one is named. */
  leftOut: z.array(z.string()),
  /** Objects changed lately that are not counted yet. */
  behind: z.int(),
});
export type Report = z.infer<typeof Report>;

/** One session or CDR. JSON kept stable. */
export const ReportCharge = z.object({
  kind: z.enum(['session', 'cdr']),
  id: z.string(),
  /** Null: our own. */
  link: z.string().nullable(),
  party: z.string(),
  /** RFC 3339. */
  start: z.string().nullable(),
  end: z.string().nullable(),
  /** The zone of its location; null where unknown. */
  zone: z.string().nullable(),
  kwh: z.number().nullable(),
  hours: z.number().nullable(),
  idleHours: z.number().nullable(),
  cost: CostSum.nullable(),
  location: z.string().nullable(),
  evse: z.string().nullable(),
  token: z.string().nullable(),
  tariff: z.string().nullable(),
  session: z.string().nullable(),
  /** Id of the CDR it takes back. */
  credits: z.string().nullable(),
  /** Of a session. */
  status: z.string().nullable(),
});
export type ReportCharge = z.infer<typeof ReportCharge>;

/** A session and its CDR that do not say the same. JSON kept stable: `wb report --differences --json`. */
export const ChargeDifference = z.object({
  /** `no-cdr`: the session is over for an hour and no CDR came. `no-session`: the CDR names one nobody knows. */
  what: z.enum(['no-cdr', 'no-session', 'kwh', 'start', 'end', 'cost', 'currency', 'token', 'location']),
  link: z.string().nullable(),
  party: z.string(),
  session: z.string().nullable(),
  cdr: z.string().nullable(),
  at: z.string().nullable(),
  /** As each states it. */
  inSession: z.string().nullable(),
  inCdr: z.string().nullable(),
  sentence: z.string(),
});
export type ChargeDifference = z.infer<typeof ChargeDifference>;

const Paged = { offset: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(100) };

const reports = oc.errors(failures);

/** Charges, energy, time and cost, counted. */
export const reportsContract = {
  get: reports.input(ReportInput).output(Report),
  /** The same as CSV (RFC 4180), whole. */
  csv: reports.input(ReportInput).output(z.object({ csv: z.string() })),
  /** What stands behind a row: its conditions with the row's key. Newest first. */
  charges: reports
    .input(ReportConditions.extend(Paged))
    .output(z.object({ count: z.int(), rows: z.array(ReportCharge) })),
  differences: reports
    .input(ReportConditions.omit({ source: true }).extend({ what: ChargeDifference.shape.what.optional(), ...Paged }))
    .output(z.object({ count: z.int(), rows: z.array(ChargeDifference), behind: z.int() })),
};
