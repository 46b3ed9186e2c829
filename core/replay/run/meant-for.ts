import { compareStep } from '../compare/compare-step.ts';
import { fits } from '../compare/fits.ts';
import { likeness } from '../compare/nearest.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';
import { type Course, isAwaited } from './course.ts';

/**
 * Whether a message is one that a step waits for: it fits, and is not meant for another step. Where steps of a scenario say what
 * has to stand in their messages, a message is for the one of which that holds; of what holds nowhere, more may come in a
 * step that says nothing and may come several times. In a recording it is for the step whose messages were more like it. The
 * updates of a session and its end are told apart so.
 * `enough`: the step needs no more of them.
 */
export function isMeantFor(
  { plan, options }: Pick<Course, 'plan' | 'options'>,
  { step, spoken, enough }: { readonly step: RequestStep; readonly spoken: SpokenExchange; readonly enough: boolean },
): boolean {
  if (!fits(plan, step, spoken)) return false;
  if (plan.recording.made !== 'written') return !isLikerElsewhere(plan, { step, spoken, enough });
  const holds = (one: RequestStep) =>
    compareStep({ plan, step: one, met: spoken, strict: options.strict }).length === 0;
  if (says(step) ? holds(step) : !enough) return true;
  const others = plan.steps.filter(one => one !== step && isAwaited(one) && fits(plan, one, spoken)) as RequestStep[];
  if (others.some(one => says(one) && holds(one))) return false;
  return !says(step) || !others.some(one => !says(one) && (one.repeats?.most ?? 1) > 1);
}

function says({ expectation = {} }: RequestStep): boolean {
  return Object.keys(expectation).length > 0;
}

/**
 * Whether another step, which it fits as well, stands for messages that are more like it: an earlier one that may come several
 * times, or a later one once this step needs no more.
 */
function isLikerElsewhere(plan: Course['plan'], { step, spoken, enough }: Parameters<typeof isMeantFor>[1]): boolean {
  const here = likeness(step, spoken);
  return plan.steps.some(
    one =>
      isAwaited(one) &&
      (one.no > step.no ? enough : one.no < step.no && (one.repeats?.most ?? 1) > 1) &&
      fits(plan, one, spoken) &&
      likeness(one, spoken) > here,
  );
}
