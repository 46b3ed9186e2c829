import * as z from 'zod';
import { LogOrFile } from './session-log.ts';

/** Whose answers are given: the partner's, so that we (or whoever stands where we stood) meet it again; or ours. */
export const ReproducedSide = z.enum(['partner', 'us']);
export type ReproducedSide = z.infer<typeof ReproducedSide>;

export const StartReproduction = z.object({
  source: LogOrFile,
  as: ReproducedSide.default('partner'),
  /** Of the links in the log; needed where there are several. */
  link: z.string().optional(),
  host: z.string().default('127.0.0.1'),
  /** 0: any that is free. */
  port: z.int().min(0).max(65_535).default(0),
  /** Answers take as long as then, or none. */
  timing: z.enum(['recorded', 'at-once']).default('recorded'),
  /** The token that calls must carry; unless said, one is made, and told. */
  token: z.string().min(1).max(64).optional(),
});
export type StartReproduction = z.input<typeof StartReproduction>;

/** One request that was made of it, and what it got. */
export const ReproducedRequest = z.object({
  no: z.int(),
  /** RFC 3339. */
  at: z.string(),
  /** `answer`: it asked us. `callback`: we told it something the recorded side told then, unasked. */
  kind: z.enum(['answer', 'callback']),
  method: z.string(),
  /** Path and query; of a callback the whole URL. Sealed. */
  url: z.string(),
  operation: z.string(),
  /** HTTP status; null where nothing was answered (a fault as it fired, a callback that was not taken). */
  status: z.int().nullable(),
  /** The recorded exchange whose answer it was; null where the recording has none that fits. */
  recordedId: z.int().nullable(),
  /** What is not as in the recording, one sentence each: unknown request, another body, once more than then. */
  differences: z.array(z.string()),
});
export type ReproducedRequest = z.infer<typeof ReproducedRequest>;

export const Reproduction = z.object({
  id: z.string(),
  /** Of the log. */
  name: z.string(),
  /** The imported log whose exchanges stand in this database; absent where it is of a file. */
  logId: z.int().positive().optional(),
  as: ReproducedSide,
  /** The recorded link. */
  link: z.string(),
  /** Where to point the system under test. */
  versionsUrl: z.string(),
  /** To call it with: registration (A) or, where the recording has none, any call. Made for this reproduction, worth nothing elsewhere. */
  token: z.string(),
  startedAt: z.string(),
  state: z.enum(['serving', 'stopped']),
  /** Recorded requests it can answer, how many of them were asked for, and how many others came. */
  known: z.int(),
  asked: z.int(),
  unknown: z.int(),
  different: z.int(),
  callbacks: z.int(),
  /** What is wrong with the recording, one sentence each: it was cut, lines of it cannot be read. */
  notes: z.array(z.string()),
});
export type Reproduction = z.infer<typeof Reproduction>;
