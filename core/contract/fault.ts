import * as z from 'zod';
import { Direction } from './direction.ts';

/** Families of the fault catalogue (failures.md). */
export const FaultFamily = z.enum([
  'auth',
  'discovery',
  'envelope',
  'headers',
  'paging',
  'object',
  'push',
  'async',
  'money',
  'hub',
  'transport',
]);
export type FaultFamily = z.infer<typeof FaultFamily>;

/** `answer`: when a partner calls us. `send`: when we call a partner. */
export const FaultDirection = z.enum(['answer', 'send']);
export type FaultDirection = z.infer<typeof FaultDirection>;

/** Which exchanges a rule looks at; all that is given holds at once, nothing given means every exchange. */
export const FaultScope = z.strictObject({
  /** Name of a link. */
  link: z.string().min(1).optional(),
  /** The other party, `NL-TNM`, without regard to case: who asks us, or whom we ask. */
  party: z
    .string()
    .regex(/^[A-Za-z]{2}-?[A-Za-z0-9]{3}$/, 'a country code and a party id, as NL-TNM')
    .optional(),
  direction: FaultDirection.optional(),
  /** The side of the module that is asked. */
  side: z.enum(['SENDER', 'RECEIVER']).optional(),
  version: z.enum(['2.1.1', '2.2.1', '2.3.0']).optional(),
  /** The catalogue's name: `locations`. */
  module: z.string().min(1).optional(),
  /** A catalogue id: `locations.list`. */
  operation: z.string().min(1).optional(),
  /** Id of an object, in the path or in the body, without regard to case. */
  object: z.string().min(1).optional(),
  /** RFC 3339: armed or not, the rule is idle before and after. */
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export type FaultScope = z.infer<typeof FaultScope>;

/** Which of the exchanges in scope are hit, counted for each link from 1; nothing given: each. All that is given holds. */
export const FaultOccasion = z.strictObject({
  nth: z.int().min(1).optional(),
  everyNth: z.int().min(1).optional(),
  /** Only behind the first so many. */
  after: z.int().min(0).optional(),
  /** At most so many firings. */
  times: z.int().min(1).optional(),
  /** Drawn as hash(seed, rule, link, number). */
  probability: z.number().gt(0).max(1).optional(),
});
export type FaultOccasion = z.infer<typeof FaultOccasion>;

/** A rule as a rules file has it: nothing in it belongs to one database. */
export const FaultRuleText = z.strictObject({
  /** Unique without regard to case; chance is drawn with it. Made from the kind where it is absent. */
  name: z.string().trim().min(1).max(100).optional(),
  /** `envelope.data-null`: one of `faults.kinds`. */
  kind: z.string().min(1),
  /** Of the kind; those absent have its defaults. */
  parameters: z.record(z.string(), z.unknown()).default({}),
  scope: FaultScope.default({}),
  when: FaultOccasion.default({}),
  seed: z.string().min(1).max(200).default('1'),
  armed: z.boolean().default(true),
  /** Versions and credentials are left alone unless this is true, so that a link is not lost by accident. */
  reachesRegistration: z.boolean().default(false),
});
export type FaultRuleText = z.infer<typeof FaultRuleText>;

/** A rules file. Its JSON Schema stands in docs/fault-rules.schema.json. */
export const FaultRulesFile = z.strictObject({
  $schema: z.string().optional(),
  ocpiWorkbenchFaults: z.literal(1),
  rules: z.array(FaultRuleText).max(10_000),
});
export type FaultRulesFile = z.infer<typeof FaultRulesFile>;

/** What docs/fault-rules.schema.json holds. */
export function faultRulesSchema(): unknown {
  return { ...z.toJSONSchema(FaultRulesFile, { io: 'input' }), title: 'Fault rules of OCPI Workbench' };
}

/** A rule as it stands in the database. JSON kept stable: `wb fault list --json` prints an array of these. */
export const FaultRule = FaultRuleText.required({
  name: true,
  parameters: true,
  scope: true,
  when: true,
  seed: true,
  armed: true,
  reachesRegistration: true,
}).extend({
  id: z.int(),
  family: FaultFamily,
  /** What it does with its parameters, one sentence. */
  explain: z.string(),
  /** Where it stands: rules are tried in this order. */
  position: z.int(),
  /** The pack it came with, or null. */
  pack: z.string().nullable(),
  /** Exchanges in scope so far, and firings, of all links. */
  met: z.int(),
  fired: z.int(),
  lastFiredAt: z.number().nullable(),
  createdAt: z.number(),
});
export type FaultRule = z.infer<typeof FaultRule>;

/** One kind of the catalogue. JSON kept stable: `wb fault kinds --json` prints an array of these. */
export const FaultKindView = z.object({
  kind: z.string(),
  family: FaultFamily,
  /** A few words for lists. */
  title: z.string(),
  /** What it does, one sentence, with its usual parameters. */
  explain: z.string(),
  /** JSON Schema (draft 2020-12) of its parameters, each with a description and a default. */
  parameters: z.record(z.string(), z.unknown()),
  /** Numbers of the failure cases it imitates (1 to 35); empty where it imitates none of them. */
  cases: z.array(z.int()),
  directions: z.array(FaultDirection),
  /** Catalogue ids it can apply to; null: any. */
  operations: z.array(z.string()).nullable(),
  /** What goes over the wire with its usual parameters, on a sample message. */
  example: z.object({ before: z.string(), after: z.string() }),
});
export type FaultKindView = z.infer<typeof FaultKindView>;

/** What one rule did to one exchange. Stamped on it, and travels with exports. */
export const FaultFiring = z.object({
  rule: z.string(),
  /** Of the rule in this database; null in an imported exchange. */
  ruleId: z.int().nullable(),
  kind: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** The how manieth exchange in the rule's scope this was on its link, from 1. */
  hit: z.int(),
  /** What it did, one sentence: "data was replaced with null". */
  did: z.string(),
  /** False where it met the exchange and found nothing to do: `did` says why. */
  applied: z.boolean(),
});
export type FaultFiring = z.infer<typeof FaultFiring>;

/** All that faults did to one exchange. */
export const FaultStamp = z.object({
  firings: z.array(FaultFiring),
  /** The message as it would have crossed without them; null where nothing would have been sent otherwise. */
  intended: z
    .object({
      /** `HTTP/1.1 200 OK`, `PUT https://...`. */
      start: z.string(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      /** Null where it is no text, or there is none. */
      body: z.string().nullable(),
      length: z.int(),
    })
    .nullable(),
  /** What was done on the wire, in order, in words: `waited 3,000 ms`, `head`, `120 of 900 bytes`, `reset`. */
  wire: z.array(z.string()),
});
export type FaultStamp = z.infer<typeof FaultStamp>;

/** What a rule would do to a message. */
export const FaultPreview = z.object({
  /** The exchange it was tried on; null for a sample. */
  exchangeId: z.int().nullable(),
  direction: FaultDirection,
  operation: z.string(),
  version: z.string().nullable(),
  /** The whole message as HTTP text (bytes that are no text are written \x00), without and with the rule. */
  before: z.string(),
  after: z.string(),
  wire: z.array(z.string()),
  firings: z.array(FaultFiring),
  /** Why it would not fire on this exchange by itself: out of scope, not its turn, disarmed; null where it would. */
  idle: z.string().nullable(),
});
export type FaultPreview = z.infer<typeof FaultPreview>;

/** What really arrived at the other end of a socket of this machine, of a sample with a rule at work. */
export const FaultTrial = z.object({
  direction: FaultDirection,
  operation: z.string(),
  version: z.string().nullable(),
  /** Base64. */
  arrived: z.string(),
  /** How the connection was when it was looked at last: `open` where it was still up when patience ended. */
  ended: z.enum(['closed', 'reset', 'open']),
  /** From the first byte that was due to the end. */
  ms: z.number(),
  /** What was done on the wire, in words. */
  wire: z.array(z.string()),
  firings: z.array(FaultFiring),
});
export type FaultTrial = z.infer<typeof FaultTrial>;

/** One firing among the newest, with where it happened. */
export const FaultHit = FaultFiring.extend({
  exchangeId: z.int(),
  at: z.string(),
  direction: Direction,
  link: z.string().nullable(),
  operation: z.string(),
});
export type FaultHit = z.infer<typeof FaultHit>;

/** Rules that belong together. */
export const FaultPack = z.object({
  name: z.string(),
  title: z.string(),
  /** What a system meets that talks to such a partner, one or two sentences. */
  meaning: z.string(),
  rules: z.array(FaultRuleText),
});
export type FaultPack = z.infer<typeof FaultPack>;
