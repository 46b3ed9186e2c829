import type { RunProgress } from '../../contract/run.ts';

/** Objects in a second over the last while, so that a slow beginning is forgotten. */
export interface Meter {
  /** `elapsed`: monotonic milliseconds. */
  read(
    elapsed: number,
    now: { readonly objects: number; readonly pages: number; readonly total?: number },
  ): RunProgress;
}

const REMEMBERED_MS = 10_000;

/** Measures how fast objects come. `left` counts from what is still to come of the total. */
export function createMeter(): Meter {
  let marks: { readonly at: number; readonly objects: number }[] = [];
  return {
    read: (elapsed, { objects, pages, total }) => {
      marks.push({ at: elapsed, objects });
      // One mark older than the while stays, so that there is always something to measure from.
      const young = marks.findIndex(({ at }) => at >= elapsed - REMEMBERED_MS);
      if (young > 1) marks = marks.slice(young - 1);
      const first = marks[0] ?? { at: elapsed, objects };
      const seconds = (elapsed - first.at) / 1000;
      const rate = seconds > 0 ? (objects - first.objects) / seconds : 0;
      return {
        objects,
        pages,
        rate,
        ...(total === undefined ? {} : { total }),
        ...(total === undefined || rate <= 0 ? {} : { secondsLeft: Math.max(0, total - objects) / rate }),
      };
    },
  };
}
