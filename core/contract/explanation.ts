import * as z from 'zod';

/** At which layer something went wrong, from the outside in. */
export const Layer = z.enum(['network', 'tls', 'http', 'envelope', 'ocpi', 'object', 'flow']);
export type Layer = z.infer<typeof Layer>;

/** Who is probably at fault. `between`: the network, a proxy; `either`: the message alone does not tell. */
export const Blamed = z.enum(['us', 'them', 'hub', 'between', 'either']);
export type Blamed = z.infer<typeof Blamed>;

export const Sureness = z.enum(['certain', 'likely', 'possible']);
export type Sureness = z.infer<typeof Sureness>;

/** One of the 35 failure cases (failures.md). */
export const FailureCase = z.object({
  number: z.int(),
  title: z.string(),
});
export type FailureCase = z.infer<typeof FailureCase>;

/** One problem of an exchange, explained. */
export const Problem = z.object({
  /** What happened, one sentence, with the names and values of this exchange. */
  sentence: z.string(),
  layer: Layer,
  /** `timeout`, `401`, `2001`, or the code of a finding: what groups and `wb explain CODE` know it by. */
  code: z.string(),
  /** What that code means in the version spoken; null where it speaks for itself. */
  meaning: z.string().nullable(),
  blamed: Blamed,
  sure: Sureness,
  /** Why that one is thought to be at fault, one sentence. */
  because: z.string(),
  /** Section or trap of the specification digest it rests on: `1.4`, `T9`; null where no clause speaks of it. */
  section: z.string().nullable(),
  /** What to try next, most promising first. */
  next: z.array(z.string()),
  cases: z.array(FailureCase),
  /** Codes of the findings that show it. */
  findings: z.array(z.string()),
});
export type Problem = z.infer<typeof Problem>;

/** JSON kept stable: `wb explain ID --json` prints it. */
export const Explanation = z.object({
  exchangeId: z.int(),
  /** True where nothing failed and nothing was found. */
  well: z.boolean(),
  /** The worst first; empty where all is well. */
  problems: z.array(Problem),
  /** Faults of ours that were at work: what happened then is what was wanted. One sentence each. */
  onPurpose: z.array(z.string()),
  /** What the detectors knew when they looked; null: they have not looked yet. */
  detector: z.int().nullable(),
});
export type Explanation = z.infer<typeof Explanation>;

/** JSON kept stable: `wb explain CODE --json` prints it. */
export const CodeExplanation = z.object({
  code: z.string(),
  layer: Layer,
  /** By version, where it is not the same in all. */
  meanings: z.array(z.object({ versions: z.array(z.string()), meaning: z.string() })),
  next: z.array(z.string()),
  section: z.string().nullable(),
  cases: z.array(FailureCase),
});
export type CodeExplanation = z.infer<typeof CodeExplanation>;
