import type { Doubts } from './doubts.ts';
import { type Above, type Flows, isAtLeast } from './power.ts';
import { compare, type Ratio } from './ratio.ts';
import { asksForZone, type Restrictions } from './restrictions.ts';
import { localTime, type ZoneClock } from './zones.ts';

/** What restrictions are held against: the begin of a stretch within which no answer changes. */
export interface Moment {
  /** Milliseconds since the epoch; undefined where nobody told. */
  readonly at: number | undefined;
  /** Milliseconds since the session began. */
  readonly since: number | undefined;
  /** Used so far. */
  readonly kwh: Ratio;
  readonly flows: Flows;
  readonly clock: ZoneClock;
}

/** `unsure`: what is told of the moment would allow the other answer as well. */
export interface Match {
  readonly holds: boolean;
  readonly unsure: boolean;
}

const YES: Match = { holds: true, unsure: false };
const NO: Match = { holds: false, unsure: false };

/** Whether an element is in force at a moment: all that is set must hold (digest 6.4). Minima are inclusive, maxima exclusive. */
export function matches(restrictions: Restrictions | undefined, moment: Moment, doubts: Doubts): Match {
  if (restrictions === undefined) return YES;
  const { leastKwh, mostKwh } = restrictions;
  if (leastKwh !== undefined && compare(moment.kwh, leastKwh) < 0) return NO;
  if (mostKwh !== undefined && compare(moment.kwh, mostKwh) >= 0) return NO;
  const timed = matchTimes(restrictions, moment, doubts);
  if (!timed.holds && !timed.unsure) return NO;
  const flowing = matchFlows(restrictions, moment.flows, doubts);
  if (!flowing.holds && !flowing.unsure) return NO;
  return { holds: timed.holds && flowing.holds, unsure: timed.unsure || flowing.unsure };
}

function matchTimes(restrictions: Restrictions, { at, since, clock }: Moment, doubts: Doubts): Match {
  const { leastMs, mostMs } = restrictions;
  const asks = asksForZone(restrictions);
  if ((asks && at === undefined) || ((leastMs ?? mostMs) !== undefined && since === undefined)) {
    doubts.add(
      'moment-unknown',
      'Prices depend on the time, and a period does not tell when it was: elements that depend on it are left out.',
      true,
    );
    return { holds: false, unsure: true };
  }
  if (leastMs !== undefined && (since ?? 0) < leastMs) return NO;
  if (mostMs !== undefined && (since ?? 0) >= mostMs) return NO;
  return !asks || isLocally(restrictions, localTime(at ?? 0, clock)) ? YES : NO;
}

function isLocally(
  { fromTime = 0, untilTime = 86_400_000, fromDay, untilDay, weekdays }: Restrictions,
  { day, ofDay }: { readonly day: number; readonly ofDay: number },
): boolean {
  if (fromDay !== undefined && day < fromDay) return false;
  if (untilDay !== undefined && day >= untilDay) return false;
  // The first of January 1970 was a Thursday.
  if (weekdays !== undefined && !weekdays.has((((day + 3) % 7) + 7) % 7)) return false;
  if (untilTime > fromTime) return ofDay >= fromTime && ofDay < untilTime;
  // Over midnight, or, where both are the same, all day long.
  return ofDay >= fromTime || ofDay < untilTime;
}

function matchFlows(restrictions: Restrictions, { ampere, kw }: Flows, doubts: Doubts): Match {
  const asked: readonly (readonly [Above, boolean])[] = [
    ...ask(restrictions.leastAmpere, limit => [isAtLeast(ampere, limit), true] as const),
    ...ask(restrictions.mostAmpere, limit => [isAtLeast(ampere, limit), false] as const),
    ...ask(restrictions.leastKw, limit => [isAtLeast(kw, limit), true] as const),
    ...ask(restrictions.mostKw, limit => [isAtLeast(kw, limit), false] as const),
  ];
  if (asked.some(([{ derived }]) => derived)) {
    doubts.add('power-average', 'Prices depend on the power: the average of each period was taken for it.', false);
  }
  if (asked.some(([{ holds, unsure }, wanted]) => holds !== wanted && !unsure)) return NO;
  if (asked.some(([{ unsure }]) => unsure)) {
    doubts.add(
      'power-unknown',
      'Prices depend on current or power, and a period does not tell it, or tells one close to the limit.',
      true,
    );
    return { holds: asked.every(([{ holds }, wanted]) => holds === wanted), unsure: true };
  }
  return YES;
}

function ask<Answer>(limit: number | undefined, answer: (limit: number) => Answer): Answer[] {
  return limit === undefined ? [] : [answer(limit)];
}
