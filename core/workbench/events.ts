import type { Clock } from '../clock.ts';
import type { EventBatch } from '../contract/events.ts';
import { createPendingEvents, type Happened, type PendingEvents } from './pending-events.ts';

/** What happened, for whoever looks: told by the parts, heard in batches. While nobody listens, telling does nothing. */
export interface EventHub {
  tell(happened: Happened): void;
  /** The first batch at once, the others when something happened, at least 50 ms apart, until the listener has gone. */
  watch(signal?: AbortSignal): AsyncGenerator<EventBatch, void>;
}

/** Milliseconds. */
const APART = 50;

export function createEventHub(clock: Clock): EventHub {
  const listeners = new Set<PendingEvents>();
  let newest = 0;
  return {
    tell(happened) {
      if (happened.kind === 'exchanges' && happened.newest > newest) newest = happened.newest;
      for (const pending of listeners) pending.add(happened);
    },
    watch: async function* (signal) {
      let wake: () => void = () => {};
      const pending = createPendingEvents({ newest, filled: () => wake() });
      const gone = () => wake();
      listeners.add(pending);
      signal?.addEventListener('abort', gone, { once: true });
      try {
        pending.add({ kind: 'everything' });
        while (!signal?.aborted) {
          if (pending.isEmpty()) {
            await new Promise<void>(resolve => {
              wake = resolve;
              if (signal?.aborted) resolve();
            });
            continue;
          }
          const given = clock.elapsed();
          // What happens while the listener is busy with this one joins the next.
          yield pending.take();
          const rest = given + APART - clock.elapsed();
          if (rest > 0 && !signal?.aborted) await pause(clock, rest, signal);
        }
      } finally {
        listeners.delete(pending);
        signal?.removeEventListener('abort', gone);
      }
    },
  };
}

async function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
