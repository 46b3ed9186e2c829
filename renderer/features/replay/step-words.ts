import type { ReplayStep } from '../../../core/contract/replay.ts';
import type { ScenarioFlow } from '../../../core/contract/scenario.ts';
import { operationWords } from '../../exchange/operation-words.ts';
import { type Texts, useTexts } from '../../texts/use-texts.ts';

export type NamedStep = Pick<ReplayStep, 'kind' | 'operation' | 'words'>;

const FLOWS: readonly string[] = ['register', 'rotate', 'look', 'unregister'] satisfies ScenarioFlow['flow'][];

/** What a step is, in the words the rest of the window has for it; in the core's where it has none. */
export function stepWords(t: Texts<'replay'>, traffic: Texts<'traffic'>): (step: NamedStep) => string {
  const ofOperation = operationWords(traffic);
  return ({ kind, operation, words }) => {
    if (kind === 'flow' && isFlow(operation)) return t(`flow-${operation}`);
    const said = ofOperation(operation);
    return said === operation ? words : said;
  };
}

export function useStepWords(): (step: NamedStep) => string {
  return stepWords(useTexts('replay'), useTexts('traffic'));
}

function isFlow(operation: string): operation is ScenarioFlow['flow'] {
  return FLOWS.includes(operation);
}
