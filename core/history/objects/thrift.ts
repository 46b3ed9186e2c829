import { setFlagsFromString } from 'node:v8';
import type { Clock, Deadline } from '../../clock.ts';

/** Objects stored in one go from which on memory counts for more than speed: a shorter pull is over before it matters. */
const OBJECTS = 120_000;
/** Nothing was under way for so long: the pull is over. Milliseconds. */
const REST = 2000;

/**
 * Each thread of a long pull lets its heap grow while there is plenty to collect, which comes to a hundred megabytes
 * that nobody needs. From some length on the engine is told to collect earlier; it is told otherwise when the pull is over.
 */
export interface Thrift {
  /** So many more pieces of work are under way, or fewer. */
  underWay(more: number): void;
  stored(objects: number): void;
}

/** `tell`: how the engine is told; only a test says another. */
export function createThrift(clock: Clock, tell: Tell = setFlagsFromString): Thrift {
  const sparing = createSparing(tell);
  let working = 0;
  let objects = 0;
  let rest: Deadline | undefined;

  return {
    underWay(more) {
      working += more;
      rest?.cancel();
      rest = undefined;
      if (working > 0) return;
      rest = clock.deadline(REST, () => {
        objects = 0;
        sparing.end();
      });
    },
    stored(more) {
      objects += more;
      if (objects > OBJECTS) sparing.begin();
    },
  };
}

type Tell = (flag: string) => void;

/** One piece of work for which memory counts for more than speed, from when it begins until it ends. */
export interface Sparing {
  begin(): void;
  end(): void;
}

/** Pieces of work that spare memory: the engine is one for all of them. */
const spared = new Map<Tell, number>();

export function createSparing(tell: Tell = setFlagsFromString): Sparing {
  let begun = false;
  const change = (wanted: boolean) => {
    if (wanted === begun) return;
    begun = wanted;
    const before = spared.get(tell) ?? 0;
    const now = before + (wanted ? 1 : -1);
    if (now === 0) spared.delete(tell);
    else spared.set(tell, now);
    if (before === 0) tell('--optimize-for-size');
    if (now === 0) tell('--no-optimize-for-size');
  };
  return { begin: () => change(true), end: () => change(false) };
}
