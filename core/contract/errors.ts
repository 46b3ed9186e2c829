import { oc } from '@orpc/contract';
import * as z from 'zod';
import { ExchangeConditions } from './exchange.ts';
import { CodeExplanation, Explanation, FailureCase, Layer } from './explanation.ts';
import { failures } from './failures.ts';

/**
 * Exchanges that went wrong alike, on one link, in one module: failed ones by what the answer said at the innermost layer
 * that failed, and what findings say of those that did not fail. JSON kept stable: `wb errors --json` prints an array.
 */
export const TroubleGroup = z.object({
  link: z.string().nullable(),
  /** The catalogue's name; null where the operation is unknown. */
  module: z.string().nullable(),
  layer: Layer,
  /** `timeout`, `401`, `2001`, or the code of a finding. */
  code: z.string(),
  /** Whether the exchanges failed, or carry a finding only. */
  failed: z.boolean(),
  direction: z.enum(['in', 'out']),
  /** OCPI versions spoken; null among them where none was agreed. */
  versions: z.array(z.string().nullable()),
  count: z.int(),
  /** How many of them were faults of ours at work. */
  onPurpose: z.int(),
  /** RFC 3339. */
  first: z.string(),
  last: z.string(),
  /** The newest of them. */
  newestId: z.int(),
  /** None of them is older than 24 hours before now. */
  fresh: z.boolean(),
  /** How many in each of equal stretches of the time asked for, oldest first. */
  overTime: z.array(z.int()),
});
export type TroubleGroup = z.infer<typeof TroubleGroup>;

export const TroubleInput = ExchangeConditions.extend({
  /** With findings of exchanges that did not fail: of this severity or a worse one. */
  findings: z.enum(['error', 'warning', 'note', 'none']).default('error'),
  /** Stretches in `overTime`. */
  stretches: z.int().min(1).max(96).default(24),
});
export type TroubleInput = z.input<typeof TroubleInput>;

export const Troubles = z.object({
  /** Most recent first. */
  groups: z.array(TroubleGroup),
  /** What `overTime` spans: RFC 3339. */
  from: z.string(),
  to: z.string(),
  /** Exchanges the detectors have not looked at yet. */
  behind: z.int(),
});
export type Troubles = z.infer<typeof Troubles>;

const errors = oc.errors(failures);

export const errorsContract = {
  groups: errors.input(TroubleInput).output(Troubles),
  explain: errors.input(z.object({ id: z.int().positive() })).output(Explanation),
  /** An HTTP status, an OCPI status code, the code of a finding or of an end (`timeout`), or `case 17`. */
  explainCode: errors.input(z.object({ code: z.string().min(1).max(100) })).output(CodeExplanation),
  /** The 35 failure cases. */
  cases: errors.output(z.array(FailureCase)),
  /** For the partner: Markdown with the sentence, the clause, request and answer, and a curl command; no token in it. */
  report: errors.input(z.object({ id: z.int().positive() })).output(z.object({ markdown: z.string() })),
};
