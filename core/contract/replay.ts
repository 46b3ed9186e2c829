import * as z from 'zod';
import { Direction } from './direction.ts';
import { RewriteKind } from './rewrite-kind.ts';
import { RunState } from './run.ts';
import { ScenarioRole } from './scenario.ts';

/** What is replayed. */
export const ReplaySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exchanges'), ids: z.array(z.int().positive()).min(1).max(100_000) }),
  /** All exchanges of one run, or of an imported file by its link. */
  z.object({ kind: z.literal('link'), name: z.string(), since: z.number().optional(), until: z.number().optional() }),
  z.object({ kind: z.literal('transaction'), id: z.int().positive() }),
  /** A stored object of a partner: its revisions are sent as we would send them. */
  z.object({ kind: z.literal('object'), link: z.string(), module: z.string(), key: z.string() }),
  z.object({ kind: z.literal('scenario'), name: z.string() }),
  /** The text of a scenario that is not kept. */
  z.object({ kind: z.literal('written'), name: z.string(), text: z.string().max(4_000_000) }),
  /**
   * Traffic recorded elsewhere (HAR, curl, JSON lines), or a session log (`ocpilog`). It is imported first, and then replayed from
   * there. Of traffic the text or an upload of it; of a log its path on this machine or an upload of it, and where it holds
   * several links, which of them.
   */
  z.object({
    kind: z.literal('file'),
    name: z.string(),
    text: z.string().optional(),
    upload: z.string().optional(),
    path: z.string().optional(),
    link: z.string().optional(),
    format: z.enum(['auto', 'har', 'curl', 'jsonl', 'ocpilog']).default('auto'),
  }),
  /** As an earlier replay: same source, same options. */
  z.object({ kind: z.literal('again'), runId: z.int().positive() }),
]);
export type ReplaySource = z.infer<typeof ReplaySource>;

export const ReplayOptions = z.object({
  /** A link's name. */
  to: z.string(),
  source: ReplaySource,
  /** Recorded seconds in a real one; `fast`: no pauses. */
  speed: z.union([z.number().min(0.1).max(1000), z.literal('fast')]).default(1),
  /**
   * Of recorded exchanges: whose requests we send. `ours`: those we sent then. `theirs`: those that the partner sent, so that we
   * play the partner. Unless said: ours where there are any.
   */
  play: z.enum(['ours', 'theirs']).optional(),
  /** Of a scenario: whose part we play; the first that fits the link unless said. */
  part: ScenarioRole.optional(),
  /** Steps before this one are left out. */
  fromStep: z.int().min(1).default(1),
  /** Measured numbers (kWh, costs, volumes) have to be the same too. */
  strict: z.boolean().default(false),
  /** Times are shifted so that the first (or the last) of the flow is now. */
  times: z.enum(['start', 'end']).default('start'),
  /** Instead of what would be chosen: `location:LOC1` -> `LOC9`, `party:NL-TNM` -> `DE-ABC`. Kinds as in `ReplayRewrite`. */
  map: z.record(z.string(), z.string()).default({}),
  /** Values of a scenario. */
  set: z.record(z.string(), z.string()).default({}),
  /** Of a scenario: seconds at most that one awaited message is waited for, in real time; unless said, as it says itself. */
  wait: z.number().positive().max(86_400).optional(),
  /** Begins paused: each step waits for `step` or `continue`. */
  paused: z.boolean().default(false),
  /** New ids are made of it: the same seed makes the same ones. */
  seed: z.string().max(100).optional(),
  confirmed: z.boolean().optional(),
});
export type ReplayOptions = z.input<typeof ReplayOptions>;

/** One thing that will not be as it was. */
export const ReplayRewrite = z.object({
  kind: RewriteKind,
  from: z.string(),
  /** Null: known only when the partner says it. */
  to: z.string().nullable(),
  why: z.string(),
  /** In how many steps. */
  steps: z.int(),
});
export type ReplayRewrite = z.infer<typeof ReplayRewrite>;

export const ReplayStepPlan = z.object({
  no: z.int(),
  kind: z.enum(['send', 'await', 'flow']),
  /** Catalogue id, or the flow's name. */
  operation: z.string(),
  /** `session, patch`. */
  words: z.string(),
  method: z.string(),
  /** As it would go out, or as far as it is known of what is awaited. */
  url: z.string(),
  body: z.string().nullable(),
  /** Milliseconds after the begin, at the recording's own speed. */
  at: z.number(),
  /** What is expected, in a few words: `HTTP 200, 1000`, `a result within 30 s`. */
  expected: z.string(),
  /** What the operator may do for it to come. */
  prompt: z.string().nullable(),
  repeats: z.object({ least: z.int(), most: z.int() }).nullable(),
  /** The recorded exchange it stands for. */
  exchangeId: z.int().nullable(),
});
export type ReplayStepPlan = z.infer<typeof ReplayStepPlan>;

/** What will happen, before it does. */
export const ReplayPlan = z.object({
  title: z.string(),
  to: z.string(),
  environment: z.enum(['test', 'production']),
  version: z.string(),
  seed: z.string(),
  /** The first 500 of them. */
  steps: z.array(ReplayStepPlan),
  stepCount: z.int(),
  sends: z.int(),
  awaits: z.int(),
  /** Requests that change something at the partner. */
  writes: z.int(),
  rewrites: z.array(ReplayRewrite),
  /** What the operator should know: what is left out and why, what may not fit. One sentence each. */
  notes: z.array(z.string()),
  /** At the chosen speed. */
  lastsMs: z.number(),
});
export type ReplayPlan = z.infer<typeof ReplayPlan>;

/** One difference between what was expected and what came, by its meaning. */
export const ReplayDifference = z.object({
  /** `missing`: it never came. `extra`: nothing of the kind was expected. `time`: it took much longer. `assertion`: a scenario's own. */
  layer: z.enum(['network', 'http', 'header', 'ocpi', 'object', 'finding', 'time', 'missing', 'extra', 'assertion']),
  /** `answer/data/status`, `request/kwh`, `answer:header:Link`; empty where it is about the whole. */
  where: z.string(),
  expected: z.string(),
  met: z.string(),
  /** One sentence for people. */
  meaning: z.string(),
});
export type ReplayDifference = z.infer<typeof ReplayDifference>;

export const ReplayVerdict = z.enum(['waiting', 'running', 'same', 'different', 'missing', 'failed', 'skipped']);
export type ReplayVerdict = z.infer<typeof ReplayVerdict>;

export const ReplayStep = z.object({
  no: z.int(),
  kind: z.enum(['send', 'await', 'flow', 'extra']),
  operation: z.string(),
  words: z.string(),
  verdict: ReplayVerdict,
  /** What happened, one clause. */
  reason: z.string(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Recorded then, and made now. */
  recordedId: z.int().nullable(),
  exchangeIds: z.array(z.int()),
  differences: z.array(ReplayDifference),
});
export type ReplayStep = z.infer<typeof ReplayStep>;

export const ReplaySummary = z.object({
  runId: z.int(),
  title: z.string(),
  to: z.string(),
  state: RunState,
  paused: z.boolean(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  steps: z.int(),
  done: z.int(),
  same: z.int(),
  different: z.int(),
  /** One sentence. */
  summary: z.string(),
});
export type ReplaySummary = z.infer<typeof ReplaySummary>;

/** A run of a replay. JSON kept stable: `wb replay --json` prints it with all its steps. */
export const ReplayRun = ReplaySummary.extend({
  options: ReplayOptions,
  seed: z.string(),
  rewrites: z.array(ReplayRewrite),
  notes: z.array(z.string()),
  /** What it waits for at this moment, for people; null where it waits for nothing. */
  waitsFor: z.string().nullable(),
});
export type ReplayRun = z.infer<typeof ReplayRun>;

export const ReplayStepPage = z.object({ count: z.int(), steps: z.array(ReplayStep) });
export type ReplayStepPage = z.infer<typeof ReplayStepPage>;

/** One step, expected against now. Texts are laid out alike and sealed; what was rewritten stands as rewritten in both. */
export const ReplayStepView = ReplayStep.extend({
  direction: Direction.nullable(),
  sides: z.array(
    z.object({
      what: z.enum(['request', 'answer']),
      expected: z.string(),
      met: z.string(),
    }),
  ),
});
export type ReplayStepView = z.infer<typeof ReplayStepView>;

/** Two runs of the same steps: those whose verdict or differences changed. */
export const ReplayComparison = z.object({
  earlier: ReplaySummary,
  later: ReplaySummary,
  changed: z.array(
    z.object({ no: z.int(), words: z.string(), earlier: ReplayStep.nullable(), later: ReplayStep.nullable() }),
  ),
});
export type ReplayComparison = z.infer<typeof ReplayComparison>;
