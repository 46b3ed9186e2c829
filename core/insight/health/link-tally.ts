import type { HourFigures } from './observations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Hours before now of which something is told. */
const HOURS = 24;
/** Durations are counted in steps of one in a hundred, so the 95th of 100 is right to half of that. */
const STEP = Math.log(1.01);

/** One exchange, as far as it counts. Times in milliseconds since the epoch, the duration in milliseconds. */
export interface TalliedExchange {
  readonly startedAt: number;
  readonly failed: boolean;
  /** How long an answer of theirs took; null where it is none. */
  readonly answeredIn: number | null;
}

/** An hour of the clock. */
export interface TalliedHour {
  readonly at: number;
  readonly exchanges: number;
  readonly failed: number;
  readonly p95Ms: number | null;
}

/** Exchanges of one link, counted by the minute; what is older than a day is forgotten. */
export interface LinkTally {
  add(exchange: TalliedExchange): void;
  /** Of the 60 minutes before `now`. */
  lastHour(now: number): HourFigures;
  /** 24 hours of the clock, oldest first; the last is the one `now` lies in. */
  hours(now: number): TalliedHour[];
  /** Forgets what is too old to be asked for. */
  forget(now: number): void;
}

interface Slot {
  exchanges: number;
  failed: number;
  answers: number;
  readonly durations: Map<number, number>;
}

export function createLinkTally(): LinkTally {
  const slots = new Map<number, Slot>();

  /** Minutes in (after, upTo]. */
  const sum = (after: number, upTo: number): HourFigures => {
    const all: Slot = { exchanges: 0, failed: 0, answers: 0, durations: new Map() };
    for (let minute = after + 1; minute <= upTo; minute++) {
      const slot = slots.get(minute);
      if (slot === undefined) continue;
      all.exchanges += slot.exchanges;
      all.failed += slot.failed;
      all.answers += slot.answers;
      for (const [step, count] of slot.durations) all.durations.set(step, (all.durations.get(step) ?? 0) + count);
    }
    return { exchanges: all.exchanges, failed: all.failed, answers: all.answers, p95Ms: p95Of(all) };
  };

  return {
    add({ startedAt, failed, answeredIn }) {
      const minute = Math.floor(startedAt / MINUTE);
      const slot = slots.get(minute) ?? { exchanges: 0, failed: 0, answers: 0, durations: new Map<number, number>() };
      slots.set(minute, slot);
      slot.exchanges++;
      if (failed) slot.failed++;
      if (answeredIn === null) return;
      slot.answers++;
      const step = Math.round(Math.log(Math.max(1, answeredIn)) / STEP);
      slot.durations.set(step, (slot.durations.get(step) ?? 0) + 1);
    },
    lastHour(now) {
      const minute = Math.floor(now / MINUTE);
      return sum(minute - 60, minute);
    },
    hours(now) {
      const newest = Math.floor(now / HOUR);
      return Array.from({ length: HOURS }, (_, place) => {
        const hour = newest - HOURS + 1 + place;
        const { exchanges, failed, p95Ms } = sum(hour * 60 - 1, hour * 60 + 59);
        return { at: hour * HOUR, exchanges, failed, p95Ms };
      });
    },
    forget(now) {
      const oldest = (Math.floor(now / HOUR) - HOURS) * 60;
      for (const minute of slots.keys()) if (minute < oldest) slots.delete(minute);
    },
  };
}

/** As many answers as this took longer than 95 of 100. */
function p95Of({ answers, durations }: Slot): number | null {
  if (answers === 0) return null;
  let left = Math.ceil(answers * 0.95);
  for (const [step, count] of [...durations].sort(([one], [other]) => one - other)) {
    left -= count;
    if (left <= 0) return Math.round(Math.exp(step * STEP));
  }
  throw new Error('fewer durations than answers');
}

/** From when on exchanges are asked for. Milliseconds since the epoch. */
export function talliedSince(now: number): number {
  return (Math.floor(now / HOUR) - HOURS) * HOUR;
}
