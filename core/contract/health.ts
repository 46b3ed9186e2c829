import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { Environment, LinkState } from './link.ts';
import { VersionName } from './platform.ts';
import { PullSchedule } from './pulls.ts';

/** What can be over its threshold. */
export const NoticeKind = z.enum([
  'silent',
  'pull-old',
  'pull-failed',
  'error-rate',
  'slow',
  'callbacks-overdue',
  'token-old',
  'version-changed',
  'endpoints-changed',
  'evse-out-of-order',
  'evse-inoperative',
  'evse-stuck',
  'availability-low',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** From when on something is worth a notice; null: never. Those of a link stand above the general ones. */
export const HealthThresholds = z.object({
  /** Hours without hearing anything from a registered partner. */
  silentHours: z.number().positive().nullable(),
  /** Hours since the last pull that went well, of a module that is pulled by schedule. */
  pullHours: z.number().positive().nullable(),
  /** Share of exchanges that failed within an hour, of at least ten: 0.1. Faults of ours at work do not count. */
  errorRate: z.number().positive().max(1).nullable(),
  /** Milliseconds, of the answers we got within an hour: the 95th of 100. */
  p95Ms: z.number().positive().nullable(),
  /** Results of commands that are overdue now. */
  overdueCallbacks: z.int().positive().nullable(),
  /** Days since a token was issued. */
  tokenDays: z.number().positive().nullable(),
  /** A version or an endpoint is another one than a day ago. */
  changes: z.boolean(),
  /** Minutes for which an EVSE says OUTOFORDER, or INOPERATIVE. */
  outOfOrderMinutes: z.number().min(0).nullable(),
  inoperativeMinutes: z.number().min(0).nullable(),
  /** Days for which an EVSE says the same, AVAILABLE and what is settled for good aside. */
  stuckDays: z.number().positive().nullable(),
  /** Share of the time in which the EVSEs of a location could be used, over a day: 0.9. */
  availability: z.number().positive().max(1).nullable(),
});
export type HealthThresholds = z.infer<typeof HealthThresholds>;

export const DEFAULT_THRESHOLDS: HealthThresholds = {
  silentHours: 24,
  pullHours: 24,
  errorRate: 0.1,
  p95Ms: 5000,
  overdueCallbacks: 1,
  tokenDays: 365,
  changes: true,
  outOfOrderMinutes: 0,
  inoperativeMinutes: null,
  stuckDays: 14,
  availability: null,
};

/** Something is over its threshold, or was. JSON kept stable. */
export const Notice = z.object({
  id: z.int(),
  kind: NoticeKind,
  severity: z.enum(['error', 'warning', 'note']),
  link: z.string(),
  /** Of an EVSE or a location. */
  party: z.string().nullable(),
  location: z.string().nullable(),
  evse: z.string().nullable(),
  /** `NL-TNM LOC1 EVSE1`, `cdrs`, a token's label: what it is about; empty for the link as a whole. */
  subject: z.string(),
  /** One sentence with the figure and the threshold. */
  sentence: z.string(),
  /** RFC 3339. */
  since: z.string(),
  /** Null: still over it. */
  until: z.string().nullable(),
  /** The operator has seen it; it is not told again before it has been over in between. */
  acknowledged: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

const Hour = z.object({
  /** RFC 3339, of its begin. */
  at: z.string(),
  exchanges: z.int(),
  failed: z.int(),
  p95Ms: z.number().nullable(),
});

/** How one link is. JSON kept stable: `wb health --json` prints `{links, locations, notices}`. */
export const LinkHealth = z.object({
  link: z.string(),
  organisation: z.string(),
  environment: Environment,
  state: LinkState,
  version: VersionName.nullable(),
  /** RFC 3339, of the newest request of theirs or answer of theirs; null: never. */
  lastHeard: z.string().nullable(),
  /** Of each module that was ever pulled. */
  pulls: z.array(
    z.object({
      module: z.string(),
      /** Of the newest that went well. */
      lastGood: z.string().nullable(),
      last: z.string().nullable(),
      lastOk: z.boolean().nullable(),
      runId: z.int().nullable(),
      schedule: PullSchedule.nullable(),
    }),
  ),
  /** Of the last 24 hours, oldest first; 24 of them. */
  hours: z.array(Hour),
  /** Within the last hour. */
  exchanges: z.int(),
  failed: z.int(),
  errorRate: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Results of commands that should have come. */
  overdue: z.array(z.object({ exchangeId: z.int(), what: z.string(), due: z.string() })),
  tokens: z.array(
    z.object({ label: z.string(), issuedBy: z.enum(['us', 'them']), issuedAt: z.string(), days: z.number() }),
  ),
  /** What is another than a day ago. */
  changes: z.array(z.object({ at: z.string(), what: z.enum(['version', 'endpoints']), sentence: z.string() })),
  /** Locations known, EVSEs known, and how many of these say what. */
  locations: z.int(),
  evses: z.int(),
  statuses: z.record(z.string(), z.int()),
  notices: z.array(Notice),
});
export type LinkHealth = z.infer<typeof LinkHealth>;

/** How one location is. */
export const LocationHealth = z.object({
  link: z.string(),
  party: z.string(),
  id: z.string(),
  name: z.string(),
  evses: z.int(),
  statuses: z.record(z.string(), z.int()),
  outOfOrder: z.int(),
  inoperative: z.int(),
  /** EVSEs that have said the same for longer than the threshold. */
  stuck: z.int(),
  /** Share of the last 24 hours, and of the time asked for, in which its EVSEs could be used; null while nothing is known. */
  availability: z.number().nullable(),
  /** RFC 3339: newest change of a status. */
  changedAt: z.string().nullable(),
  notices: z.int(),
});
export type LocationHealth = z.infer<typeof LocationHealth>;

/** One EVSE over time. */
export const EvseTimeline = z.object({
  evse: z.string(),
  evseId: z.string().nullable(),
  status: z.string(),
  since: z.string(),
  stuck: z.boolean(),
  availability: z.number().nullable(),
  /** Oldest first; the last one goes on until now. `status` null: nothing was known. */
  spans: z.array(z.object({ from: z.string(), to: z.string(), status: z.string().nullable() })),
});
export type EvseTimeline = z.infer<typeof EvseTimeline>;

export const LocationsHealthInput = z.object({
  link: z.string().optional(),
  /** Of the id or name. */
  search: z.string().max(100).optional(),
  only: z.enum(['out-of-order', 'inoperative', 'stuck', 'notices']).optional(),
  /** Hours before now over which availability is told. */
  hours: z
    .int()
    .min(1)
    .max(24 * 366)
    .default(24),
  order: z.enum(['worst', 'name', 'availability']).default('worst'),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type LocationsHealthInput = z.input<typeof LocationsHealthInput>;

const health = oc.errors(failures);

/** Whether partners and their locations are well. */
export const healthContract = {
  links: health
    .input(z.object({ link: z.string().optional() }))
    .output(z.object({ links: z.array(LinkHealth), behind: z.int() })),
  locations: health
    .input(LocationsHealthInput)
    .output(z.object({ count: z.int(), rows: z.array(LocationHealth), behind: z.int() })),
  location: health
    .input(
      z.object({
        link: z.string(),
        party: z.string().optional(),
        id: z.string().min(1),
        hours: z
          .int()
          .min(1)
          .max(24 * 366)
          .default(24),
      }),
    )
    .output(LocationHealth.extend({ timelines: z.array(EvseTimeline) })),
  /** Of all links, or as they are for one: its own, the general ones where it has none. */
  thresholds: health
    .input(z.object({ link: z.string().optional() }))
    .output(z.object({ thresholds: HealthThresholds, own: HealthThresholds.partial() })),
  /** Set beside those that are set already; `null` in place of the values: a link has none of its own any more. */
  setThresholds: health
    .input(
      z.object({
        link: z.string().optional(),
        thresholds: HealthThresholds.partial().nullable(),
        /** What is not named is no longer set, instead of staying as it was. */
        whole: z.boolean().optional(),
      }),
    )
    .output(z.object({ thresholds: HealthThresholds, own: HealthThresholds.partial() })),
  /** Newest first. */
  notices: health
    .input(
      z.object({
        link: z.string().optional(),
        open: z.boolean().optional(),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ count: z.int(), open: z.int(), unseen: z.int(), notices: z.array(Notice) })),
  acknowledge: health
    .input(z.object({ ids: z.array(z.int()).min(1).max(1000) }))
    .output(z.object({ changed: z.int() })),
  /** Looks now instead of at the next round, and tells what is over its threshold. */
  look: health.input(z.object({ link: z.string().optional() })).output(z.object({ notices: z.array(Notice) })),
};
