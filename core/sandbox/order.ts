import type { IndexRange } from './world/world.ts';

/** Which objects of a module come one after the other once some of them have changed. */
export interface Order {
  /** The object goes to the end. `at` is never before that of an earlier change. Epoch milliseconds. */
  move(index: number, at: number): void;
  /** What fits a range of time: of the objects that never changed those in `base`, then the changed ones of `[from, to)`. */
  within(base: IndexRange, range: { readonly from?: number | undefined; readonly to?: number | undefined }): Stretch;
}

export interface Stretch {
  readonly total: number;
  /** Indexes of up to `limit` objects behind the first `offset` of the stretch. Costs only itself. */
  slice(offset: number, limit: number): number[];
}

interface Moved {
  readonly index: number;
  readonly at: number;
}

/**
 * The world's objects are ordered by index, which is also by `last_updated`. A change gives an object a moment after all of
 * these, so that it leaves its place and stands at the end. Kept are the changed ones alone: their indexes, to step over
 * them by bisection, and their order.
 */
export function createOrder(): Order {
  const indexes: number[] = [];
  const moved: Moved[] = [];
  const momentOf = new Map<number, number>();

  const forget = (index: number, at: number) => {
    let place = firstNotBelow(moved, at, entry => entry.at);
    while (moved[place]?.index !== index) place++;
    moved.splice(place, 1);
  };

  return {
    move: (index, at) => {
      const newest = moved.at(-1);
      if (newest !== undefined && newest.at > at) throw new RangeError('a change cannot lie before an earlier one');
      const before = momentOf.get(index);
      if (before === undefined)
        indexes.splice(
          firstNotBelow(indexes, index, known => known),
          0,
          index,
        );
      else forget(index, before);
      momentOf.set(index, at);
      moved.push({ index, at });
    },
    within: ({ first, end }, { from, to }) => {
      const skipFirst = firstNotBelow(indexes, first, known => known);
      const skipEnd = firstNotBelow(indexes, end, known => known);
      const unchanged = Math.max(0, end - first) - (skipEnd - skipFirst);
      const movedFirst = from === undefined ? 0 : firstNotBelow(moved, from, entry => entry.at);
      const movedEnd = to === undefined ? moved.length : firstNotBelow(moved, to, entry => entry.at);
      const changed = Math.max(0, movedEnd - movedFirst);
      return {
        total: unchanged + changed,
        slice: (offset, limit) => {
          const found: number[] = [];
          let skip = stepsOver(indexes, { first, skipFirst, skipEnd, offset });
          for (let index = first + offset + skip - skipFirst; index < end && found.length < limit; index++) {
            if (skip < skipEnd && indexes[skip] === index) skip++;
            else found.push(index);
          }
          const begin = movedFirst + Math.max(0, offset - unchanged);
          const more = moved.slice(begin, Math.min(movedFirst + changed, begin + limit - found.length));
          return [...found, ...more.map(({ index }) => index)];
        },
      };
    },
  };
}

/** How far into the changed ones (sorted) the unchanged object number `offset` of the range lies. */
function stepsOver(
  indexes: readonly number[],
  { first, skipFirst, skipEnd, offset }: { first: number; skipFirst: number; skipEnd: number; offset: number },
): number {
  let [low, high] = [skipFirst, skipEnd];
  while (low < high) {
    const middle = (low + high) >> 1;
    const unchangedBefore = (indexes[middle] ?? 0) - first - (middle - skipFirst);
    if (unchangedBefore > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first place of a sorted list whose value is `bound` or more. */
function firstNotBelow<T>(sorted: readonly T[], bound: number, momentOrIndex: (item: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && momentOrIndex(item) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
