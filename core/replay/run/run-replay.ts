import type { Plan } from '../plan.ts';
import type { ReplayPorts } from '../ports.ts';
import type { RequestStep, Step } from '../recording.ts';
import { createAnswers } from './answers.ts';
import { awaitStep } from './awaiting.ts';
import type { Control } from './control.ts';
import { type After, type Course, isAwaited, ON, type RunOptions } from './course.ts';
import { tellExtras } from './extras.ts';
import { tellFindings } from './findings.ts';
import { createLate, type Late } from './late.ts';
import { createLedger } from './ledger.ts';
import { createOverlapping } from './overlapping.ts';
import { createPool } from './pool.ts';
import { rest, untilStopped } from './rest.ts';
import { createSchedule } from './schedule.ts';
import { runFlow, send } from './sending.ts';
import { type Summed, sum } from './summary.ts';

export interface RunningReplay {
  readonly plan: Plan;
  readonly options: RunOptions;
  readonly ports: ReplayPorts;
  readonly control: Control;
  /** Ends it at once, with what is under way. */
  readonly signal: AbortSignal;
}

export interface Replayed extends Summed {
  /** What the operator should know besides; one sentence each. */
  readonly notes: readonly string[];
}

/** Milliseconds after the last step in which something that nobody expected may still come. */
const GRACE_MS = 200;

/**
 * Does step after step: ours are made right before they leave, the partner's are awaited, and what comes is compared by its
 * meaning. Every step is told when it begins and when its verdict is there; one told to be missing, or to be the same, is told
 * once more where something comes to light later. `ok`: no difference, nothing missing, nothing left out. Never rejects for
 * what a partner does.
 */
export async function runReplay({ plan, options, ports, control, signal }: RunningReplay): Promise<Replayed> {
  const stopping = untilStopped({ control, signal });
  const ledger = createLedger({ recording: plan.recording, clock: ports.clock, tell: ports.tell });
  const course: Course = {
    plan,
    options,
    ports,
    control,
    signal,
    over: stopping.signal,
    ledger,
    pool: createPool(ports),
    schedule: createSchedule(ports.clock, { from: plan.steps[0]?.at ?? 0, speed: options.speed }),
    answers: createAnswers(plan.steps, ports),
    places: new Map(plan.steps.map((step, at) => [step.no, at])),
  };
  try {
    const late = createLate(course);
    const after = await doAll(course, late);
    for (const step of plan.steps) {
      if (ledger.of(step.no) === undefined) {
        ledger.end(step, { verdict: 'skipped', reason: '', exchangeIds: [], differences: [] });
      }
    }
    if (!stopping.signal.aborted) await course.pool.more(GRACE_MS, stopping.signal);
    await course.pool.gather();
    late.sort();
    const notes = tellExtras(course);
    if (!signal.aborted) await tellFindings(course);
    const ended = after.goesOn ? endOf(course) : after.why;
    return { ...sum({ ledger, recording: plan.recording, steps: plan.steps.length, ended }), notes };
  } finally {
    course.answers.end();
    control.waitFor(null);
    stopping.end();
  }
}

async function doAll(course: Course, late: Late): Promise<After> {
  const { plan, options } = course;
  const overlapping = options.speed === 'fast' ? createOverlapping(course) : undefined;
  let after: After = ON;
  for (const step of plan.steps) {
    const beside = isSent(step) && overlapping?.takes(step) ? () => overlapping.send(step) : undefined;
    if (beside === undefined || course.control.state().paused) {
      after = (await overlapping?.settled()) ?? ON;
      if (!after.goesOn) return after;
    }
    if (!(await isTurn(course, step))) break;
    after = beside !== undefined ? await beside() : await doStep(course, step, late);
    if (!after.goesOn) return after;
  }
  return (await overlapping?.settled()) ?? after;
}

function isSent(step: Step): step is RequestStep {
  return step.kind === 'request' && step.by === 'us';
}

function doStep(course: Course, step: Step, late: Late): Promise<After> {
  if (step.kind === 'flow') return runFlow(course, step);
  return step.by === 'us' ? send(course, step) : awaitStep(course, step, late);
}

/** Waits for the time of a step and for the operator; false: nothing more is done. */
async function isTurn(course: Course, step: Step): Promise<boolean> {
  const { control, signal, over, schedule, ports } = course;
  const { clock } = ports;
  for (;;) {
    if (control.state().paused) {
      const since = clock.elapsed();
      if (!(await control.next(signal))) return false;
      if (control.state().paused) {
        schedule.isNow(step);
        return true;
      }
      schedule.stood(clock.elapsed() - since);
    }
    if (over.aborted) return false;
    // A message of the partner has no time of its own: it is waited for from now on.
    const left = isAwaited(step) ? 0 : schedule.left(step);
    if (left <= 0) return true;
    await rest(left, { clock, control, signal });
  }
}

function endOf({ signal, over }: Course): string | undefined {
  if (signal.aborted) return 'cancelled';
  return over.aborted ? 'stopped' : undefined;
}
