import type { Clock } from '../../clock.ts';
import type { Outcome } from '../../contract/failure.ts';

export interface Patience {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** How long it is tried, in milliseconds; for ever unless said. */
  readonly forMs?: number;
}

const RETRY_MS = 250;

/**
 * Tries to store something until the storage takes it: a locked or full database recovers as a rule. The first try is
 * made at once, before anything is waited for. The last failure when the time is up or the signal aborts.
 */
export async function patiently(
  store: () => Outcome<void>,
  { clock, signal, forMs = Number.POSITIVE_INFINITY }: Patience,
): Promise<Outcome<void>> {
  const until = clock.elapsed() + forMs;
  for (;;) {
    const stored = store();
    if (stored.ok || signal?.aborted || clock.elapsed() >= until) return stored;
    try {
      await clock.sleep(RETRY_MS, signal);
    } catch {
      return store();
    }
  }
}
