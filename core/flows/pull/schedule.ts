import type { Clock } from '../../clock.ts';

/** A pull that is repeated; times in milliseconds, `jitter` a share of `every`. */
export interface Repeated {
  readonly every: number;
  readonly jitter: number;
  /** Failures in a row. */
  readonly failures: number;
}

const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

/**
 * How long to wait for the next pull. Each failure in a row doubles the distance, up to a day; the jitter keeps partners
 * of many workbenches from being asked at the same moment. `chance`: from 0 to just under 1.
 */
export function distanceOf({ every, jitter, failures }: Repeated, chance: number): number {
  const distance = Math.max(every, Math.min(LONGEST_PAUSE_MS, every * 2 ** Math.min(failures, 30)));
  return Math.round(distance * (1 + jitter * (2 * chance - 1)));
}

export interface RepeatOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** As it is now; undefined once it was ended. */
  readonly schedule: () => Repeated | undefined;
  /** When the next pull is due, milliseconds since the epoch. */
  readonly due: (at: number) => void;
  /** Pulls once, whatever happens; true when it went well. */
  readonly pull: () => Promise<boolean>;
  /** Remembers how the last pull went. */
  readonly ended: (ok: boolean) => void;
}

/** Repeats a pull until its signal aborts or its schedule is gone. Never rejects for what a pull does. */
export async function repeat({ clock, random, signal, schedule, due, pull, ended }: RepeatOptions): Promise<void> {
  for (;;) {
    const current = schedule();
    if (current === undefined || signal.aborted) return;
    const distance = distanceOf(current, random());
    due(clock.now() + distance);
    try {
      await clock.sleep(distance, signal);
    } catch {
      return;
    }
    if (schedule() === undefined) return;
    ended(await pull());
  }
}
