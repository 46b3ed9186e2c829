import type { Clock } from '../clock.ts';

/** Work in the background that is done in rounds: one at a time, begun some while after there is something to do. */
export interface Rounds {
  /** The next rounds begin after so many milliseconds, or sooner where that was said before. Nothing while they go on. */
  schedule(ms: number): void;
  isRunning(): boolean;
  /** Nothing begins any more; resolves when what is under way has ended. */
  close(): Promise<void>;
}

export interface RoundsOptions {
  readonly clock: Clock;
  /** Until nothing is left; gives how long to pause before the next time, if there is to be one. Never rejects. */
  readonly run: () => Promise<number | undefined>;
  /** How long to pause, given what the rounds asked for: something may have come as they ended. */
  readonly afterwards: (pause: number | undefined) => number | undefined;
  /** Nothing begins while this holds. */
  readonly asleep: () => boolean;
}

export function createRounds({ clock, run, afterwards, asleep }: RoundsOptions): Rounds {
  let waiting: { readonly due: number; cancel(): void } | undefined;
  let running: Promise<void> | undefined;
  let closing = false;

  const schedule = (ms: number) => {
    const due = clock.elapsed() + ms;
    if (closing || asleep() || running !== undefined || (waiting !== undefined && waiting.due <= due)) return;
    waiting?.cancel();
    const { cancel } = clock.deadline(ms, () => {
      waiting = undefined;
      running = run().then(asked => {
        running = undefined;
        const pause = afterwards(asked);
        if (pause !== undefined) schedule(pause);
      });
    });
    waiting = { due, cancel };
  };

  return {
    schedule,
    isRunning: () => running !== undefined,
    async close() {
      closing = true;
      waiting?.cancel();
      await running;
    },
  };
}
