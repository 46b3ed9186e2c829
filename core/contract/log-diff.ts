import * as z from 'zod';
import { LogAbout, LogOrFile } from './session-log.ts';

export const DiffLogs = z.object({
  a: LogOrFile,
  b: LogOrFile,
  /** One link of each; all of them together unless said. */
  linkA: z.string().optional(),
  linkB: z.string().optional(),
  /** Measured numbers and times have to be the same too. */
  strict: z.boolean().default(false),
});
export type DiffLogs = z.input<typeof DiffLogs>;

/** By what two exchanges were found to be the same one. */
export const AlignedBy = z.enum(['request-id', 'correlation-id', 'order']);
export type AlignedBy = z.infer<typeof AlignedBy>;

export const LogDifference = z.object({
  layer: z.enum(['network', 'http', 'header', 'ocpi', 'object', 'finding', 'missing', 'extra']),
  /** `answer/data/status`, `request/kwh`, `answer:header:Link`; empty where it is about the whole. */
  where: z.string(),
  a: z.string(),
  b: z.string(),
  /** One sentence for people. */
  meaning: z.string(),
});
export type LogDifference = z.infer<typeof LogDifference>;

const Side = z.object({
  id: z.int(),
  at: z.string(),
  words: z.string(),
  httpStatus: z.int().nullable(),
  ocpiStatus: z.int().nullable(),
});

/** One exchange laid beside its like; null where one of the logs has none. */
export const DiffPair = z.object({
  no: z.int(),
  a: Side.nullable(),
  b: Side.nullable(),
  by: AlignedBy.nullable(),
  differences: z.array(LogDifference),
});
export type DiffPair = z.infer<typeof DiffPair>;

export const LogDiff = z.object({
  a: z.object({ name: z.string(), about: LogAbout, exchanges: z.int() }),
  b: z.object({ name: z.string(), about: LogAbout, exchanges: z.int() }),
  /** `both-sides`: what the one sent is what the other received. */
  view: z.enum(['same-side', 'both-sides']),
  same: z.int(),
  different: z.int(),
  onlyA: z.int(),
  onlyB: z.int(),
  /** The first 2,000 that are not the same, in order. */
  pairs: z.array(DiffPair),
});
export type LogDiff = z.infer<typeof LogDiff>;
