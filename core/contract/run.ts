import * as z from 'zod';
import { LinkEndpoint } from './link.ts';

const Severity = z.enum(['error', 'warning', 'note']);

/** A finding as faces see it (see core/ocpi/findings.ts). */
export const FindingView = z.object({
  severity: Severity,
  code: z.string(),
  pointer: z.string(),
  met: z.string(),
  expected: z.string(),
  section: z.string(),
});
export type FindingView = z.infer<typeof FindingView>;

/** One step of a run with its verdict. JSON kept stable: `wb register --json` prints these. */
export const RunStep = z.object({
  /** What was done, in the field's words: `versions`, `version details`, `credentials`. */
  step: z.string(),
  ok: z.boolean(),
  exchangeIds: z.array(z.int()),
  /** A sentence a person understands. */
  reason: z.string(),
  findings: z.array(FindingView),
});
export type RunStep = z.infer<typeof RunStep>;

export const RunKind = z.enum([
  'registration',
  'update',
  'rotation',
  'unregistration',
  'adoption',
  'look',
  'doctor',
  'pull',
]);
export type RunKind = z.infer<typeof RunKind>;

export const RunState = z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']);
export type RunState = z.infer<typeof RunState>;

/** A finding with how often it was made; the place is that of the first one. */
export const CountedFinding = FindingView.extend({ count: z.int() });
export type CountedFinding = z.infer<typeof CountedFinding>;

/** What a pull brought. */
export const PullTally = z.object({
  /** Different objects met. */
  objects: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  vanished: z.int(),
  pages: z.int(),
  findings: z.array(CountedFinding),
});
export type PullTally = z.infer<typeof PullTally>;

/** How far a run that takes long has come. */
export const RunProgress = z.object({
  objects: z.int(),
  pages: z.int(),
  /** As far as the partner says; absent where it does not. */
  total: z.int().optional(),
  /** Objects in a second. */
  rate: z.number(),
  secondsLeft: z.number().optional(),
  /** What it waits for, in words, while it waits: "2 s, because the partner answered HTTP 503". */
  waiting: z.string().optional(),
});
export type RunProgress = z.infer<typeof RunProgress>;

export const Run = z.object({
  id: z.int(),
  kind: RunKind,
  linkId: z.int().optional(),
  /** Who began it: `us`, or `them` for a registration the partner started. */
  initiator: z.enum(['us', 'them']),
  state: RunState,
  startedAt: z.number(),
  endedAt: z.number().optional(),
  steps: z.array(RunStep),
  /** Only while it runs, and only for runs that take long. */
  progress: RunProgress.optional(),
  /** What it came to; absent while it runs. */
  result: z
    .object({
      /** One sentence. */
      summary: z.string(),
      version: z.string().optional(),
      modules: z.array(LinkEndpoint).optional(),
      pull: PullTally.optional(),
    })
    .optional(),
});
export type Run = z.infer<typeof Run>;
