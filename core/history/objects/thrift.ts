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
export function createThrift(clock: Clock, tell: (flag: string) => void = setFlagsFromString): Thrift {
  let working = 0;
  let objects = 0;
  let thrifty = false;
  let rest: Deadline | undefined;

  const favourMemory = (wanted: boolean) => {
    if (wanted === thrifty) return;
    thrifty = wanted;
    tell(wanted ? '--optimize-for-size' : '--no-optimize-for-size');
  };

  return {
    underWay(more) {
      working += more;
      rest?.cancel();
      rest = undefined;
      if (working > 0) return;
      rest = clock.deadline(REST, () => {
        objects = 0;
        favourMemory(false);
      });
    },
    stored(more) {
      objects += more;
      if (objects > OBJECTS) favourMemory(true);
    },
  };
}
