import * as z from 'zod';
import { Policy } from './policy.ts';

/** Who says something in a scenario. */
export const ScenarioRole = z.enum(['cpo', 'emsp', 'ptp']);
export type ScenarioRole = z.infer<typeof ScenarioRole>;

/** What an id of a scenario is; where it must exist already, one of the target's or of our own data is taken. */
export const ScenarioIdKind = z.enum([
  'session',
  'cdr',
  'authorization_reference',
  'reservation',
  'location',
  'evse',
  'connector',
  'tariff',
  'token',
  'contract',
  'terminal',
  'confirmation',
  'capture',
]);
export type ScenarioIdKind = z.infer<typeof ScenarioIdKind>;

const Versions = z.array(z.enum(['2.1.1', '2.2.1', '2.3.0'])).min(1);
const Name = z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/, 'a name in small letters, digits, - and _');
const Pointer = z.string().regex(/^(\/.*)?$/, 'a JSON pointer, such as /data/result');

/** What has to hold of an answer, or of what the partner sends. Of answers, absent: HTTP 2xx and OCPI 1xxx. */
export const ScenarioExpectation = z.strictObject({
  http: z.int().min(100).max(599).optional(),
  ocpi: z.int().min(1000).max(4999).optional(),
  /** By JSON pointer into the answer (`/data/result`), or into the body the partner sends: the value, as JSON; `{{id}}` in strings. */
  equals: z.record(Pointer, z.unknown()).optional(),
  /** One of these. */
  oneOf: z.record(Pointer, z.array(z.unknown()).min(1)).optional(),
  /** Must be there, whatever it says. */
  present: z.array(Pointer).optional(),
  absent: z.array(Pointer).optional(),
});
export type ScenarioExpectation = z.infer<typeof ScenarioExpectation>;

/** One request, sent by us or awaited, depending on whose part we play. */
export const ScenarioRequest = z.strictObject({
  from: ScenarioRole,
  /** Catalogue id: `sessions.put`, `commands.start-session`, `commands.result`. */
  do: z.string(),
  /** Seconds after the begin. */
  at: z.number().min(0).default(0),
  versions: Versions.optional(),
  /** Values in the path; strings may hold `{{id}}`. */
  params: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.string()).default({}),
  /**
   * A JSON value with `{{id}}`, `{{value}}` and `{{at +00:15:00}}` (an RFC 3339 time so long after the begin) in its strings.
   * A string that is one value alone becomes that value, a number for instance; numbers may be multiplied and added:
   * `{{kwh*price+fee}}`. The parties are `{{cpo_country}}`, `{{cpo_party}}`, `{{emsp_country}}` and so on; `{{response_url}}`
   * is where the result of a command goes: to the step behind it that sends one.
   */
  body: z.unknown().optional(),
  /** Instead of `body`, by version. */
  bodyIn: z.partialRecord(z.enum(['2.1.1', '2.2.1', '2.3.0']), z.unknown()).optional(),
  /** Of the answer, where it is sent. */
  expect: ScenarioExpectation.optional(),
  /** Ids that the answer to what is sent may hold, and that are used from then on: pointer and `{{id}}`. None need be there. */
  learn: z.record(Pointer, z.string()).optional(),
  /** Of the body, where it is awaited. */
  expectBody: ScenarioExpectation.omit({ http: true, ocpi: true }).optional(),
  /** What we answer where we are the one that is asked; absent: as the link's policies say. */
  answer: Policy.partial().optional(),
  /**
   * Awaited: it may come several times, or not at all (`least: 0`). Sent: `times` times (unless said `least`, at least once),
   * `every` so many seconds, 1 unless said; `{{n}}` counts them from 1.
   */
  repeats: z
    .strictObject({
      least: z.int().min(0),
      most: z.int().min(1).max(10_000),
      times: z.int().min(1).max(10_000).optional(),
      every: z.number().min(0).max(86_400).optional(),
    })
    .optional(),
  /** Seconds it is waited for, by the scenario's own clock; 60 unless said. */
  within: z.number().positive().max(86_400).optional(),
  /** What the operator may do for it to come: "Start a session at {{location}} in the partner's app." */
  prompt: z.string().max(300).optional(),
});
export type ScenarioRequest = z.infer<typeof ScenarioRequest>;

/** A flow of several exchanges, by its run. */
export const ScenarioFlow = z.strictObject({
  flow: z.enum(['register', 'rotate', 'look', 'unregister']),
  at: z.number().min(0).default(0),
  versions: Versions.optional(),
});
export type ScenarioFlow = z.infer<typeof ScenarioFlow>;

/** A piece of bodies that is used more than once: `"{{name}}"` alone in a body, or in a later piece, stands for it. */
export const ScenarioPiece = z.strictObject({
  body: z.unknown().optional(),
  /** Instead of `body`, by version. */
  bodyIn: z.partialRecord(z.enum(['2.1.1', '2.2.1', '2.3.0']), z.unknown()).optional(),
});
export type ScenarioPiece = z.infer<typeof ScenarioPiece>;

/** A flow between two parties, written down. docs/scenario.schema.json is made of this. */
export const Scenario = z.strictObject({
  $schema: z.string().optional(),
  scenario: z.literal(1),
  name: Name,
  title: z.string().min(1).max(100),
  about: z.string().max(1000).default(''),
  versions: Versions,
  /** Parts that can be played with it; the partner plays the other one. */
  parts: z.array(ScenarioRole).min(1),
  ids: z.record(Name, ScenarioIdKind).default({}),
  /** Changed when it is run: `--set kwh=20`. */
  values: z.record(Name, z.union([z.string(), z.number(), z.boolean()])).default({}),
  pieces: z.record(Name, ScenarioPiece).default({}),
  steps: z
    .array(z.union([ScenarioRequest, ScenarioFlow]))
    .min(1)
    .max(10_000),
});
export type Scenario = z.infer<typeof Scenario>;

export const ScenarioSummary = z.object({
  name: z.string(),
  title: z.string(),
  about: z.string(),
  versions: z.array(z.string()),
  parts: z.array(ScenarioRole),
  steps: z.int(),
  /** Ours come with the workbench and cannot be changed; the operator's are kept in the database. */
  ours: z.boolean(),
});
export type ScenarioSummary = z.infer<typeof ScenarioSummary>;

/** Why a text is no scenario: where (`/steps/3/body`, or `line 4`), what, what to do. Empty: it is one. */
export const ScenarioProblem = z.object({
  where: z.string(),
  message: z.string(),
  severity: z.enum(['error', 'warning']),
});
export type ScenarioProblem = z.infer<typeof ScenarioProblem>;

/** What docs/scenario.schema.json holds. */
export function scenarioSchema(): unknown {
  return { ...z.toJSONSchema(Scenario, { io: 'input' }), title: 'A scenario of OCPI Workbench' };
}
