import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { PulledModule, PullInput, PullResult } from './objects.ts';
import { CountedFinding } from './run.ts';

/** Where a pull that ended early stood, so that the next one of the same kind goes on from there. */
export const PullBookmark = z.object({
  /** What was asked for; another pull begins at its own beginning. */
  key: z.string(),
  /** The run under which its objects are marked as seen: that of the first attempt. */
  seenRun: z.int(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  list: z.int(),
  stretch: z.int(),
  /** Objects of the list that lie before what is still to be asked for. */
  offset: z.int(),
  /** Different objects met in this stretch so far. */
  met: z.int(),
  /** The list's stretches of time, fixed by the first attempt. */
  stretches: z.array(z.object({ from: z.number().optional(), to: z.number().optional() })),
  /** The partner's clock when the first page of the stretch was answered, and the newest last_updated met in it. */
  begunAt: z.number().optional(),
  newest: z.number().optional(),
  /** False when a list before this one was not read whole. */
  whole: z.boolean(),
  /** Pages handed to the store, and those of them that counted. */
  page: z.int(),
  pages: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  objects: z.int(),
  findings: z.array(CountedFinding),
});
export type PullBookmark = z.infer<typeof PullBookmark>;

/** A pull that is repeated while the workbench serves. Times in milliseconds. */
export const PullSchedule = z.object({
  link: z.string(),
  module: PulledModule,
  every: z.int().min(1000),
  /** Share of `every` by which each pull is moved at random: 0.1 for up to a tenth. */
  jitter: z.number().min(0).max(0.5),
  /** Failures in a row; each doubles the distance, up to a day. */
  failures: z.int(),
  /** When the next one is due; null while nothing serves. */
  nextAt: z.number().nullable(),
});
export type PullSchedule = z.infer<typeof PullSchedule>;

export const SetSchedule = z.object({
  name: z.string(),
  module: PulledModule,
  /** `null` ends it. */
  every: z.int().min(1000).nullable(),
  jitter: z.number().min(0).max(0.5).default(0.1),
});
export type SetSchedule = z.input<typeof SetSchedule>;

const pull = oc.errors(failures);
const started = z.object({ runId: z.int() });

export const pullsContract = {
  /** Answers with the id of the run at once; `runs.watch` tells how it goes. */
  start: pull.input(PullInput).output(started),
  /** What a pull that has ended came to. */
  result: pull.input(started).output(PullResult),
  schedule: pull.input(SetSchedule).output(z.array(PullSchedule)),
  schedules: pull.output(z.array(PullSchedule)),
};
