import * as z from 'zod';
import { FindingView, PullTally } from './run.ts';

/** Modules whose objects are pulled and kept (digest 4). */
export const PulledModule = z.enum([
  'locations',
  'sessions',
  'cdrs',
  'tariffs',
  'tokens',
  'hubclientinfo',
  'bookings',
  'invoicereconciliation',
  'payments',
]);
export type PulledModule = z.infer<typeof PulledModule>;

/** What a pull asks for. Dates are RFC 3339; without any the pull goes on from the stored cursor. */
export const PullInput = z.object({
  name: z.string(),
  module: PulledModule,
  /** One object instead of a list: `LOC1`, `LOC1/EVSE1`, `LOC1/EVSE1/1`. */
  object: z.string().min(1).optional(),
  dateFrom: z.string().optional(),
  dateTo: z.string().optional(),
  pageSize: z.int().min(1).max(100_000).optional(),
  /** Asks this party of the partner, `NL-TNM`; the first one in a fitting role unless said. */
  party: z.string().optional(),
  /** Everything, whatever the cursor says; only such a pull can tell what vanished. */
  full: z.boolean().optional(),
  /** Splits the time asked for into windows of so many milliseconds (sessions, CDRs). */
  window: z.int().positive().optional(),
});
export type PullInput = z.input<typeof PullInput>;

/** JSON kept stable: `wb pull --json` prints it. */
export const PullResult = PullTally.extend({
  ok: z.boolean(),
  runId: z.int(),
  /** What it came to, one sentence. */
  summary: z.string(),
  durationMs: z.number(),
});
export type PullResult = z.infer<typeof PullResult>;

/** JSON kept stable: `wb objects --json` prints an array of these. `object` is the parsed text as last sent. */
export const StoredObject = z.object({
  id: z.string(),
  party: z.string(),
  link: z.string(),
  module: PulledModule,
  version: z.string(),
  lastUpdated: z.string().nullable(),
  /** RFC 3339 with milliseconds: when it was seen last. */
  seenAt: z.string(),
  /** Grows by one with each change seen; the first is 1. */
  revision: z.int(),
  vanished: z.boolean(),
  findings: z.array(FindingView),
  object: z.unknown(),
});
export type StoredObject = z.infer<typeof StoredObject>;

export const ObjectFilter = z.object({
  name: z.string(),
  module: PulledModule,
  /** All words, in any text of the object; a trailing * finds beginnings. */
  search: z.string().optional(),
  /** `evses.status=CHARGING`; several narrow. */
  where: z.array(z.string().regex(/^[a-z_]+(\.[a-z_]+)*=.*/, 'a path and a value: evses.status=CHARGING')).optional(),
  /** Milliseconds since the epoch: revisions seen since then. */
  changedSince: z.number().optional(),
  /** `NL-TNM`. */
  party: z.string().optional(),
  /** Absent: all; false: only those the partner still has; true: only those that vanished. */
  vanished: z.boolean().optional(),
  /** `next` of the page before. */
  after: z.int().optional(),
  limit: z.int().min(1).max(10_000).default(100),
});
export type ObjectFilter = z.input<typeof ObjectFilter>;

/** Degrees of WGS 84: south, west, north, east; east of 180° a map goes on counting. */
const Bounds = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/**
 * What narrows a table or map of stored objects; of all links where `name` is absent. In `where` several paths narrow,
 * and several values of one path widen: one of them has to be there.
 */
export const ObjectConditions = ObjectFilter.omit({ name: true, party: true, after: true, limit: true }).extend({
  /** One link or any of several. */
  name: z.union([z.string(), z.array(z.string()).min(1).max(1000)]).optional(),
  /** `NL-TNM`, or any of several. */
  party: z.union([z.string(), z.array(z.string()).min(1).max(1000)]).optional(),
  /** Only what lies within. */
  within: Bounds.optional(),
  /** Only objects with findings of this severity or a worse one, or `any`. */
  finding: z.enum(['error', 'warning', 'note', 'any']).optional(),
});
export type ObjectConditions = z.input<typeof ObjectConditions>;

/** One line of a table of objects: what its module is read by, without the object itself. */
export const ObjectLine = z.object({
  link: z.string(),
  id: z.string(),
  party: z.string(),
  lastUpdated: z.string().nullable(),
  revision: z.int(),
  vanished: z.boolean(),
  /** Counted by severity. */
  findings: z.object({ error: z.int(), warning: z.int(), note: z.int() }),
  /** Of a location. */
  name: z.string().nullable(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  /** How many of its EVSEs have which status. */
  statuses: z.record(z.string(), z.int()),
  /** WGS 84, degrees; null where there are none or they cannot be read. */
  position: z.tuple([z.number(), z.number()]).nullable(),
});
export type ObjectLine = z.infer<typeof ObjectLine>;

export const ObjectLinesInput = ObjectConditions.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type ObjectLinesInput = z.input<typeof ObjectLinesInput>;

/** A square of the map: one object, or how many lie together in it. */
export const MapMark = z.object({
  latitude: z.number(),
  longitude: z.number(),
  count: z.int(),
  /** Of a single one. Id and party in small letters: ids compare without regard to case. */
  link: z.string().optional(),
  id: z.string().optional(),
  party: z.string().optional(),
  /** Of several: the bounds of where they lie. */
  extent: Bounds.optional(),
  /** The most urgent status among EVSEs there: worst first OUTOFORDER, BLOCKED, ..., AVAILABLE. */
  status: z.string().nullable(),
});
export type MapMark = z.infer<typeof MapMark>;

export const MapInput = ObjectConditions.extend({
  bounds: Bounds,
  /** Of the map, 0 to 20. */
  zoom: z.int().min(0).max(20),
});
export type MapInput = z.input<typeof MapInput>;

/** A field that is indexed, for completing what somebody types: `evses.status`, `city`, `party`. */
export const ObjectValuesInput = z.object({
  module: PulledModule,
  field: z.string(),
  /** How the value begins, whatever the case. */
  begins: z.string().default(''),
  limit: z.int().min(1).max(200).default(20),
});

/** One place that differs between two revisions (core/ocpi/json-diff.ts). `before`, `after`: absent where there is none. */
export const PointerChange = z.object({
  pointer: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.unknown(),
  after: z.unknown(),
});
export type PointerChange = z.infer<typeof PointerChange>;

/** One change of one object between two revisions: JSON pointers with the value before and after. */
export const ObjectChange = z.object({
  id: z.string(),
  party: z.string(),
  /** The one it became. */
  revision: z.int(),
  seenAt: z.string(),
  changes: z.array(PointerChange),
});
export type ObjectChange = z.infer<typeof ObjectChange>;

/** One revision of one object; of the first one `changes` is empty. */
export const ObjectRevision = z.object({
  revision: z.int(),
  version: z.string(),
  /** RFC 3339 with milliseconds: when it was seen first. */
  seenAt: z.string(),
  changes: z.array(PointerChange),
  object: z.unknown(),
});
export type ObjectRevision = z.infer<typeof ObjectRevision>;
