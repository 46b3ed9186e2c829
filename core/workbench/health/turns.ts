import type { Clock } from '../../clock.ts';

/** Milliseconds of work in a row on the thread that answers partners. */
const LONGEST = 1;

/** Work that goes link by link waits here after each: partners have their turn as soon as it took a while. */
export function createTurns(clock: Pick<Clock, 'elapsed'>): () => Promise<void> {
  let begun = clock.elapsed();
  return async () => {
    if (clock.elapsed() - begun < LONGEST) return;
    await new Promise<void>(resolve => setImmediate(resolve));
    begun = clock.elapsed();
  };
}
