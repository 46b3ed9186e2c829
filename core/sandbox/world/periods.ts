import { energyOf, type Step } from './course.ts';
import { DAY_SECONDS, localMoment, utcSeconds } from './local-time.ts';
import type { Component, Dimension, Pricing, Restrictions } from './tariff-book.ts';

/** A stretch of a session in which nothing that matters for the price changes. */
export interface Period extends Step {
  /** Seconds since the epoch. */
  readonly start: number;
  /** Wh. */
  readonly energy: number;
  /** What one of a dimension costs in it, at most one component each; a dimension without one is free. */
  readonly prices: Readonly<Partial<Record<Dimension, Component>>>;
}

interface Circumstances {
  readonly step: Step;
  /** Local time of day, and weekday from 1 (Monday) on. */
  readonly second: number;
  readonly weekday: number;
  /** Seconds since the session began. */
  readonly since: number;
}

/** Cuts the steps of a session wherever another price begins, and tells the prices of each piece (digest 6.4). */
export function periodsOf(steps: readonly Step[], start: number, tariff: Pricing): Period[] {
  const { standardOffset } = tariff.country;
  const duration = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const cuts = cutsWithin(tariff, start, duration);
  const periods: Period[] = [];
  let at = start;
  for (const step of steps) {
    const end = at + step.seconds;
    for (const next of [...cuts.filter(cut => cut > at && cut < end), end]) {
      const piece = { ...step, seconds: next - at };
      // Only the end of a step knows how full the battery is.
      if (next !== end) delete piece.stateOfCharge;
      const { second, weekday } = localMoment(at, standardOffset);
      const prices = pricesIn(tariff, { step, second, weekday, since: at - start });
      periods.push({ ...piece, start: at, energy: energyOf(piece), prices });
      at = next;
    }
  }
  return periods;
}

/** The moments within a session at which restrictions of the tariff may begin or end to match, in order. */
function cutsWithin({ elements, country }: Pricing, start: number, duration: number): number[] {
  const moments = new Set<number>();
  const today = localMoment(start, country.standardOffset).day;
  const days = Math.ceil(duration / DAY_SECONDS) + 1;
  for (const { when } of elements) {
    if (!when) continue;
    for (const limit of [when.leastSeconds, when.mostSeconds]) if (limit !== undefined) moments.add(start + limit);
    const hours = [when.fromHour, when.untilHour, ...(when.weekdays ? [0] : [])];
    for (const hour of hours) {
      if (hour === undefined) continue;
      for (let day = today; day <= today + days; day++) {
        moments.add(utcSeconds({ day, second: hour * 3_600 }, country.standardOffset));
      }
    }
  }
  return [...moments].sort((left, right) => left - right);
}

/** For each dimension the first element that has a component of it and whose restrictions match. */
function pricesIn({ elements }: Pricing, circumstances: Circumstances): Partial<Record<Dimension, Component>> {
  const prices: Partial<Record<Dimension, Component>> = {};
  for (const { components, when } of elements) {
    if (!matches(when, circumstances)) continue;
    for (const component of components) prices[component.dimension] ??= component;
  }
  return prices;
}

function matches(when: Restrictions = {}, { step, second, weekday, since }: Circumstances): boolean {
  // What a reservation costs is told by elements for reservations; whoever comes and charges does not let it expire.
  if ((step.kind === 'reservation') !== (when.reservation !== undefined)) return false;
  if (when.reservation === 'RESERVATION_EXPIRES') return false;
  if (when.fromHour !== undefined && second < when.fromHour * 3_600) return false;
  if (when.untilHour !== undefined && second >= when.untilHour * 3_600) return false;
  if (when.weekdays && !when.weekdays.includes(weekday)) return false;
  if (when.leastWatts !== undefined && step.watts < when.leastWatts) return false;
  if (when.mostWatts !== undefined && step.watts >= when.mostWatts) return false;
  if (when.leastSeconds !== undefined && since < when.leastSeconds) return false;
  return when.mostSeconds === undefined || since < when.mostSeconds;
}
