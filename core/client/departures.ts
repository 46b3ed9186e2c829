import type { Clock } from '../clock.ts';

/** Requests that leave later than they were made. */
export interface Departures {
  /** Runs `work` after `ms`, or as soon as a request with the key `behind` has left. */
  later(when: { readonly ms: number; readonly behind?: string }, work: (signal: AbortSignal) => Promise<void>): void;
  /** A request with this key has left. */
  passed(key: string): void;
  /** Cancels what waits and what is under way, and resolves when all of it is over. */
  close(): Promise<void>;
}

export interface DeparturesParts {
  readonly clock: Clock;
  /** Work that throws is a bug of ours. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

export function createDepartures({ clock, onTrouble }: DeparturesParts): Departures {
  const closing = new AbortController();
  const waiting = new Map<string, Set<() => void>>();
  const underWay = new Set<Promise<void>>();

  const wait = async ({ ms, behind }: { ms: number; behind?: string }): Promise<boolean> => {
    if (closing.signal.aborted) return false;
    const next = new AbortController();
    const free = () => next.abort();
    if (behind !== undefined) waiting.set(behind, (waiting.get(behind) ?? new Set()).add(free));
    await clock.sleep(ms, AbortSignal.any([closing.signal, next.signal])).catch(() => {});
    if (behind !== undefined) {
      const others = waiting.get(behind);
      others?.delete(free);
      if (others?.size === 0) waiting.delete(behind);
    }
    return !closing.signal.aborted;
  };

  return {
    later: (when, work) => {
      const going = wait(when)
        .then(leaves => (leaves ? work(closing.signal) : undefined))
        .catch((error: unknown) => onTrouble('a request that was to leave later failed', error))
        .finally(() => underWay.delete(going));
      underWay.add(going);
    },
    passed: key => {
      for (const free of waiting.get(key) ?? []) free();
    },
    close: async () => {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}
