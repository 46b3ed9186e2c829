/** Time as the rest of the house sees it. The only file with timers, so that a test can hold time still. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds with fractions; only differences mean something. */
  elapsed(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `late` once after `ms` unless cancelled; never keeps the process alive. */
  deadline(ms: number, late: () => void): Deadline;
}

export interface Deadline {
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
  deadline: (ms, late) => {
    const timer = setTimeout(late, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
