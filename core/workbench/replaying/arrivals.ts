import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import type { Happened } from '../../replay/ports.ts';
import type { SpokenExchange } from '../../replay/recording.ts';
import type { Recording } from '../recording.ts';
import { spokenOf } from './spoken.ts';

/** What is recorded on a link while a replay goes on. */
export interface Arrivals {
  /** The next one; undefined: none within `ms`, or aborted. */
  next(ms: number, signal: AbortSignal): Promise<Happened | undefined>;
  /** A call of ours for this run, by its exchange, once it is over; asked for once. */
  sent(exchangeId: number): SpokenExchange | undefined;
  close(): void;
}

export interface ArrivalsOptions {
  readonly history: Pick<History, 'exchanges'>;
  readonly recording: Pick<Recording, 'join'>;
  readonly linkId: number;
  readonly runId: number;
  readonly clock: Clock;
}

/** Timers have a limit; whoever waits longer asks again. */
const LONGEST_MS = 3_600_000;

export function createArrivals({ history, recording, linkId, runId, clock }: ArrivalsOptions): Arrivals {
  const waiting: number[] = [];
  let wake: () => void = () => {};
  const joined = recording.join({ linkId, runId }, id => {
    waiting.push(id);
    wake();
  });
  const take = (): Happened | undefined => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      // One that could not be stored is nowhere.
      const record = history.exchanges.record(id);
      if (record !== undefined) return { exchangeIds: [id], spoken: spokenOf(record) };
    }
    return undefined;
  };
  return {
    async next(ms, signal) {
      const there = take();
      if (there !== undefined || ms <= 0 || signal.aborted) return there;
      const woken = new AbortController();
      wake = () => woken.abort();
      signal.addEventListener('abort', wake, { once: true });
      // Ends early for one of two reasons, which are looked for below.
      await clock.sleep(Math.min(ms, LONGEST_MS), woken.signal).catch(() => {});
      signal.removeEventListener('abort', wake);
      wake = () => {};
      return take();
    },
    sent(id) {
      const record = joined.sent(id) ?? history.exchanges.record(id);
      return record && spokenOf(record);
    },
    close: joined.leave,
  };
}
