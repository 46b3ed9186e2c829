import type { Run } from '../../contract/run.ts';
import type { RunFigure, RunFigures } from '../../history/figures/run-figures.ts';
import type { OverdueResult } from '../../insight/health/observations.ts';
import type { PullFigures } from './figures-messages.ts';

/** Pulls, and what has a result to wait for, as they come. */
export interface RunCounting {
  count(): void;
  /** By module. */
  pullsOf(linkId: number): PullFigures[];
  /** Asked within a day before `now`; oldest first. */
  overdueOf(linkId: number, now: number): OverdueResult[];
}

const ROWS = 500;
/** What did not come for as long will never come: it is no more overdue than lost. */
const DAY = 24 * 3_600_000;

export function createRunCounting(runs: RunFigures): RunCounting {
  const pulls = new Map<number, Map<string, PullFigures>>();
  /** Under way when they were met. */
  const running = new Set<number>();
  /** Ended without a result; one may still come late. */
  const waiting = new Map<number, RunFigure>();
  let upTo = 0;

  const takePull = ({ id, linkId, state, startedAt, endedAt }: RunFigure) => {
    const module = runs.moduleOf(id);
    // An operator who cancels a pull has not failed with it.
    if (module === undefined || state === 'cancelled') return;
    const ofLink = pulls.get(linkId) ?? new Map<string, PullFigures>();
    pulls.set(linkId, ofLink);
    const before = ofLink.get(module);
    const at = endedAt ?? startedAt;
    if (before?.last !== undefined && before.last !== null && before.last > at) return;
    const lastOk = state === 'done';
    const lastGood = lastOk ? at : (before?.lastGood ?? null);
    ofLink.set(module, { module, lastGood, last: at, lastOk, runId: id });
  };
  const take = (figure: RunFigure) => {
    if (figure.state === 'running') {
      running.add(figure.id);
      return;
    }
    running.delete(figure.id);
    if (figure.kind === 'pull') takePull(figure);
    else if (figure.state === 'failed' || figure.state === 'interrupted') waiting.set(figure.id, figure);
  };

  return {
    count() {
      for (const id of [...running]) {
        const figure = runs.get(id);
        if (figure === undefined) running.delete(id);
        else take(figure);
      }
      for (;;) {
        const some = runs.after(upTo, ROWS);
        for (const figure of some) take(figure);
        upTo = some.at(-1)?.id ?? upTo;
        if (some.length < ROWS) return;
      }
    },
    pullsOf: linkId =>
      [...(pulls.get(linkId)?.values() ?? [])].sort((left, right) => (left.module < right.module ? -1 : 1)),
    overdueOf(linkId, now) {
      const found: OverdueResult[] = [];
      for (const [id, figure] of waiting) {
        if (figure.linkId !== linkId) continue;
        const run = now - figure.startedAt > DAY ? undefined : runs.run(id);
        const due = run && overdueResult(run);
        if (due === undefined) waiting.delete(id);
        else found.push(due);
      }
      return found;
    },
  };
}

/** What was accepted, and promised a result that has not come; undefined: nothing is owed. */
function overdueResult({ result, startedAt, endedAt, steps }: Run): OverdueResult | undefined {
  const asked = result?.asked;
  if (asked?.timeout === undefined || asked.results.length > 0) return undefined;
  const exchangeId = steps.find(({ step }) => step === 'request')?.exchangeIds.at(-1);
  if (exchangeId === undefined) return undefined;
  const [, words = asked.operation] = asked.operation.split('.');
  const due = Math.max(startedAt + asked.timeout * 1000, endedAt ?? 0);
  return { exchangeId, what: words.replaceAll('-', '_').toUpperCase(), due };
}
