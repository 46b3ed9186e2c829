import type * as z from 'zod';
import { done, failed, type Outcome } from '../contract/failure.ts';
import { FaultRulesFile, type FaultRuleText, FaultRuleText as Text } from '../contract/fault.ts';
import { type CatalogueEntry, catalogue, entryById } from '../ocpi/catalogue.ts';
import { ciKey } from '../ocpi/ci-string.ts';
import { MODULE_IDS, moduleOf } from '../ocpi/modules.ts';
import { VERSIONS } from '../ocpi/versions.ts';
import { FAULT_KINDS, faultKindNamed } from './catalogue.ts';
import type { FaultKind } from './kind.ts';
import { isRegistration } from './scope.ts';

/** A rule that can be at work. */
export interface CheckedRule {
  /** As it was given, with the defaults of everything but its kind's parameters. */
  readonly text: FaultRuleText;
  readonly kind: FaultKind;
  /** With the kind's defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface RuleContext {
  /** Put before the name of what is wrong: `rules[3].`; empty for a rule by itself. */
  readonly path: string;
  readonly hasLink: (name: string) => boolean;
}

/** Whether a rule can be at work at all; the failure names the place: `rules[3].parameters.status: ...`. */
export function checkRule(value: unknown, { path, hasLink }: RuleContext): Outcome<CheckedRule> {
  const read = Text.safeParse(value);
  if (!read.success) return refused(`${path}${issueText(read.error)}`, FORM);
  const text = read.data;
  const kind = faultKindNamed(text.kind);
  if (kind === undefined) return refused(`${path}kind: there is no fault kind "${text.kind}"`, kindsLike(text.kind));
  const parameters = kind.parameters.safeParse(text.parameters);
  if (!parameters.success) {
    return refused(
      `${path}${issueText(parameters.error, ['parameters'])}`,
      `The catalogue of kinds tells what ${kind.kind} takes.`,
    );
  }
  const wrong = scopeProblem(text, { kind, path, hasLink });
  if (wrong !== undefined) return wrong;
  return done({ text, kind, parameters: parameters.data as Readonly<Record<string, unknown>> });
}

/** All or nothing: the rules of a file, or what is wrong with the first one that is. */
export function checkRulesFile(value: unknown, context: Pick<RuleContext, 'hasLink'>): Outcome<readonly CheckedRule[]> {
  const head = FaultRulesFile.safeParse(isFile(value) ? { ...value, rules: [] } : value);
  if (!head.success) return refused(issueText(head.error), FORM);
  const { rules } = value as { readonly rules?: unknown };
  if (!Array.isArray(rules)) return refused('rules: a list is expected', FORM);
  if (rules.length > MOST_RULES)
    return refused(`rules: ${rules.length} of them; at most ${MOST_RULES}`, 'Split the file.');
  const checked: CheckedRule[] = [];
  const names = new Map<string, number>();
  for (const [at, rule] of rules.entries()) {
    const one = checkRule(rule, { path: `rules[${at}].`, ...context });
    if (!one.ok) return one;
    const { name } = one.value.text;
    const before = name === undefined ? undefined : names.get(ciKey(name));
    if (before !== undefined) {
      return refused(`rules[${at}].name: "${name}" is the name of rules[${before}] already`, 'Give each its own name.');
    }
    if (name !== undefined) names.set(ciKey(name), at);
    checked.push(one.value);
  }
  return done(checked);
}

const MOST_RULES = 10_000;
const FORM = 'docs/fault-rules.schema.json says what a rule looks like; the catalogue lists the kinds.';

function isFile(value: unknown): value is { readonly rules: unknown } {
  return typeof value === 'object' && value !== null && Array.isArray((value as { rules?: unknown }).rules);
}

function refused(message: string, advice: string): Outcome<never> {
  return failed('INVALID_INPUT', message, advice);
}

/** `parameters.status: Invalid input: expected number, received string`. */
function issueText(error: z.ZodError, before: readonly string[] = []): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it cannot be read';
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...before, ...issue.path, ...unknown].reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
  const reason = unknown.length > 0 ? 'there is nothing of this name here' : issue.message;
  return path === '' ? reason : `${path}: ${reason}`;
}

/** `Any of envelope.data-null, ...`: those of its family, else the families. */
function kindsLike(name: string): string {
  const [family = ''] = name.split('.');
  const near = FAULT_KINDS.filter(kind => kind.family === family).map(({ kind }) => kind);
  if (near.length > 0) return `Any of ${near.join(', ')}.`;
  return `The catalogue lists them; families: ${[...new Set(FAULT_KINDS.map(kind => kind.family))].join(', ')}.`;
}

interface ScopeContext extends RuleContext {
  readonly kind: FaultKind;
}

function scopeProblem(text: FaultRuleText, { kind, path, hasLink }: ScopeContext): Outcome<never> | undefined {
  const { scope, reachesRegistration } = text;
  const at = (field: string, reason: string, advice: string) => refused(`${path}scope.${field}: ${reason}`, advice);
  if (scope.link !== undefined && !hasLink(scope.link)) {
    return at('link', `there is no link "${scope.link}"`, 'Name one of the links, or leave it out for every link.');
  }
  if (scope.direction !== undefined && !kind.directions.includes(scope.direction)) {
    return at('direction', `${kind.kind} cannot ${scope.direction}`, `It can ${kind.directions.join(' and ')}.`);
  }
  if (scope.module !== undefined && moduleOf(scope.module) === undefined) {
    return at('module', `there is no module "${scope.module}"`, `Any of ${MODULE_IDS.join(', ')}.`);
  }
  if (scope.operation !== undefined && entryById(scope.operation) === undefined && scope.operation !== 'unknown') {
    return at('operation', `there is no operation "${scope.operation}"`, operationsLike(scope));
  }
  if (scope.from !== undefined && scope.until !== undefined && Date.parse(scope.from) >= Date.parse(scope.until)) {
    return at('until', `${scope.until} is not behind ${scope.from}`, 'A time window begins before it ends.');
  }
  const inScope = entriesInScope(scope);
  const named = scope.operation !== undefined || scope.module !== undefined || scope.side !== undefined;
  if (named && inScope.length === 0 && scope.operation !== 'unknown') {
    return refused(
      `${path}scope: there is nothing that it leaves to look at`,
      'Leave out version, module, side or operation.',
    );
  }
  if (kind.fits === undefined) {
    if (reachesRegistration || inScope.some(entry => !isRegistration(entry)) || scope.operation === 'unknown')
      return undefined;
    return unreached(path, text.kind);
  }
  const fitting = inScope.filter(kind.fits);
  if (fitting.length === 0) {
    const may = operationsOf(kind) ?? [];
    const field = scope.operation !== undefined ? 'operation' : scope.module !== undefined ? 'module' : 'version';
    return at(
      field,
      `${kind.kind} does not fit there`,
      `It fits ${may.slice(0, 12).join(', ')}${may.length > 12 ? ' and others' : ''}.`,
    );
  }
  return reachesRegistration || fitting.some(entry => !isRegistration(entry)) ? undefined : unreached(path, text.kind);
}

function unreached(path: string, kind: string): Outcome<never> {
  return refused(
    `${path}reachesRegistration: ${kind} has only versions and credentials to be at work on here, and they are protected`,
    'Say that it reaches registration (reachesRegistration: true), if the link may be lost by it.',
  );
}

/** Catalogue ids a kind can apply to; undefined: any. */
export function operationsOf(kind: FaultKind): string[] | undefined {
  const { fits } = kind;
  return fits === undefined ? undefined : ALL.filter(fits).map(({ id }) => id);
}

function entriesInScope({ version, module, operation, side }: FaultRuleText['scope']): CatalogueEntry[] {
  const entries = version === undefined ? ALL : catalogue(version);
  return entries.filter(
    entry =>
      (operation === undefined || entry.id === operation) &&
      (module === undefined || entry.module === moduleOf(module)) &&
      (side === undefined || entry.interface === side),
  );
}

const ALL: readonly CatalogueEntry[] = [...new Set(VERSIONS.flatMap(catalogue))];

function operationsLike({ operation = '', module }: FaultRuleText['scope']): string {
  const meant = moduleOf(module ?? operation.split('.')[0] ?? '');
  const near = ALL.filter(entry => entry.module === meant).map(({ id }) => id);
  return near.length > 0 ? `Any of ${near.join(', ')}.` : 'An id of the catalogue, such as locations.list.';
}
