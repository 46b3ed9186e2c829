import type { Clock } from '../../clock.ts';

/** Milliseconds between two looks at how far something has come. */
const EVERY = 250;

/** Tells `look` now and then until the work is done; gives what it came to. Who stops listening does not stop the work. */
export async function* watched<T, Seen>(
  work: Promise<T>,
  { clock, look }: { readonly clock: Clock; readonly look: () => Seen },
): AsyncGenerator<Seen, T> {
  let over = false;
  const end = work.finally(() => {
    over = true;
  });
  // Whoever goes on asking hears of it; where nobody does, it is the work's own affair.
  end.catch(() => {});
  for (;;) {
    const waited = new AbortController();
    const pause = clock.sleep(EVERY, waited.signal).catch(() => {});
    await Promise.race([end, pause]);
    waited.abort();
    if (over) return end;
    yield look();
  }
}
