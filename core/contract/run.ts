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

/** A finding without what only the workbench needs of it. */
export function viewFinding({ severity, code, pointer, met, expected, section }: FindingView): FindingView {
  return { severity, code, pointer, met, expected, section };
}

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
  'push',
  'command',
  'authorization',
  'profile',
  'replay',
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

/** One object of a push. */
export const PushedItem = z.object({
  id: z.string(),
  ok: z.boolean(),
  /** The method that was used last. */
  method: z.string(),
  exchangeIds: z.array(z.int()),
  reason: z.string(),
});
export type PushedItem = z.infer<typeof PushedItem>;

/** What a push brought. JSON kept stable: `wb push --json` prints it with the run's id. */
export const PushTally = z.object({
  sent: z.int(),
  ok: z.int(),
  failed: z.int(),
  /** Not sent, because one before failed, or the push was cancelled. */
  left: z.int(),
  /** Those that failed, in their order; at most a thousand. */
  failures: z.array(PushedItem),
  /** True where a PUT of the whole object may mend what a PATCH could not (digest 1.7). */
  putMayHelp: z.boolean(),
  /** Where the CDRs were put, as the Location headers said. */
  locations: z.array(z.string()),
});
export type PushTally = z.infer<typeof PushTally>;

/** A command, profile or authorization: what was answered, and what came later. */
export const AskedOutcome = z.object({
  operation: z.string(),
  /** `ACCEPTED`, `ALLOWED`: what the answer said; absent where it said nothing that can be read. */
  answered: z.string().optional(),
  /** Seconds within which the answer promised a result. */
  timeout: z.number().optional(),
  /** What came at our response_url, in the order of arrival. */
  results: z.array(z.object({ result: z.string(), exchangeId: z.int(), afterMs: z.number() })),
  /** The whole last result or answer, as sent. */
  detail: z.unknown().optional(),
});
export type AskedOutcome = z.infer<typeof AskedOutcome>;

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
      push: PushTally.optional(),
      asked: AskedOutcome.optional(),
    })
    .optional(),
});
export type Run = z.infer<typeof Run>;
