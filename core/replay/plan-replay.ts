import { done, failed, type Outcome } from '../contract/failure.ts';
import type { ReplayOptions, ReplayRewrite } from '../contract/replay.ts';
import { mayBeMapped, RewriteKind } from '../contract/rewrite-kind.ts';
import { jsonFault } from '../ocpi/json-fault.ts';
import { parsePartyId } from '../ocpi/party-id.ts';
import { convertRecording } from './convert-recording.ts';
import { decide } from './decide/decide.ts';
import { flowTimes } from './decide/flow-times.ts';
import { otherRewrites } from './decide/other-rewrites.ts';
import { targetSteps } from './decide/target-steps.ts';
import type { Plan } from './plan.ts';
import { stepPlanOf } from './rebase/step-plan.ts';
import type { Recording, Step } from './recording.ts';
import type { Surroundings } from './surroundings.ts';

/** With its defaults filled in. */
export type ParsedOptions = ReturnType<(typeof ReplayOptions)['parse']>;

export interface PlanInput {
  readonly recording: Recording;
  readonly surroundings: Surroundings;
  readonly options: ParsedOptions;
  /** New ids are made of it. */
  readonly seed: string;
}

const MOST_STEPS_SHOWN = 500;
const MOST_NOTES = 40;
const MOST_REWRITES_SHOWN = 1000;
/**
 * What will be done, before anything is. Fails where nothing of the recording can be done at the target (a step that
 * its version does not have, none of the endpoints, steps that are not there), and for ids in `options.map` that are none.
 */
export function planReplay({ recording: recorded, surroundings, options, seed }: PlanInput): Outcome<Plan> {
  const { link, version, environment } = surroundings;
  const wrong = Object.keys(options.map).find(key => !isMapped(key));
  if (wrong !== undefined) {
    const advice = 'Write a kind and the old id, such as location:LOC1 or party:NL-TNM.';
    return failed('INVALID_INPUT', `"${wrong}" names nothing that can be called something else`, advice);
  }
  const odd = Object.entries(options.map).find(
    ([key, to]) => key.startsWith('party:') && parsePartyId(to) === undefined,
  );
  if (odd !== undefined) {
    return failed('INVALID_INPUT', `${odd[0]} cannot become "${odd[1]}": that is no party`, 'Write it as NL-TNM.');
  }
  const chosen = recorded.steps.filter(({ no }) => no >= options.fromStep);
  if (chosen.length === 0) {
    const last = recorded.steps.at(-1)?.no ?? 0;
    return failed('INVALID_INPUT', `there is no step ${options.fromStep}`, `The last one is ${last}.`);
  }
  const converted = convertRecording({ ...recorded, steps: chosen }, surroundings);
  if (!converted.ok) return converted;
  const recording = converted.value;
  const target = targetSteps(recording.steps, surroundings);
  if (!target.ok) return target;
  const { steps } = target.value;
  const decisions = decide({ recording, steps, surroundings, map: options.map, seed });
  const times = flowTimes({ recording, steps, now: surroundings.now, end: options.times === 'end' });
  const lastsMs = lengthOf(steps);
  const speed = options.speed === 'fast' ? Number.POSITIVE_INFINITY : options.speed;
  const aheadMs = options.times === 'end' ? 0 : lastsMs - lastsMs / speed;
  const ids = decisions.rewrites();
  const notes = [
    ...recording.notes,
    ...target.value.notes,
    ...shortened(decisions.notes()),
    ...ids.filter(isIdle).map(({ kind, from }) => `No request of this flow has ${kind}:${from}.`),
    ...(ids.length > MOST_REWRITES_SHOWN
      ? [`${ids.length - MOST_REWRITES_SHOWN} more ids get another name than are listed.`]
      : []),
    ...brokenNotes(steps),
    ...(aheadMs > 60_000 && times.shiftMs !== 0
      ? [`Times in messages run up to ${Math.round(aheadMs / 60_000)} min ahead of the clock at this speed.`]
      : []),
  ];
  const { mapping } = decisions;
  const rewrites = [...ids.slice(0, MOST_REWRITES_SHOWN), ...otherRewrites({ recording, steps, surroundings, times })];
  const known = { recording, steps, surroundings, mapping, ...times, rewrites, notes, seed };
  const view = {
    title: recording.title,
    to: link,
    environment,
    version,
    seed,
    steps: [],
    stepCount: steps.length,
    sends: count(steps, step => step.kind === 'request' && step.by === 'us'),
    awaits: count(steps, step => step.kind === 'request' && step.by === 'them'),
    writes: count(steps, writes),
    rewrites,
    notes,
    lastsMs: Math.round(lastsMs / speed),
  };
  const plan: Plan = { ...known, view };
  const shown = steps.slice(0, MOST_STEPS_SHOWN).map(step => stepPlanOf(plan, step));
  return done({ ...known, view: { ...view, steps: shown } });
}

/** Named by the operator, and nowhere to be found; connectors are counted with their EVSE. */
function isIdle({ kind, to, steps }: ReplayRewrite): boolean {
  return steps === 0 && to !== null && kind !== 'connector';
}

/** Of ten thousand ids nobody reads ten thousand sentences. */
function shortened(notes: readonly string[]): readonly string[] {
  if (notes.length <= MOST_NOTES) return notes;
  return [...notes.slice(0, MOST_NOTES), `${notes.length - MOST_NOTES} more of the kind.`];
}

/** Ids are found in a broken body as far as it can be read. */
function brokenNotes(steps: readonly Step[]): string[] {
  const broken = steps.filter(step => {
    const text = step.kind === 'request' && step.by === 'us' ? step.spoken.request.text : undefined;
    return text !== undefined && text !== '' && jsonFault(text) !== undefined;
  });
  const [first] = broken;
  if (first === undefined) return [];
  const which =
    broken.length === 1 ? `The body of step ${first.no} is` : `${broken.length} bodies (step ${first.no} first) are`;
  return [`${which} no JSON and sent as such: ids behind the place where it breaks may stay as they were.`];
}

function isMapped(key: string): boolean {
  const kind = RewriteKind.safeParse(/^([a-z_]+):./.exec(key)?.[1]);
  return kind.success && mayBeMapped(kind.data);
}

/** From the first step to the last. */
function lengthOf(steps: readonly Step[]): number {
  return (steps.at(-1)?.at ?? 0) - (steps[0]?.at ?? 0);
}

function count(steps: readonly Step[], wanted: (step: Step) => boolean): number {
  return steps.reduce((sum, step) => sum + (wanted(step) ? 1 : 0), 0);
}

/** It changes something at the partner. A look at the credentials reads only. */
function writes(step: Step): boolean {
  if (step.kind === 'flow') return step.flow !== 'look';
  return step.by === 'us' && step.spoken.method !== 'GET';
}
