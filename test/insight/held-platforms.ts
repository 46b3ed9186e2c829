import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type HeldClock, heldClock } from '../sandbox/life/held-clock.ts';

/** Requests under way between workbenches of this process, as undici tells of them. */
interface Traffic {
  /** Begun a short while ago and not over: what takes longer waits for the clock. */
  isBusy(): boolean;
  stop(): void;
}

/** Real milliseconds. */
const PATIENCE = 30;

function watchTraffic(): Traffic {
  const began = new Map<unknown, number>();
  const requestIn = (message: unknown): unknown => (message as { readonly request?: unknown }).request;
  const begin = (message: unknown) => {
    began.set(requestIn(message), performance.now());
  };
  const end = (message: unknown) => {
    began.delete(requestIn(message));
  };
  const channels = [
    ['undici:request:create', begin],
    ['undici:request:trailers', end],
    ['undici:request:error', end],
  ] as const;
  for (const [channel, heard] of channels) subscribe(channel, heard);
  return {
    isBusy: () => {
      for (const [request, at] of began) if (performance.now() - at > PATIENCE) began.delete(request);
      return began.size > 0;
    },
    stop: () => {
      for (const [channel, heard] of channels) unsubscribe(channel, heard);
    },
  };
}

export interface HeldPlatforms {
  readonly clock: HeldClock;
  /** Lets simulated time pass, while nothing is under way only. */
  pass(ms: number): Promise<void>;
  /** Lets it pass until something has come about. */
  until<T>(promise: Promise<T>): Promise<T>;
  stop(): void;
}

/** Shorter than any time limit of the wire, so that time does not run away from an answer. */
const STEP = 9_000;
const TURNS = 12;

/** A clock for several workbenches that stands still while they talk to each other, so that a day takes seconds. */
export function holdPlatforms(begin: number): HeldPlatforms {
  const clock = heldClock(begin);
  const traffic = watchTraffic();
  const step = async (ms: number) => {
    await clock.pass(ms);
    // What was just set off writes it down before it sends anything.
    for (let turn = 0; turn < TURNS; turn++) await new Promise<void>(resolve => setImmediate(resolve));
    while (traffic.isBusy()) await new Promise(resolve => setTimeout(resolve, 1));
  };
  return {
    clock,
    pass: async ms => {
      for (let left = ms; left > 0; left -= STEP) await step(Math.min(STEP, left));
    },
    until: async promise => {
      let done = false;
      const settled = promise.finally(() => {
        done = true;
      });
      settled.catch(() => {});
      while (!done) {
        await step(100);
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      return settled;
    },
    stop: traffic.stop,
  };
}
