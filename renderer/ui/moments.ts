const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const AGE = /^(\d{1,6})([smhd])$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A moment as people type one: an age (`15m`, `2h`, `7d`), a time of today (`10:40`), `today`, or a date with or without a
 * time, local unless a zone is named. Milliseconds since the epoch; undefined for anything else.
 */
export function readMoment(text: string, now: number): number | undefined {
  const [, count, unit] = AGE.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * UNITS[unit as keyof typeof UNITS];
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  if (text.toLowerCase() === 'today') return day.getTime();
  const [, hours, minutes, seconds = '0'] = CLOCK.exec(text) ?? [];
  if (hours !== undefined) {
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
    return day.setHours(Number(hours), Number(minutes), Number(seconds));
  }
  if (!DATE.test(text)) return undefined;
  // A date alone is taken for UTC by the language, but people mean their own midnight.
  const moment = new Date(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')).getTime();
  return Number.isNaN(moment) ? undefined : moment;
}
