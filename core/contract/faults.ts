import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import {
  FaultHit,
  FaultKindView,
  FaultOccasion,
  FaultPack,
  FaultPreview,
  FaultRule,
  FaultRulesFile,
  FaultRuleText,
  FaultScope,
  FaultTrial,
} from './fault.ts';

/** Of a rule that may touch a production link, or all links with one among them. */
const confirmed = z.boolean().optional();

/** What is absent stays as it is; of `parameters`, `scope` and `when` the whole is replaced. */
export const ChangeFaultRule = z.object({
  id: z.int().positive(),
  name: z.string().trim().min(1).max(100).optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  scope: FaultScope.optional(),
  when: FaultOccasion.optional(),
  seed: z.string().min(1).max(200).optional(),
  reachesRegistration: z.boolean().optional(),
  /** Before which rule it stands from now on; null: last. */
  before: z.int().positive().nullable().optional(),
  confirmed,
});
export type ChangeFaultRule = z.input<typeof ChangeFaultRule>;

/** Rules by id or name; `all` for every one. */
const Chosen = z
  .object({ ids: z.array(z.int()).optional(), names: z.array(z.string()).optional(), all: z.boolean().optional() })
  .refine(({ ids, names, all }) => ids !== undefined || names !== undefined || all === true, 'ids, names or all');

const fault = oc.errors(failures);
const rules = fault.output(z.array(FaultRule));

export const faultsContract = {
  kinds: fault.output(z.array(FaultKindView)),
  /** In the order in which they are tried. */
  list: rules,
  /** In force on the next request. The answer is the rule. */
  add: fault.input(FaultRuleText.extend({ confirmed })).output(FaultRule),
  change: fault.input(ChangeFaultRule).output(FaultRule),
  arm: fault.input(Chosen.safeExtend({ armed: z.boolean(), confirmed })).output(z.array(FaultRule)),
  remove: fault.input(Chosen).output(z.array(FaultRule)),
  /** Hits are counted from 1 again, so that the same requests meet the same faults anew. */
  restart: fault.input(Chosen).output(z.array(FaultRule)),
  /** All or nothing: a bad rule is refused with its path (`rules[3].parameters.status`). */
  import: fault
    .input(
      z.object({
        /** A rules file, parsed. */
        file: z.unknown(),
        /** Instead of those there are, or besides them. */
        replace: z.boolean().default(false),
        confirmed,
      }),
    )
    .output(z.array(FaultRule)),
  export: fault.output(FaultRulesFile),
  packs: fault.output(z.array(FaultPack)),
  /** Adds a pack's rules, for one link where it is said. A pack that is loaded already is replaced. */
  load: fault.input(z.object({ pack: z.string(), link: z.string().optional(), confirmed })).output(z.array(FaultRule)),
  /** What a rule does to a recorded exchange, or to a sample where none is given. Nothing is sent or counted. */
  preview: fault
    .input(z.object({ rule: FaultRuleText, exchangeId: z.int().positive().optional() }))
    .output(FaultPreview),
  /** Sends the sample with the rule at work over a socket of this machine, and tells what arrived. Nothing is counted. */
  try: fault
    .input(
      z.object({
        rule: FaultRuleText,
        /** After which nothing more is waited for. Milliseconds. */
        patience: z.int().min(100).max(60_000).default(5_000),
      }),
    )
    .output(FaultTrial),
  /** Rules that would make an exchange like this one, best first; empty where nothing was wrong with it. */
  suggest: fault.input(z.object({ exchangeId: z.int().positive() })).output(z.array(FaultRuleText)),
  /** The newest firings, newest first. */
  hits: fault
    .input(
      z.object({ ruleId: z.int().optional(), before: z.int().optional(), limit: z.int().min(1).max(500).default(100) }),
    )
    .output(z.array(FaultHit)),
};
