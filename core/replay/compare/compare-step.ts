import type { ReplayDifference } from '../../contract/replay.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Plan } from '../plan.ts';
import { answerMarks, expectedAnswer, expectedRequest, type MarkedPlace } from '../rebase/expected.ts';
import type { RequestStep, SpokenAnswer, SpokenExchange, SpokenMessage } from '../recording.ts';
import { compareAnswers } from './answers.ts';
import { readBodies } from './bodies.ts';
import { bounded } from './difference.ts';
import { compareArrival, compareDurations, compareEndings, tellsOfAnswer } from './endings.ts';
import { judgeExpectation } from './expectations.ts';
import { compareHeaders } from './headers.ts';
import { locationDifferences } from './locations.ts';
import { nearest } from './nearest.ts';
import { comparePages } from './pages.ts';
import { compareUrls } from './requests.ts';
import { hasFractions } from './times.ts';
import { compareValues, type ValueGround } from './values.ts';

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
  const expected = expectedAnswer(plan, step);
  const { answer } = met;
  if (expected === undefined || answer === undefined) return [...endings, ...times];
  const ground = groundOf(
    { plan, step, met, strict },
    { side: 'answer', recorded: spoken, marks: answerMarks(plan, step) },
  );
  const recorded = spoken.answer ?? expected;
  const headers = compareHeaders({
    side: 'answer',
    recorded: recorded.headers,
    partyNow: party => plan.mapping.get('party', party) ?? party,
    met: answer.headers,
    asked: { recorded: spoken.request.headers, met: met.request.headers },
    bodies: hasBody(recorded) && hasBody(answer),
  });
  // What is left of an answer that was cut off has nothing to say.
  const whole = endings.length === 0;
  const { differences, lists } = whole
    ? compareAnswers({ expected, met: answer, ground })
    : compareAnswers({ expected: withoutBody(expected), met: withoutBody(answer), ground });
  const sameClass = Math.floor(expected.status / 100) === Math.floor(answer.status / 100);
  const paged = ground.page && sameClass && whole && recorded.headers.length > 0 && answer.headers.length > 0;
  const pages = paged
    ? comparePages({
        operation: spoken.operation,
        expected: { url: spoken.url, headers: recorded.headers, data: lists.expected },
        met: { url: met.url, headers: answer.headers, data: lists.met },
      })
    : [];
  return [
    ...endings,
    ...differences,
    ...headers,
    ...pages,
    ...compareLocations(step, { recorded, met: answer }),
    ...times,
  ];
}

function compareAwaited({ plan, step, met, strict }: MetStep): ReplayDifference[] {
  const written = plan.recording.made === 'written';
  const spoken = nearest(step, met);
  const arrival = compareArrival(spoken, met);
  if (written) return [...arrival, ...(step.expectation === undefined ? [] : judged(plan, step, met))];
  if (arrival.length > 0) return arrival;
  const expected = expectedRequest(plan, step, spoken);
  const ground = groundOf({ plan, step, met, strict }, { side: 'request', recorded: spoken, marks: expected.marks });
  const headers = compareHeaders({
    side: 'request',
    recorded: spoken.request.headers,
    partyNow: party => plan.mapping.get('party', party) ?? party,
    met: met.request.headers,
    bodies: hasBody(spoken.request) && hasBody(met.request),
  });
  const wanted = { ...spoken.request, text: expected.text };
  const { json, differences } = readBodies('request', wanted, met.request);
  const values = json === undefined ? [] : compareValues(json.expected, json.met, { ground });
  return [...compareUrls({ expected, recorded: spoken, met }, ground), ...headers, ...differences, ...values];
}

function judged(plan: Plan, step: RequestStep, met: SpokenExchange): ReplayDifference[] {
  const { recording, mapping } = plan;
  const symbols = new Set(recording.declared?.map(({ name }) => name));
  const side = step.by === 'us' ? 'answer' : 'request';
  const expectation = step.expectation ?? {};
  return judgeExpectation({ expectation, side, version: recording.version, mapping, symbols }, met);
}

interface GroundOf {
  readonly side: 'request' | 'answer';
  readonly recorded: SpokenExchange;
  readonly marks: readonly MarkedPlace[];
}

function groundOf({ plan, step, met, strict }: MetStep, { side, recorded, marks }: GroundOf): ValueGround {
  const { operation } = step.spoken;
  const text = side === 'answer' ? recorded.answer?.text : recorded.request.text;
  return {
    side,
    operation,
    version: plan.recording.version,
    marks: new Map(marks.map(mark => [mark.pointer, mark])),
    strict,
    fractions: hasFractions(text),
    urls: { expected: absolute(recorded.url), met: absolute(met.url) },
    moments: { expected: momentOf(recorded, side) + plan.shiftMs, met: momentOf(met, side) },
    page: side === 'answer' && entryById(operation)?.items !== undefined,
  };
}

function momentOf({ startedAt, durationMs }: SpokenExchange, side: 'request' | 'answer'): number {
  return startedAt + (side === 'answer' ? (durationMs ?? 0) : 0);
}

function absolute(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}

function hasBody({ length, text, shortened }: SpokenMessage): boolean {
  return shortened || length > 0 || (text !== undefined && text !== '');
}

function withoutBody(answer: SpokenAnswer): SpokenAnswer {
  return { ...answer, text: undefined, length: 0, shortened: false };
}

/** The Location of what was posted: that there is one, and of which sort (digest 6.3, T43). */
function compareLocations(
  step: RequestStep,
  { recorded, met }: { readonly recorded: SpokenAnswer; readonly met: SpokenAnswer },
): ReplayDifference[] {
  if (step.spoken.method !== 'POST' || met.status >= 300 || recorded.status >= 300) return [];
  if (recorded.headers.length === 0 || met.headers.length === 0) return [];
  return locationDifferences(recorded.headers, met.headers);
}
