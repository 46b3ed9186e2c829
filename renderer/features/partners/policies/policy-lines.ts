import type { PolicyLine } from '../../../../core/contract/decisions.ts';
import type { Policy, PolicyAnswer } from '../../../../core/contract/policy.ts';

export type ChosenAnswer = PolicyAnswer | 'usual';

/** What stands in the field of a line. */
export function answerOf({ set, policy }: Pick<PolicyLine, 'set' | 'policy'>): ChosenAnswer {
  return set ? policy.answer : 'usual';
}

export function answersOf({ simulates }: Pick<PolicyLine, 'simulates'>): readonly ChosenAnswer[] {
  return ['usual', 'accept', 'reject', 'ask', ...(simulates ? (['simulate'] as const) : [])];
}

/** What all lines of a module have in common; undefined where they differ. */
export function commonAnswer(lines: readonly PolicyLine[]): ChosenAnswer | undefined {
  const [first, ...others] = new Set(lines.map(answerOf));
  return others.length === 0 ? first : undefined;
}

/** The rule after another answer was chosen: what a result says belongs to the answer it was chosen for. */
export function withAnswer({ policy }: Pick<PolicyLine, 'policy'>, answer: ChosenAnswer): Policy | null {
  if (answer === 'usual') return null;
  const { seconds, otherwise } = policy;
  return { answer, seconds, otherwise };
}

/** Results that an answer may have; none where there is only one, which needs no choosing. */
export function resultsOf({ options, policy, set }: PolicyLine): readonly string[] {
  if (!set || (policy.answer !== 'accept' && policy.answer !== 'reject')) return [];
  const results = options.filter(({ answer }) => answer === policy.answer).map(({ result }) => result);
  return results.length > 1 ? results : [];
}

/** What may follow at a response_url; only what is accepted at once is followed by something chosen beforehand. */
export function followingOf({ later, policy, set }: PolicyLine): readonly string[] {
  return set && policy.answer === 'accept' ? later : [];
}

export function withResult({ policy }: Pick<PolicyLine, 'policy'>, result: string): Policy {
  const { result: _, ...rest } = policy;
  return result === '' ? rest : { ...rest, result };
}

export function withLater({ policy }: Pick<PolicyLine, 'policy'>, later: string): Policy {
  const { later: _, ...rest } = policy;
  return later === '' ? rest : { ...rest, later };
}

/** Seconds as typed; undefined where they are none that the contract takes. */
export function readSeconds(typed: string): number | undefined {
  const seconds = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return seconds >= 1 && seconds <= 300 ? seconds : undefined;
}
