import type { ReplayDifference } from '../../contract/replay.ts';
import { compareStep } from '../compare/compare-step.ts';
import { fits } from '../compare/fits.ts';
import { learn } from '../learn.ts';
import type { Nudged } from '../ports.ts';
import type { RequestStep } from '../recording.ts';
import { type After, type Course, isAwaited, nextOf, ON } from './course.ts';
import type { Late } from './late.ts';
import { clauseOf, wordsOf } from './ledger.ts';
import { isMeantFor } from './meant-for.ts';
import { inWords } from './words.ts';

/** The partner's own processing is no faster because the replay is: at least so long is waited, or as long as then. */
const LEAST_MS = 10_000;

/** Milliseconds a message of the partner is waited for. */
export function patience({ options, schedule }: Pick<Course, 'options' | 'schedule'>, step: RequestStep): number {
  if (options.wait !== undefined) return options.wait * 1000;
  return Math.min(step.withinMs, Math.max(LEAST_MS, schedule.scaled(step.withinMs)));
}

/** Waits for what the partner sends in this step, and judges it. */
export async function awaitStep(course: Course, step: RequestStep, late: Late): Promise<After> {
  const { plan, ports, ledger, pool, schedule, control, over, options } = course;
  const { least, most } = step.repeats ?? { least: 1, most: 1 };
  const ms = patience(course, step);
  const taken: number[] = [];
  const differences: ReplayDifference[] = [];
  const takeAll = () => {
    while (taken.length < most) {
      const enough = taken.length >= least;
      const happened = pool.take(({ spoken }) => isMeantFor(course, { step, spoken, enough }));
      if (happened === undefined) return;
      // The step's time is that of its first message: what follows keeps its distance to that one, however many come.
      if (taken.length === 0) schedule.isOver(step);
      learn(plan, step, happened.spoken);
      differences.push(...compareStep({ plan, step, met: happened.spoken, strict: options.strict }));
      taken.push(...happened.exchangeIds);
      until = ports.clock.elapsed() + ms;
    }
  };

  let until = ports.clock.elapsed() + ms;
  await pool.gather();
  takeAll();
  const isDue = taken.length === 0 && least > 0;
  const before = plan.steps.slice(0, course.places.get(step.no));
  const hint = isDue ? hintOf(await ports.nudge(step, before), step) : undefined;
  ledger.begin(step, hint ?? '');
  control.waitFor(hint ?? `${wordsOf(step)}, from the partner`);
  until = ports.clock.elapsed() + ms;
  while (!over.aborted && !isEnough(course, step, taken.length)) {
    const left = until - ports.clock.elapsed();
    if (left <= 0) break;
    const next = nextOf(course, step);
    // What is sent next has its own time, whatever more may come.
    const due = taken.length >= least && next !== undefined && !isAwaited(next) ? schedule.left(next) : left;
    await pool.more(Math.max(1, Math.min(left, due)), over);
    takeAll();
    late.sort();
  }
  control.waitFor(null);
  course.answers.past(step);

  if (taken.length >= least) {
    const verdict = differences.length === 0 ? 'same' : 'different';
    const reason = taken.length === 0 ? 'it did not come, and need not' : clauseOf(differences);
    ledger.end(step, { verdict, reason, exchangeIds: taken, differences });
    late.passed(step, taken.length);
  } else if (over.aborted) {
    ledger.end(step, { verdict: 'skipped', reason: 'ended while it was waited for', exchangeIds: taken, differences });
  } else {
    ledger.end(step, missing(step, { ms, least, taken, differences }));
    late.missed(step, { ms, since: until - ms });
  }
  late.sort();
  return ON;
}

/** What the operator should know while it is waited for. */
function hintOf(nudged: Nudged, { prompt }: RequestStep): string | undefined {
  if (nudged.how === 'done') return undefined;
  return nudged.how === 'refused' ? `The partner could not be made to send it: ${nudged.why}` : prompt;
}

/** Whether nothing more is to be waited for. */
function isEnough(course: Course, step: RequestStep, count: number): boolean {
  const { least, most } = step.repeats ?? { least: 1, most: 1 };
  if (count < least) return false;
  if (count >= most) return true;
  let next = nextOf(course, step);
  if (next === undefined) return true;
  if (!isAwaited(next)) return course.control.state().paused || course.schedule.left(next) <= 0;
  for (; next !== undefined && isAwaited(next); next = nextOf(course, next)) {
    const other = next;
    if (course.pool.has(({ spoken }) => fits(course.plan, other, spoken))) return true;
  }
  return false;
}

interface Missed {
  readonly ms: number;
  readonly least: number;
  readonly taken: readonly number[];
  readonly differences: readonly ReplayDifference[];
}

function missing(step: RequestStep, { ms, least, taken, differences }: Missed) {
  const words = wordsOf(step);
  const expected = least === 1 ? words : `${words}, ${least} times`;
  const met = taken.length === 0 ? 'nothing' : `${taken.length} of them`;
  const meaning =
    taken.length === 0
      ? `The partner did not send it within ${inWords(ms)}: ${words}.`
      : `The partner sent it ${taken.length} times instead of ${least} times: ${words}.`;
  const gap: ReplayDifference = { layer: 'missing', where: '', expected, met, meaning };
  const all = [gap, ...differences];
  return { verdict: 'missing' as const, reason: clauseOf(all), exchangeIds: taken, differences: all };
}
