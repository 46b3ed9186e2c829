import type { ReplayDifference } from '../../contract/replay.ts';
import { shorten } from '../../ocpi/findings.ts';

export type Side = 'request' | 'answer';

/** What a step tells at most; behind them a line says how many more there are. */
const MOST = 100;

/** A difference; long texts are quoted by their beginning. */
export function difference({ layer, where, expected, met, meaning }: ReplayDifference): ReplayDifference {
  return { layer, where, expected: shorten(expected), met: shorten(met), meaning };
}

/** `answer/data/status` for a JSON pointer into the body. */
export function bodyPlace(side: Side, pointer: string): string {
  return `${side}${pointer}`;
}

/** `answer:header:Link`. */
export function headerPlace(side: Side, name: string): string {
  return `${side}:header:${name}`;
}

/** The same differences, or the first hundred of them and a last one that counts the rest. */
export function bounded(differences: readonly ReplayDifference[]): ReplayDifference[] {
  if (differences.length <= MOST) return [...differences];
  const more = differences.length - MOST;
  const rest = difference({
    layer: 'object',
    where: '',
    expected: '',
    met: '',
    meaning: `${more} further difference${more === 1 ? ' is' : 's are'} not listed.`,
  });
  return [...differences.slice(0, MOST), rest];
}
