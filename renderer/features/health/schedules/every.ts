const UNITS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export type EveryUnit = keyof typeof UNITS;

export const EVERY_UNITS = ['seconds', 'minutes', 'hours', 'days'] as const satisfies readonly EveryUnit[];

/** Beyond a month a schedule is forgotten rather than kept. */
const LONGEST_MS = 31 * UNITS.days;

export interface Every {
  readonly count: number;
  readonly unit: EveryUnit;
}

/** A distance in the largest unit that tells it exactly; what is no whole number of seconds in seconds. */
export function everyOf(ms: number): Every {
  const unit = [...EVERY_UNITS].reverse().find(unit => ms >= UNITS[unit] && ms % UNITS[unit] === 0) ?? 'seconds';
  return { count: ms / UNITS[unit], unit };
}

export type EveryProblem = 'everyMissing' | 'everyNumber' | 'everyShort' | 'everyLong';

/** Milliseconds, or what is wrong with what was typed. A comma stands for a point. */
export function readEvery(text: string, unit: EveryUnit): number | EveryProblem {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return 'everyMissing';
  if (!/^\d{1,7}(\.\d{1,3})?$/.test(typed)) return 'everyNumber';
  const ms = Math.round(Number(typed) * UNITS[unit]);
  if (ms < 1000) return 'everyShort';
  return ms > LONGEST_MS ? 'everyLong' : ms;
}

/** The share, or that it is none from 0 to 50 percent. */
export function readJitter(text: string): number | 'jitterRange' {
  const typed = text.trim().replace(',', '.');
  const percent = Number(typed);
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(typed) || percent > 50) return 'jitterRange';
  return Number((percent / 100).toPrecision(6));
}
