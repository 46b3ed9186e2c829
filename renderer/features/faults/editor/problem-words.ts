import type { Texts } from '../../../texts/use-texts.ts';
import type { DraftProblem } from './rule-draft.ts';

export function problemWords(problem: DraftProblem, t: Texts<'faults'>): string {
  return typeof problem === 'object' ? problem.said : t(`problem-${problem}`);
}
