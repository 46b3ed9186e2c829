import type { ReplayDifference } from '../../contract/replay.ts';
import type { Plan } from '../plan.ts';
import { answerMarks, expectedAnswer, expectedRequest, type MarkedPlace } from '../rebase/expected.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';
import { bounded, type Side } from './difference.ts';
import { compareArrival, compareDurations, compareEndings, tellsOfAnswer } from './endings.ts';
import { judgeExpectation } from './expectations.ts';
import { compareAnswered, compareAsked, groundOf } from './messages.ts';
import { nearest } from './nearest.ts';
import type { ValueGround } from './values.ts';

export interface MetStep {
  readonly plan: Plan;
  readonly step: RequestStep;
  /** After `learn`: what the partner made is known then. */
  readonly met: SpokenExchange;
  /** Measured numbers (kWh, costs, volumes) and the number of charging periods have to be the same too. */
  readonly strict: boolean;
}

/**
 * What came, against what was expected, by its meaning. Of a request of ours the answer is compared; of one of the partner's the
 * request, since the answer to it is ours. In order: how it ended, HTTP, headers, OCPI, the object field by field, how long it
 * took; of a scenario its expectations instead.
 *
 * Never told: moments of times that can be read on both sides (other spellings are), ids, parties and URLs that were rewritten
 * or learned, as long as they refer to what they referred to, measured numbers (unless `strict`) that are neither negative
 * nor absurd, the wording of status_message, the status of EVSEs in a list of locations, objects that a list of the partner's
 * has now and had not then (`pages.ts` tells what of a list has to be as before), Date, Server, Content-Length and the like.
 */
export function compareStep({ plan, step, met, strict }: MetStep): ReplayDifference[] {
  return bounded(
    step.by === 'us' ? compareSent({ plan, step, met, strict }) : compareAwaited({ plan, step, met, strict }),
  );
}

function compareSent({ plan, step, met, strict }: MetStep): ReplayDifference[] {
  const { spoken } = step;
  if (plan.recording.made === 'written') return judged(plan, step, met);
  if (!tellsOfAnswer(spoken)) return [];
  const endings = compareEndings(spoken, met);
  const times = compareDurations(spoken, met);
  const marks = answerMarks(plan, step);
  const expected = expectedAnswer(plan, step, spoken, marks);
  const { answer } = met;
  if (expected === undefined || answer === undefined) return [...endings, ...times];
  const ground = stepGround({ plan, step, met, strict }, 'answer', { recorded: spoken, marks });
  const whole = endings.length === 0;
  const answered = compareAnswered({ recorded: spoken, expected, met, answer, ground, partyNow: partyIn(plan), whole });
  return [...endings, ...answered, ...times];
}

function compareAwaited({ plan, step, met, strict }: MetStep): ReplayDifference[] {
  const written = plan.recording.made === 'written';
  const spoken = nearest(step, met);
  const arrival = compareArrival(spoken, met);
  if (written) return [...arrival, ...(step.expectation === undefined ? [] : judged(plan, step, met))];
  if (arrival.length > 0) return arrival;
  const expected = expectedRequest(plan, step, spoken);
  const ground = stepGround({ plan, step, met, strict }, 'request', { recorded: spoken, marks: expected.marks });
  return compareAsked({ recorded: spoken, expected, met, ground, partyNow: partyIn(plan) });
}

function judged(plan: Plan, step: RequestStep, met: SpokenExchange): ReplayDifference[] {
  const { recording, mapping } = plan;
  const symbols = new Set(recording.declared?.map(({ name }) => name));
  const side = step.by === 'us' ? 'answer' : 'request';
  const expectation = step.expectation ?? {};
  return judgeExpectation({ expectation, side, version: recording.version, mapping, symbols }, met);
}

function stepGround(
  { plan, met, strict }: MetStep,
  side: Side,
  { recorded, marks }: { readonly recorded: SpokenExchange; readonly marks: readonly MarkedPlace[] },
): ValueGround {
  return groundOf({ side, version: plan.recording.version, recorded, met, marks, strict, shiftMs: plan.shiftMs });
}

function partyIn({ mapping }: Plan): (party: string) => string {
  return party => mapping.get('party', party) ?? party;
}
