import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { type HeldClock, heldClock } from '../sandbox/life/held-clock.ts';

/** Requests under way between workbenches of this process, as Node tells of them. */
interface Traffic {
  /** Begun a short while ago and not over: what takes longer waits for the clock. */
  isBusy(): boolean;
  stop(): void;
}

/** Real milliseconds; a busy machine takes its time over an answer, which then must not come too late by the clock. */
const PATIENCE = 1_500;
const STARTED = 'http.client.request.start';

function watchTraffic(): Traffic {
  const began = new Map<ClientRequest, number>();
  const begin = (message: unknown) => {
    const { request } = message as { readonly request: ClientRequest };
    began.set(request, performance.now());
    request.once('close', () => began.delete(request));
  };
  subscribe(STARTED, begin);
  return {
    isBusy: () => {
      for (const [request, at] of began) if (performance.now() - at > PATIENCE) began.delete(request);
      return began.size > 0;
    },
    stop: () => void unsubscribe(STARTED, begin),
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
