import { headerValue } from '../ocpi/raw-headers.ts';
import type { Plan } from './plan.ts';
import type { Mark } from './rebase/marks.ts';
import { marksOf, targetOf } from './rebase/message-marks.ts';
import { mappedAs } from './rebase/value-now.ts';
import type { RequestStep, SpokenExchange } from './recording.ts';

/** Never learned: decided before, or another one in each message. */
const DECIDED: ReadonlySet<Mark['kind']> = new Set<Mark['kind']>(['time', 'party']);

/**
 * What the partner calls things now, told by laying the message of the recording beside the one that was met: what stands in
 * the same field is the same thing. Call it once with each exchange that fits a step, ours too, before the next step is
 * made ready. What is known already is never bound anew, so that a change of an id shows as one.
 */
export function learn(plan: Plan, { spoken, by }: RequestStep, met: SpokenExchange): void {
  const { mapping, recording } = plan;
  const then = marksOf(spoken, recording.version);
  if (by === 'them') {
    const now = marksOf(met, recording.version);
    layBeside(plan, [...then.path.values()], [...now.path.values()], ({ field }) => field);
    layBeside(
      plan,
      then.query.flatMap(({ mark }) => mark ?? []),
      now.query.flatMap(({ mark }) => mark ?? []),
      ({ field }) => field,
    );
    layBeside(plan, then.request, now.request, ({ pointer }) => pointer);
    bind(plan, 'correlation-id', spoken.correlationId, met.correlationId);
  }
  // What stands in a list is nobody's in particular.
  if (then.lists) return;
  // Looking for places is most of the work, and the answer to most writes tells nothing but when it was given.
  if (!then.answer.every(({ kind }) => DECIDED.has(kind))) {
    layBeside(plan, then.answer, marksOf(met, recording.version).answer, ({ pointer }) => pointer);
  }
  const [stored, storedNow] = [locationOf(spoken), locationOf(met)];
  if (stored === undefined || storedNow === undefined || mapping.get('endpoint', targetOf(stored)) !== undefined)
    return;
  mapping.set('endpoint', targetOf(stored), storedNow);
}

function layBeside(plan: Plan, then: readonly Mark[], now: readonly Mark[], placeOf: (mark: Mark) => string): void {
  if (now.length === 0) return;
  const met = new Map(now.map(mark => [placeOf(mark), mark]));
  for (const mark of then) {
    const there = met.get(placeOf(mark));
    if (there?.kind !== mark.kind || DECIDED.has(mark.kind)) continue;
    // Each request has a response_url of its own, also where the recording had one for all.
    if (mark.kind === 'response_url') plan.mapping.set(mark.kind, mappedAs(mark), there.value);
    else bind(plan, mark.kind, mappedAs(mark), there.value);
  }
}

function bind({ mapping }: Plan, kind: Mark['kind'], then: string | undefined, now: string | undefined): void {
  if (then === undefined || now === undefined || mapping.get(kind, then) !== undefined) return;
  mapping.set(kind, then, now);
}

/** Where a CDR that was posted can be read back (digest 6.3), absolute. */
function locationOf({ answer, url }: SpokenExchange): string | undefined {
  const header = answer && headerValue(answer.headers, 'Location')?.trim();
  if (!header || !URL.canParse(header, URL.canParse(url) ? url : 'http://unknown.invalid')) return undefined;
  return URL.canParse(header) ? header : new URL(header, url).href;
}
