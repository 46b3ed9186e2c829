import { done, failed, type Outcome } from '../../contract/failure.ts';
import { parsePartyId } from '../../ocpi/party-id.ts';
import type { Routing } from '../../ocpi/routing.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Plan, ReadyRequest } from '../plan.ts';
import type { RequestStep } from '../recording.ts';
import { keptHeaders } from './kept-headers.ts';
import { lateChoice, lateParty } from './late-choice.ts';
import { mayBeLeftOut, withoutFields } from './left-out.ts';
import type { Mark } from './marks.ts';
import { marksOf, requestMarks, targetOf } from './message-marks.ts';
import { requestUrl } from './request-url.ts';
import { valueNow, withValues } from './value-now.ts';

export interface Freshly {
  /** A response_url of ours for this step. */
  readonly responseUrl: string;
  /** A text nobody used before, for message ids. */
  newId(): string;
}

const SEALED = '{token:';

/**
 * A step of ours as it is sent now: to the target's endpoint, with the ids, parties and times that hold now; everything else
 * as it was, byte for byte. Call it once, right before it is sent: what is new in it becomes known to the plan. Fails where
 * an id is in it that the partner has not told yet, and where the target has no place for it.
 */
export function readyRequest(plan: Plan, step: RequestStep, { responseUrl, newId }: Freshly): Outcome<ReadyRequest> {
  const { mapping, recording } = plan;
  const { spoken } = step;
  const marks = marksOf(spoken, recording.version);
  const leftOut: string[] = [];
  for (const mark of requestMarks(marks)) {
    if (mark.kind === 'time') continue;
    if (mark.kind === 'response_url') mapping.set('response_url', targetOf(mark.value), responseUrl);
    else if (valueNow(plan, mark) === undefined && !lateChoice(plan, mark) && mark.half === undefined) {
      if (!mayBeLeftOut(recording, mark)) return untold(plan, step, mark);
      leftOut.push(mark.pointer);
    }
  }
  const said = (mark: Mark) => valueNow(plan, mark);
  const url = requestUrl({ plan, step, said: mark => halfValue(mark, valueNow(plan, mark)) });
  if (!url.ok) return url;
  const recorded = spoken.request.text;
  const filled = recorded === undefined ? undefined : withValues(recorded, marks.request, said, isWritten(plan));
  const text = filled === undefined ? undefined : withoutFields(filled, leftOut);
  if (text?.includes(SEALED) || url.value.includes(SEALED)) {
    const message = `step ${step.no} holds a credentials token, and those are not kept`;
    return failed('TOKEN_MISSING', message, 'Leave it out, or send it by hand with a token of your own.');
  }
  for (const party of [spoken.toParty, spoken.fromParty]) {
    if (party !== undefined && mapping.get('party', party) === undefined) lateParty(plan, party);
  }
  const routing = routingNow(plan, step);
  const { correlationId } = spoken;
  if (correlationId !== undefined && mapping.get('correlation-id', correlationId) === undefined) {
    mapping.set('correlation-id', correlationId, newId());
  }
  const correlation = correlationId === undefined ? undefined : mapping.get('correlation-id', correlationId);
  return done({
    operation: spoken.operation,
    method: spoken.method,
    url: url.value,
    headers: keptHeaders(spoken.request.headers),
    ...(text !== undefined && { text }),
    ...(routing !== undefined && { routing }),
    ...(correlation !== undefined && { correlationId: correlation }),
  });
}

/** Sender and addressee now; undefined where the recording named none, and before 2.2. */
export function routingNow({ mapping, recording }: Plan, { spoken }: RequestStep): Routing | undefined {
  if (!atLeast22(recording.version)) return undefined;
  const now = (party: string | undefined) =>
    party === undefined ? undefined : parsePartyId(mapping.get('party', party) ?? party);
  const [to, from] = [now(spoken.toParty), now(spoken.fromParty)];
  return to === undefined && from === undefined ? undefined : { ...(to && { to }), ...(from && { from }) };
}

/** Names of a scenario become numbers where the table has them. */
export function isWritten({ recording }: Pick<Plan, 'recording'>): boolean {
  return recording.made === 'written';
}

/** A party nobody knows stays as it is written, half by half. */
export function halfValue(mark: Mark, value: string | undefined): string {
  if (value !== undefined) return value;
  if (mark.half === undefined) return mark.value;
  const at = mark.value.indexOf('-');
  return mark.half === 'country' ? mark.value.slice(0, at) : mark.value.slice(at + 1);
}

function untold({ surroundings }: Plan, { no, spoken }: RequestStep, { kind, value }: Mark): Outcome<never> {
  const what = kind.replaceAll('_', ' ');
  return failed(
    'WRONG_STATE',
    `step ${no}, ${spoken.operation}: what the recording calls ${what} ${value} has no name now, ${surroundings.link} has not told it`,
    `It comes with an earlier step. Name it yourself (${kind}:${value}), or begin where it is told.`,
  );
}
