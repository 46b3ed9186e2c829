import type { Scenario, ScenarioFlow, ScenarioRequest } from '../../../../core/contract/scenario.ts';

export type ScenarioStep = ScenarioRequest | ScenarioFlow;

/** Steps in a row that are alike, told as one. */
export interface FoldedStep {
  /** Of the first one, from 1. */
  readonly no: number;
  readonly count: number;
  readonly step: ScenarioStep;
  /** Seconds after the begin, of the first and the last one. */
  readonly from: number;
  readonly until: number;
}

/** A storm of the same request is one line: it says the same to whoever reads what a scenario does. */
export function foldSteps({ steps }: Pick<Scenario, 'steps'>): readonly FoldedStep[] {
  const folded: FoldedStep[] = [];
  for (const [at, step] of steps.entries()) {
    const last = folded.at(-1);
    if (last !== undefined && saysTheSame(last.step) === saysTheSame(step)) {
      folded[folded.length - 1] = { ...last, count: last.count + 1, until: step.at };
    } else folded.push({ no: at + 1, count: 1, step, from: step.at, until: step.at });
  }
  return folded;
}

/** What is read of a step in a list: who says what, and what is expected of it. */
function saysTheSame(step: ScenarioStep): string {
  if ('flow' in step) return JSON.stringify([step.flow, step.versions]);
  const { from, do: operation, expect, prompt, versions, repeats, within } = step;
  return JSON.stringify([from, operation, expect, prompt, versions, repeats, within]);
}
