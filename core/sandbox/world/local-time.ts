/**
 * Local time by the summer time rules of the European Union, which every country of the world keeps: from 01:00 UTC on the
 * last Sunday of March to 01:00 UTC on the last Sunday of October. Worked out here, because the time zone data of runtimes
 * changes with their version.
 */
export interface LocalMoment {
  /** Days since 1 January 1970, local. */
  readonly day: number;
  /** ISO: 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Seconds since local midnight, as the clock on the wall shows them. */
  readonly second: number;
}

export const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** What the clocks show at a moment (seconds since the epoch), where winter time is so many minutes ahead of UTC. */
export function localMoment(epochSeconds: number, standardOffset: number): LocalMoment {
  const local = epochSeconds + offsetSeconds(epochSeconds, standardOffset);
  const day = Math.floor(local / DAY_SECONDS);
  return { day, weekday: weekdayOf(day), second: local - day * DAY_SECONDS };
}

/** The moment at which the clocks show a time; an hour off within the hour that is skipped or doubled. */
export function utcSeconds(
  { day, second }: { readonly day: number; readonly second: number },
  standardOffset: number,
): number {
  const local = day * DAY_SECONDS + second;
  return local - offsetSeconds(local - standardOffset * 60, standardOffset);
}

/** 1 is Monday, 7 is Sunday; day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function offsetSeconds(epochSeconds: number, standardOffset: number): number {
  const year = new Date(epochSeconds * 1000).getUTCFullYear();
  const summer = epochSeconds >= lastSundayAtOne(year, 2) && epochSeconds < lastSundayAtOne(year, 9);
  return standardOffset * 60 + (summer ? HOUR_SECONDS : 0);
}

/** For months of 31 days, counted from 0. */
function lastSundayAtOne(year: number, month: number): number {
  const lastDay = Date.UTC(year, month, 31) / (DAY_SECONDS * 1000);
  return (lastDay - (weekdayOf(lastDay) % 7)) * DAY_SECONDS + HOUR_SECONDS;
}
