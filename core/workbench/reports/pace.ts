import type { Clock } from '../../clock.ts';

/** Lets a thread that reads much rest in between, so that whoever answers partners has the processor when they come. */
export interface Pace {
  /** From now on it rests so many times as long as it worked; 0: not at all. */
  begin(rest: number): void;
  /** Between two pieces of work: rests where it worked for a while. */
  pause(): void;
}

/** Milliseconds of work in a row. */
const WORK = 4;

/** Only in threads of their own: it holds up whatever else its thread would do. */
export function createPace(clock: Pick<Clock, 'elapsed'>): Pace {
  // Nobody ever wakes it.
  const bed = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let rest = 0;
  let since = 0;
  return {
    begin(times) {
      rest = times;
      since = clock.elapsed();
    },
    pause() {
      if (rest === 0) return;
      const worked = clock.elapsed() - since;
      if (worked < WORK) return;
      Atomics.wait(bed, 0, 0, worked * rest);
      since = clock.elapsed();
    },
  };
}
