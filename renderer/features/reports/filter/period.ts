import type { ReportBy } from '../../../../core/contract/reports.ts';
import { localDate } from '../../../ui/time-format.ts';
import type { Narrowing, Period } from '../search.ts';

/** Days, inclusive, as the contract has them. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** The period of an address; days that stand there are meant. */
export function periodOf({ period, from, to }: Narrowing): Period {
  if (from !== undefined || to !== undefined) return 'days';
  return period === undefined || period === 'days' ? '30d' : period;
}

/**
 * The days that are asked for. Periods that go on until now have no end: chargers whose clock is ahead are counted too.
 */
export function daysOf(narrowing: Narrowing, now: Date): Days {
  const { from, to } = narrowing;
  switch (periodOf(narrowing)) {
    case 'today':
      return { from: localDate(now) };
    case '7d':
      return { from: daysBefore(now, 6) };
    case '30d':
      return { from: daysBefore(now, 29) };
    case 'month':
      return { from: `${localDate(now).slice(0, 7)}-01` };
    case 'all':
      return {};
    case 'days':
      return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  }
}

function daysBefore(now: Date, days: number): string {
  return localDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

/** The day after, or the one before; `2026-02-28` and 1 give `2026-03-01`. */
export function shiftedDay(day: string, by: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + by);
  return moment.toISOString().slice(0, 10);
}

/** The month after: `2026-12` gives `2027-01`. */
export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** Days of a bar: undefined where it is no stretch of time. */
export function daysOfKey(by: ReportBy, key: string): Days | undefined {
  if (by === 'day') return { from: key, to: key };
  if (by === 'month') return { from: `${key}-01`, to: shiftedDay(`${nextMonth(key)}-01`, -1) };
  return undefined;
}
