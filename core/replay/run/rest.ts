import type { Clock } from '../../clock.ts';
import type { Control } from './control.ts';

/** Timers have a limit; whoever waits longer comes back. */
const LONGEST_MS = 3_600_000;

export interface Resting {
  readonly clock: Clock;
  readonly control: Control;
  readonly signal: AbortSignal;
}

/** Resolves after `ms`, or as soon as the operator does something or the signal aborts. Never rejects. */
export async function rest(ms: number, { clock, control, signal }: Resting): Promise<void> {
  const woken = new AbortController();
  const wake = () => woken.abort();
  const deaf = control.onChange(wake);
  signal.addEventListener('abort', wake, { once: true });
  if (signal.aborted) wake();
  // Ends early for one of two reasons, which whoever waits looks for itself.
  await clock.sleep(Math.min(ms, LONGEST_MS), woken.signal).catch(() => {});
  deaf();
  signal.removeEventListener('abort', wake);
}

/** A signal that aborts when nothing more is to be waited for: the replay is stopped, or cancelled. */
export function untilStopped({ control, signal }: Omit<Resting, 'clock'>): {
  readonly signal: AbortSignal;
  end(): void;
} {
  const over = new AbortController();
  const look = () => {
    if (control.state().stopped || signal.aborted) over.abort();
  };
  const deaf = control.onChange(look);
  signal.addEventListener('abort', look, { once: true });
  look();
  return {
    signal: over.signal,
    end() {
      deaf();
      signal.removeEventListener('abort', look);
    },
  };
}
