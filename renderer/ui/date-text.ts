const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/;

/** `2026-11-22`; undefined where that is no day there is. */
export function readDay(text: string): string | undefined {
  const [day, year, month, date] = DAY.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const there = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return there.getUTCMonth() === Number(month) - 1 && there.getUTCDate() === Number(date) ? day : undefined;
}

/** `2026-11-22 10:40` as `2026-11-22T10:40`, seconds where there are any; undefined where that is no moment there is. */
export function readLocalMoment(text: string): string | undefined {
  const [, day = '', hours, minutes, seconds] = MOMENT.exec(text.trim()) ?? [];
  if (readDay(day) === undefined) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  return `${day}T${hours}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`;
}
