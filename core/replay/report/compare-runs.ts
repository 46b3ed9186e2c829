import type { ReplayComparison, ReplayStep } from '../../contract/replay.ts';

export interface TwoRuns {
  readonly earlier: readonly ReplayStep[];
  readonly later: readonly ReplayStep[];
}

/**
 * Steps of two runs of the same source whose verdict or whose differences are not the same, in their order; a step that one
 * of them does not have is null there. Values are not compared: ids and times are other ones in each run.
 */
export function compareRuns({ earlier, later }: TwoRuns): ReplayComparison['changed'] {
  const before = new Map(earlier.map(step => [keyOf(step), step]));
  const now = new Map(later.map(step => [keyOf(step), step]));
  const keys = new Set([...before.keys(), ...now.keys()]);
  return [...keys]
    .flatMap(key => {
      const [was, is] = [before.get(key) ?? null, now.get(key) ?? null];
      const known = is ?? was;
      if (known === null || (was !== null && is !== null && outcomeOf(was) === outcomeOf(is))) return [];
      return [{ no: known.no, words: known.words, earlier: was, later: is }];
    })
    .sort((left, right) => left.no - right.no);
}

/** What came besides has the numbers behind the last step, in the order in which it came. */
function keyOf({ kind, no }: ReplayStep): string {
  return kind === 'extra' ? `extra ${no}` : String(no);
}

function outcomeOf({ verdict, differences }: ReplayStep): string {
  const told = differences.map(({ layer, where, meaning, met }) =>
    [layer, where, layer === 'finding' ? met : layer === 'time' ? '' : meaning].join(' '),
  );
  return JSON.stringify([verdict, ...told.sort()]);
}
