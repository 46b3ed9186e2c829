import type { ReplayDifference } from '../../contract/replay.ts';
import { compareStep } from '../compare/compare-step.ts';
import { fits } from '../compare/fits.ts';
import { learn } from '../learn.ts';
import type { Happened } from '../ports.ts';
import type { RequestStep } from '../recording.ts';
import { type Course, isAwaited } from './course.ts';
import { asIn, clauseOf } from './ledger.ts';
import { isMeantFor } from './meant-for.ts';
import { inWords } from './words.ts';

/** Messages that come when nobody waits for them any more. */
export interface Late {
  /** This step was told to be missing. */
  missed(step: RequestStep, of: { readonly ms: number; readonly since: number }): void;
  /** This step is over; more of it may come. */
  passed(step: RequestStep, count: number): void;
  /** Puts what has come to the step it belongs to, unless a later one waits for it. */
  sort(): void;
}

interface Missing {
  readonly step: RequestStep;
  /** Milliseconds it was waited for, and when that began (`Clock.elapsed`). */
  readonly ms: number;
  readonly since: number;
}

export function createLate(course: Omit<Course, 'answers'>): Late {
  const { plan, pool, ledger, ports, options } = course;
  let missing: Missing[] = [];
  const open: { readonly step: RequestStep; left: number }[] = [];

  const judge = (step: RequestStep, { spoken }: Happened) => {
    learn(plan, step, spoken);
    return compareStep({ plan, step, met: spoken, strict: options.strict });
  };
  /** Somebody is still waiting for it. */
  const isDue = ({ spoken }: Happened) =>
    plan.steps.some(step => {
      const verdict = ledger.of(step.no)?.verdict;
      if ((verdict !== undefined && verdict !== 'running') || !isAwaited(step)) return false;
      return isMeantFor(course, { step, spoken, enough: false });
    });

  return {
    missed: (step, { ms, since }) => void missing.push({ step, ms, since }),
    passed(step, count) {
      const left = (step.repeats?.most ?? 1) - count;
      if (left > 0) open.push({ step, left });
    },
    sort() {
      for (const one of missing) {
        const happened = pool.take(come => fits(plan, one.step, come.spoken) && !isDue(come));
        if (happened === undefined) continue;
        missing = missing.filter(other => other !== one);
        const after = ports.clock.elapsed() - one.since;
        const differences = [lateness(one, after), ...judge(one.step, happened)];
        const { exchangeIds } = happened;
        ledger.replace(one.step.no, { verdict: 'different', reason: clauseOf(differences), exchangeIds, differences });
      }
      for (const one of open) {
        while (one.left > 0) {
          const happened = pool.take(come => fits(plan, one.step, come.spoken) && !isDue(come));
          if (happened === undefined) break;
          one.left--;
          const differences = judge(one.step, happened);
          const all = [...(ledger.of(one.step.no)?.differences ?? []), ...differences];
          const worse =
            all.length > 0
              ? ({ verdict: 'different', reason: clauseOf(all) } as const)
              : { reason: asIn(plan.recording) };
          ledger.amend(one.step.no, { ...worse, differences, exchangeIds: happened.exchangeIds });
        }
      }
    },
  };
}

function lateness({ ms }: Missing, after: number): ReplayDifference {
  const expected = `within ${inWords(ms)}`;
  const met = `after ${inWords(after)}`;
  return { layer: 'time', where: '', expected, met, meaning: `It came ${met}, and was expected ${expected}.` };
}
