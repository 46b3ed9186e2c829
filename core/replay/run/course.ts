import type { Plan } from '../plan.ts';
import type { ParsedOptions } from '../plan-replay.ts';
import type { ReplayPorts } from '../ports.ts';
import type { RequestStep, Step } from '../recording.ts';
import type { Answers } from './answers.ts';
import type { Control } from './control.ts';
import type { Ledger } from './ledger.ts';
import type { Pool } from './pool.ts';
import type { Schedule } from './schedule.ts';

export type RunOptions = Pick<ParsedOptions, 'speed' | 'strict' | 'wait'>;

/** Everything a replay that runs goes by. */
export interface Course {
  readonly plan: Plan;
  readonly options: RunOptions;
  readonly ports: ReplayPorts;
  readonly control: Control;
  readonly signal: AbortSignal;
  /** Aborts when nothing more is to be waited for. */
  readonly over: AbortSignal;
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly schedule: Schedule;
  readonly answers: Answers;
  /** Places of the steps in `plan.steps`, by their number. */
  readonly places: ReadonlyMap<number, number>;
}

/** After a step: it goes on, or ends here, for this reason (one clause). */
export type After = { readonly goesOn: true } | { readonly goesOn: false; readonly why: string };

export const ON: After = { goesOn: true };

/** The step after this one; undefined after the last. */
export function nextOf({ plan, places }: Pick<Course, 'plan' | 'places'>, step: Step): Step | undefined {
  return plan.steps[(places.get(step.no) ?? plan.steps.length) + 1];
}

/** Whose turn it is: awaited are the partner's requests. */
export function isAwaited(step: Step): step is RequestStep {
  return step.kind === 'request' && step.by === 'them';
}
