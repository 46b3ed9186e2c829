import type { Command } from 'commander';
import {
  type FaultKindView,
  FaultOccasion,
  type FaultRule,
  type FaultRuleText,
  FaultScope,
} from '../contract/fault.ts';
import { type CommonOptions, usageFailure } from './command.ts';

/** What of a rule can be said on the command line. */
export interface RuleFlags extends CommonOptions {
  readonly set?: readonly string[];
  readonly link?: string;
  readonly party?: string;
  readonly direction?: string;
  readonly side?: string;
  readonly version?: string;
  readonly module?: string;
  readonly operation?: string;
  readonly object?: string;
  readonly from?: string;
  readonly until?: string;
  readonly nth?: string;
  readonly every?: string;
  readonly after?: string;
  readonly times?: string;
  readonly probability?: string;
  readonly seed?: string;
  readonly name?: string;
  readonly disarmed?: boolean;
  readonly reachRegistration?: boolean;
}

/** Options of a rule. On `change`, those that are not given stay as they are, and `none` takes one back. */
export function withRuleOptions(made: Command): Command {
  return made
    .option('--set <parameter...>', 'of the kind, as name=value; wb fault kinds tells which')
    .option('--link <name>', 'only on this link')
    .option('--party <party>', 'only with this other party, as NL-TNM')
    .option('--direction <direction>', 'answer: when we are asked; send: when we ask')
    .option('--side <side>', 'SENDER or RECEIVER: of the module that is asked')
    .option('--version <version>', '2.1.1, 2.2.1 or 2.3.0')
    .option('--module <module>', 'as locations')
    .option('--operation <id>', 'of the catalogue, as locations.list')
    .option('--object <id>', 'only where this object is meant, in the path or in the body')
    .option('--from <moment>', 'idle before, as 2026-11-22T10:00:00Z')
    .option('--until <moment>', 'idle from then on')
    .option('--nth <number>', 'only at this one of the exchanges in scope, counted on each link')
    .option('--every <number>', 'at every how manieth')
    .option('--after <number>', 'only behind the first so many')
    .option('--times <number>', 'at most so many times')
    .option('--probability <chance>', 'over 0, at most 1; drawn from the seed')
    .option('--seed <text>', 'the same seed and the same requests give the same faults')
    .option('--reach-registration', 'versions and credentials too, though the link may be lost by it');
}

const SCOPE = [
  'link',
  'party',
  'direction',
  'side',
  'version',
  'module',
  'operation',
  'object',
  'from',
  'until',
] as const;
const OCCASION = { nth: 'nth', every: 'everyNth', after: 'after', times: 'times', probability: 'probability' } as const;

/** Scope, occasion and parameters as the options say, over those that were there. Thrown where one makes no sense. */
export function readRule(
  flags: RuleFlags,
  kind: FaultKindView,
  before?: Pick<FaultRule, 'scope' | 'when' | 'parameters'>,
): Pick<FaultRuleText, 'scope' | 'when' | 'parameters'> {
  const scope = merged(
    before?.scope,
    SCOPE.map(name => [name, flags[name]]),
  );
  const occasion = Object.entries(OCCASION) as [keyof typeof OCCASION, string][];
  const when = merged(
    before?.when,
    occasion.map(([flag, name]) => [name, numberIn(flags[flag])]),
  );
  return {
    scope: parsed(FaultScope, scope, name => name),
    when: parsed(FaultOccasion, when, name => occasion.find(([, field]) => field === name)?.[0] ?? name),
    parameters: { ...before?.parameters, ...readParameters(flags.set ?? [], kind) },
  };
}

function merged(before: object | undefined, given: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const next = new Map<string, unknown>(Object.entries(before ?? {}));
  for (const [name, value] of given) {
    if (value === 'none') next.delete(name);
    else if (value !== undefined) next.set(name, value);
  }
  return Object.fromEntries(next);
}

function numberIn(text: string | undefined): unknown {
  if (text === undefined || text === 'none') return text;
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Of the contract, as far as it is needed here. */
interface Readable<T> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly { readonly path: readonly unknown[]; readonly message: string }[] };
      };
}

function parsed<T>(schema: Readable<T>, value: unknown, optionOf: (field: string) => string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw usageFailure(
    `--${optionOf(String(issue?.path[0]))}: ${issue?.message}`,
    'wb fault add --help tells what it takes.',
  );
}

/** `status=500` as the kind wants it: a number, yes or no, a list, or the text itself. */
export function readParameters(given: readonly string[], { kind, parameters }: FaultKindView): Record<string, unknown> {
  // JSON Schema: what it says of each is as much as a text has to be read by.
  const known = (parameters['properties'] ?? {}) as Readonly<Record<string, { readonly type?: string }>>;
  return Object.fromEntries(
    given.map(text => {
      const [name = '', value] = splitAt(text, '=');
      const shape = known[name];
      if (value === undefined) throw usageFailure(`--set ${text}: there is no = in it`, 'Write name=value.');
      if (shape === undefined) {
        const names = Object.keys(known);
        const may = names.length === 0 ? 'It takes none.' : `Any of ${names.join(', ')}.`;
        throw usageFailure(`--set ${text}: ${kind} has no parameter "${name}"`, may);
      }
      return [name, readValue(value, shape.type)];
    }),
  );
}

function readValue(text: string, type: string | undefined): unknown {
  if (type === 'array') return text === '' ? [] : text.split(',').map(part => part.trim());
  if (type === 'string') return text;
  if (type === 'boolean' && /^(yes|no)$/i.test(text)) return /^y/i.test(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function splitAt(text: string, sign: string): [string, string?] {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + sign.length)];
}
