import type * as z from 'zod';
import { type FaultKindView, FaultOccasion, FaultRuleText, FaultScope } from '../../../../core/contract/fault.ts';
import { readLocalMoment } from '../../../ui/date-text.ts';
import { type FieldProblem, fieldsOf, type Held, heldOf, isUsual, readHeld } from './parameter-fields.ts';

export const SCOPE_FIELDS = [
  'link',
  'direction',
  'version',
  'module',
  'operation',
  'side',
  'party',
  'object',
  'from',
  'until',
] as const;
export type ScopeField = (typeof SCOPE_FIELDS)[number];

export const OCCASION_FIELDS = ['nth', 'everyNth', 'after', 'times', 'probability'] as const;
export type OccasionField = (typeof OCCASION_FIELDS)[number];

/** A rule as it is typed. An empty text says nothing of a field. */
export interface RuleDraft {
  readonly kind: string;
  readonly name: string;
  readonly parameters: Readonly<Record<string, Held>>;
  /** `from` and `until` in local time, as the page's field for moments has them. */
  readonly scope: Readonly<Record<ScopeField, string>>;
  /** `probability` in percent. */
  readonly when: Readonly<Record<OccasionField, string>>;
  readonly seed: string;
  readonly armed: boolean;
  readonly reachesRegistration: boolean;
}

/** What is wrong with a field: a reason of ours, or the contract's own words. */
export type DraftProblem = FieldProblem | 'needed' | 'party' | 'count' | 'share' | { readonly said: string };

/** By field: `name`, `parameters.status`, `scope.party`, `when.nth`. */
export type DraftProblems = ReadonlyMap<string, DraftProblem>;

export type ReadDraft = { readonly rule: FaultRuleText } | { readonly problems: DraftProblems };

/** What stands in the form of a rule that is there. */
export function draftOf(rule: FaultRuleText, kind: Pick<FaultKindView, 'parameters'>): RuleDraft {
  const { scope, when } = rule;
  const texts = <Name extends string>(names: readonly Name[], text: (name: Name) => string) =>
    Object.fromEntries(names.map(name => [name, text(name)])) as Record<Name, string>;
  return {
    kind: rule.kind,
    name: rule.name ?? '',
    parameters: Object.fromEntries(
      fieldsOf(kind.parameters).map(field => [field.name, heldOf(field, rule.parameters[field.name])]),
    ),
    scope: texts(SCOPE_FIELDS, name => {
      const value = scope[name] ?? '';
      return name === 'from' || name === 'until' ? localMoment(value) : value;
    }),
    when: texts(OCCASION_FIELDS, name => {
      const value = when[name];
      if (value === undefined) return '';
      return name === 'probability' ? percent(value) : String(value);
    }),
    seed: rule.seed,
    armed: rule.armed,
    reachesRegistration: rule.reachesRegistration,
  };
}

/** A rule that says nothing yet but its kind. */
export function blankDraft(kind: FaultKindView): RuleDraft {
  const draft = draftOf(FaultRuleText.parse({ kind: kind.kind }), kind);
  const [only, second] = kind.directions;
  return { ...draft, scope: { ...draft.scope, direction: second === undefined ? (only ?? '') : '' } };
}

/** The rule that is typed, or what is wrong with it by field. */
export function readDraft(draft: RuleDraft, kind: Pick<FaultKindView, 'parameters'>): ReadDraft {
  const problems = new Map<string, DraftProblem>();
  const parameters: Record<string, unknown> = {};
  for (const field of fieldsOf(kind.parameters)) {
    const read = readHeld(field, draft.parameters[field.name] ?? '');
    if ('problem' in read) problems.set(`parameters.${field.name}`, read.problem);
    else if (!isUsual(field, read.value)) parameters[field.name] = read.value;
  }
  const scope = Object.fromEntries(
    SCOPE_FIELDS.flatMap(name => {
      const typed = draft.scope[name].trim();
      if (typed === '') return [];
      return [[name, name === 'from' || name === 'until' ? utcMoment(typed) : typed]];
    }),
  );
  const when = Object.fromEntries(
    OCCASION_FIELDS.flatMap(name => {
      const typed = draft.when[name].trim().replace(',', '.');
      if (typed === '') return [];
      return [[name, name === 'probability' ? share(typed) : Number(typed)]];
    }),
  );
  check('scope', FaultScope, scope, problems);
  check('when', FaultOccasion, when, problems);
  if (draft.seed.trim() === '') problems.set('seed', 'needed');
  if (problems.size > 0) return { problems };
  const name = draft.name.trim();
  const rule = FaultRuleText.safeParse({
    ...(name !== '' && { name }),
    kind: draft.kind,
    parameters,
    scope,
    when,
    seed: draft.seed.trim(),
    armed: draft.armed,
    reachesRegistration: draft.reachesRegistration,
  });
  if (rule.success) return { rule: rule.data };
  for (const { path, message } of rule.error.issues) problems.set(path.join('.'), { said: message });
  return { problems };
}

function check(of: 'scope' | 'when', type: z.ZodType, value: unknown, problems: Map<string, DraftProblem>): void {
  const checked = type.safeParse(value);
  for (const { path, message } of checked.error?.issues ?? []) {
    const field = path.join('.');
    const problem: DraftProblem =
      of === 'when' ? (field === 'probability' ? 'share' : 'count') : field === 'party' ? 'party' : { said: message };
    problems.set(`${of}.${field}`, problem);
  }
}

/** 0.25 as 25: exact to a millionth. */
function percent(of: number): string {
  return String(Number((of * 100).toFixed(4)));
}

function share(typed: string): number {
  return Number((Number(typed) / 100).toFixed(6));
}

/** `2026-11-22T10:40` in local time, of an RFC 3339 moment. */
export function localMoment(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const seconds = at.getSeconds() === 0 ? '' : `:${two(at.getSeconds())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}${seconds}`;
}

/** The same the other way; what is no moment stays as it is typed. */
export function utcMoment(local: string): string {
  const at = new Date(readLocalMoment(local) ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? local : at.toISOString().replace('.000Z', 'Z');
}

/** Whether two drafts say the same. */
export function sameDraft(left: RuleDraft, right: RuleDraft): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
