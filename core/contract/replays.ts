import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import {
  ReplayComparison,
  ReplayOptions,
  ReplayPlan,
  ReplayRun,
  ReplayStepPage,
  ReplayStepView,
  ReplaySummary,
} from './replay.ts';
import { Scenario, ScenarioProblem, ScenarioSummary } from './scenario.ts';

const replay = oc.errors(failures);
const ofRun = z.object({ runId: z.int().positive() });

/** Replays: runs of kind `replay`, told by `runs.watch` and by events as every run. */
export const replaysContract = {
  plan: replay.input(ReplayOptions).output(ReplayPlan),
  start: replay.input(ReplayOptions).output(z.object({ runId: z.int() })),
  pause: replay.input(ofRun).output(ReplayRun),
  continue: replay.input(ofRun).output(ReplayRun),
  /** The next step only, then it is paused again. */
  step: replay.input(ofRun).output(ReplayRun),
  /** The step under way is ended; those after it are skipped. */
  stop: replay.input(ofRun).output(ReplayRun),
  /** Newest first. */
  list: replay
    .input(z.object({ to: z.string().optional(), limit: z.int().min(1).max(1000).default(50) }))
    .output(z.array(ReplaySummary)),
  get: replay.input(ofRun).output(ReplayRun),
  steps: replay
    .input(
      ofRun.extend({
        /** Only those that are different, missing or failed. */
        different: z.boolean().optional(),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(ReplayStepPage),
  stepView: replay.input(ofRun.extend({ no: z.int().positive() })).output(ReplayStepView),
  compare: replay.input(ofRun.extend({ earlier: z.int().positive() })).output(ReplayComparison),
  report: replay
    .input(ofRun.extend({ format: z.enum(['text', 'json', 'junit']) }))
    .output(z.object({ text: z.string() })),
  scenarios: {
    list: replay.output(z.array(ScenarioSummary)),
    get: replay
      .input(z.object({ name: z.string() }))
      .output(z.object({ scenario: Scenario, text: z.string(), ours: z.boolean() })),
    check: replay.input(z.object({ text: z.string().max(4_000_000) })).output(z.array(ScenarioProblem)),
    /** Under the name in it, which must be none of ours; the earlier one of the operator's is replaced. */
    save: replay.input(z.object({ text: z.string().max(4_000_000) })).output(ScenarioSummary),
    remove: replay.input(z.object({ name: z.string() })).output(z.array(ScenarioSummary)),
  },
};
