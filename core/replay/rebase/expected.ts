import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import { encodeSegment } from '../../ocpi/urls.ts';
import type { Plan } from '../plan.ts';
import type { RequestStep, SpokenAnswer, SpokenExchange } from '../recording.ts';
import type { Mark } from './marks.ts';
import { marksOf, targetOf } from './message-marks.ts';
import { halfValue, isWritten } from './ready-request.ts';
import { pathNow, queryNow } from './request-url.ts';
import { valueNow, withValues } from './value-now.ts';

/** A place in a message whose meaning OCPI gives: an id, half a party, a time, a URL. */
export interface MarkedPlace {
  /** JSON pointer into the text: `/data/id`. Of the URL: `url/session_id`, `url/date_from`. */
  readonly pointer: string;
  readonly kind: RewriteKind;
  /** As the recording has it, of half a party that half. */
  readonly from: string;
  /** What it is called now; undefined: not known yet, and whatever comes is right. A time is there as it would be said now. */
  readonly to: string | undefined;
}

/** A request that is awaited, as it would be said now, as far as that is known. */
export interface ExpectedMessage {
  readonly operation: string;
  readonly method: string;
  /** From the endpoint on: `/NL/TNM/SESSION1?x=y`; of a result, and of a CDR that is read back, the whole URL. */
  readonly url: string;
  readonly headers: RawHeaders;
  readonly text: string | undefined;
  readonly marks: readonly MarkedPlace[];
}

/**
 * The request of a step as it would be said now; what is not known yet stands as the recording has it, and its mark has no
 * `to`. `spoken`: of a step that stands for several, one of `step.also`.
 */
export function expectedRequest(plan: Plan, step: RequestStep, spoken: SpokenExchange = step.spoken): ExpectedMessage {
  const marks = marksOf(spoken, plan.recording.version);
  const { entry } = marks;
  const said = (mark: Mark) => halfValue(mark, valueNow(plan, mark));
  const recorded = spoken.request.text;
  const inUrl = [...marks.path.values(), ...marks.query.flatMap(({ mark }) => mark ?? [])];
  return {
    operation: spoken.operation,
    method: spoken.method,
    url: urlNow(plan, spoken, said),
    headers: spoken.request.headers,
    text: recorded === undefined ? undefined : withValues(recorded, marks.request, said, isWritten(plan)),
    marks: [
      ...(entry === undefined ? [] : inUrl.map(mark => placeOf(plan, mark, `url/${mark.field}`))),
      ...marks.request.map(mark => placeOf(plan, mark, mark.pointer)),
    ],
  };
}

/** The recorded answer as it would be said now; undefined where none was recorded. `places`: its `answerMarks`. */
export function expectedAnswer(
  plan: Plan,
  step: RequestStep,
  spoken: SpokenExchange = step.spoken,
  places: readonly MarkedPlace[] = answerMarks(plan, step, spoken),
): SpokenAnswer | undefined {
  const { answer } = spoken;
  if (answer?.text === undefined) return answer;
  const marks = marksOf(spoken, plan.recording.version).answer;
  const said = (mark: Mark, at: number) => halfValue(mark, places[at]?.to);
  return { ...answer, text: withValues(answer.text, marks, said, isWritten(plan)) };
}

/** Places of the recorded answer. */
export function answerMarks(
  plan: Plan,
  step: RequestStep,
  spoken: SpokenExchange = step.spoken,
): readonly MarkedPlace[] {
  return marksOf(spoken, plan.recording.version).answer.map(mark => placeOf(plan, mark, mark.pointer));
}

function urlNow(plan: Plan, spoken: SpokenExchange, said: (mark: Mark) => string): string {
  const marks = marksOf(spoken, plan.recording.version);
  const { entry } = marks;
  if (entry === undefined) return targetOf(spoken.url);
  if (entry.base === 'given-url') {
    const kind = entry.module === 'cdrs' ? 'endpoint' : 'response_url';
    return plan.mapping.get(kind, targetOf(spoken.url)) ?? spoken.url;
  }
  const query = queryNow(marks, said);
  const path = pathNow(marks, said).map(segment => `/${encodeSegment(segment)}`);
  return `${path.join('')}${query === '' ? '' : `?${query}`}`;
}

function placeOf(plan: Plan, mark: Mark, pointer: string): MarkedPlace {
  const { kind, half, value } = mark;
  return { pointer, kind, from: half === undefined ? value : halfValue(mark, undefined), to: valueNow(plan, mark) };
}
