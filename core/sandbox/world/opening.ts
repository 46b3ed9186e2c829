import type { Chance } from './chance.ts';
import type { SiteSort } from './geography/locale.ts';
import { localMoment, utcSeconds, weekdayOf } from './local-time.ts';

/** When a site is open: around the clock, by a weekly table, or nobody says. */
export type Opening =
  | { readonly kind: 'always' | 'unstated' }
  | {
      readonly kind: 'weekly';
      readonly spans: readonly Span[];
      /** Absent means true. */
      readonly chargingWhenClosed?: boolean;
    };

/** Local times of one weekday (1 is Monday), in minutes since midnight. */
export interface Span {
  readonly weekday: number;
  readonly begin: number;
  readonly end: number;
}

type Week = readonly (readonly [firstDay: number, lastDay: number, begin: number, end: number])[];

const LAST_MINUTE = 23 * 60 + 59;
const SHOP: Week = [
  [1, 5, 7 * 60, 22 * 60],
  [6, 7, 8 * 60, 20 * 60],
];
const SMALL_SHOP: Week = [
  [1, 6, 8 * 60 + 30, 13 * 60],
  [1, 6, 16 * 60, 20 * 60 + 30],
];
const OFFICE: Week = [[1, 5, 6 * 60 + 30, 18 * 60 + 30]];
const DAYTIME: Week = [[1, 7, 6 * 60, 22 * 60]];
const NEARLY_ALWAYS: Week = [[1, 7, 5 * 60, LAST_MINUTE]];

/** How often a kind of site states no hours, how often it never closes, and what its week is like else. */
const USUAL: Readonly<
  Record<SiteSort, { readonly unstated: number; readonly always: number; readonly weeks: readonly Week[] }>
> = {
  street: { unstated: 0.1, always: 0.9, weeks: [DAYTIME] },
  lot: { unstated: 0.1, always: 0.75, weeks: [DAYTIME] },
  garage: { unstated: 0.05, always: 0.5, weeks: [NEARLY_ALWAYS, DAYTIME] },
  underground: { unstated: 0.05, always: 0.4, weeks: [NEARLY_ALWAYS, DAYTIME] },
  motorway: { unstated: 0, always: 1, weeks: [DAYTIME] },
  hotel: { unstated: 0.1, always: 0.85, weeks: [DAYTIME] },
  shop: { unstated: 0.05, always: 0.15, weeks: [SHOP, SMALL_SHOP] },
  station: { unstated: 0.05, always: 0.4, weeks: [NEARLY_ALWAYS] },
  office: { unstated: 0.1, always: 0.1, weeks: [OFFICE] },
};

/** `busy` sites have someone charging right now and so do not stop charging when they close. */
export function drawOpening(site: SiteSort, busy: boolean, chance: Chance): Opening {
  const { unstated, always, weeks } = USUAL[site];
  if (chance.happens('unstated', unstated)) return { kind: 'unstated' };
  if (chance.happens('always', always)) return { kind: 'always' };
  const week = chance.pick('week', weeks);
  const spans: Span[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    for (const [first, last, begin, end] of week)
      if (weekday >= first && weekday <= last) spans.push({ weekday, begin, end });
  }
  const when = chance.fraction('charging when closed');
  if (!busy && when < 0.3) return { kind: 'weekly', spans, chargingWhenClosed: false };
  return { kind: 'weekly', spans, ...(when < 0.8 && { chargingWhenClosed: true }) };
}

/** True for sites where nobody can charge outside the hours. */
export function stopsCharging(opening: Opening): opening is Extract<Opening, { kind: 'weekly' }> {
  return opening.kind === 'weekly' && opening.chargingWhenClosed === false;
}

export interface Interval {
  /** Seconds since the epoch. */
  readonly begin: number;
  readonly end: number;
}

/** The last stretch of opening hours that lies wholly before a moment. */
export function lastOpenBefore(spans: readonly Span[], moment: number, standardOffset: number): Interval {
  const today = localMoment(moment, standardOffset).day;
  // A day more than a week: today's hours may not be over, and a week has at least one open day.
  for (let day = today; day >= today - 8; day--) {
    const weekday = weekdayOf(day);
    for (const span of spans.toReversed()) {
      if (span.weekday !== weekday) continue;
      const end = utcSeconds({ day, second: span.end * 60 }, standardOffset);
      if (end <= moment) return { begin: utcSeconds({ day, second: span.begin * 60 }, standardOffset), end };
    }
  }
  throw new RangeError('A week without opening hours');
}

/** `07:00` */
export function writeTimeOfDay(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
