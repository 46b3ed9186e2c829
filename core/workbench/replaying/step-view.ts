import type { ReplayStep, ReplayStepView } from '../../contract/replay.ts';
import type { Exchanges } from '../../history/exchanges.ts';
import { sidesOf } from '../../replay/compare/sides.ts';
import type { Plan } from '../../replay/plan.ts';
import type { RequestStep, SpokenExchange } from '../../replay/recording.ts';
import { spokenOf } from './spoken.ts';

export interface ViewedStep {
  readonly plan: Plan;
  readonly step: ReplayStep;
  readonly exchanges: Pick<Exchanges, 'record'>;
}

/** A step with what was expected beside what came. Of several messages the last one is shown. */
export function viewStep({ plan, step, exchanges }: ViewedStep): ReplayStepView {
  const id = step.exchangeIds.at(-1);
  const record = id === undefined ? undefined : exchanges.record(id);
  const met = record && spokenOf(record);
  const planned = plan.steps.find(({ no }) => no === step.no);
  if (planned?.kind === 'request') {
    const direction = planned.by === 'us' ? 'out' : 'in';
    return { ...step, direction, sides: sidesOf({ plan, step: planned, met }) };
  }
  if (planned !== undefined || met === undefined) return { ...step, direction: null, sides: [] };
  return { ...step, direction: 'in', sides: sidesOf({ plan, step: unexpected(step.no, met), met }).map(asExtra) };
}

/** As if it had been awaited, so that it is laid out as all others are. */
function unexpected(no: number, spoken: SpokenExchange): RequestStep {
  return { kind: 'request', no, by: 'them', at: 0, spoken, withinMs: 0 };
}

function asExtra(side: ReplayStepView['sides'][number]): ReplayStepView['sides'][number] {
  return { ...side, expected: '' };
}
