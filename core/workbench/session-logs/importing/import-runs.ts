import type { Run } from '../../../contract/run.ts';
import { momentIn } from './import-records.ts';

/** A run as it is stored; the exchanges it names are those of the file. `now`: of the import. */
export function runOf(run: Run, now: number): Run {
  const { progress: _, ...told } = run;
  return {
    ...told,
    // Nobody goes on with it here.
    state: run.state === 'running' ? 'interrupted' : run.state,
    startedAt: momentIn(run.startedAt, now),
    ...(run.endedAt === undefined ? {} : { endedAt: momentIn(run.endedAt, now) }),
  };
}

/** The exchanges that a run names: of each step, of each object that was not pushed, and of what came later; in this order. */
export function exchangesOf({ steps, result }: Run): number[][] {
  return [
    ...steps.map(({ exchangeIds }) => exchangeIds),
    ...(result?.push?.failures ?? []).map(({ exchangeIds }) => exchangeIds),
    ...(result?.asked?.results ?? []).map(({ exchangeId }) => [exchangeId]),
  ];
}

/** A later answer names exactly one exchange: none has this id. */
const NO_EXCHANGE = 0;

/** The same run with other exchanges in the places of `exchangesOf`. */
export function withExchanges(run: Run, groups: readonly (readonly number[])[]): Run {
  const rest = groups.values();
  const next = () => [...(rest.next().value ?? [])];
  const steps = run.steps.map(step => ({ ...step, exchangeIds: next() }));
  const { result } = run;
  if (result === undefined) return { ...run, steps };
  const { push, asked } = result;
  return {
    ...run,
    steps,
    result: {
      ...result,
      ...(push === undefined
        ? {}
        : { push: { ...push, failures: push.failures.map(one => ({ ...one, exchangeIds: next() })) } }),
      ...(asked === undefined
        ? {}
        : {
            asked: { ...asked, results: asked.results.map(one => ({ ...one, exchangeId: next()[0] ?? NO_EXCHANGE })) },
          }),
    },
  };
}
