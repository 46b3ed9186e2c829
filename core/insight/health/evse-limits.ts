import type { HealthThresholds } from '../../contract/health.ts';
import type { Judged } from './judged.ts';
import type { AvailabilityObservation, EvseObservation } from './observations.ts';
import { counted, moment, percent } from './words.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Of what is missing to all of the time: availability is well again when this share of it is made up for. */
const WELL_ABOVE = 0.2;

/** Saying so for days means that nobody looks any more; AVAILABLE may last, PLANNED and REMOVED are settled. */
export const STUCK_STATUSES = ['CHARGING', 'RESERVED', 'BLOCKED', 'OUTOFORDER', 'INOPERATIVE', 'UNKNOWN'] as const;

/** From when on, at the latest, EVSEs with a status are worth a notice; null: never. Milliseconds since the epoch. */
export interface EvseLimits {
  readonly outOfOrderSince: number | null;
  readonly inoperativeSince: number | null;
  readonly stuckSince: number | null;
  /** Locations that could be used for less than this share of a day: what was below its threshold is well only above it. */
  readonly availabilityBelow: number | null;
}

export function evseLimits(limits: HealthThresholds, now: number): EvseLimits {
  const { outOfOrderMinutes, inoperativeMinutes, stuckDays, availability } = limits;
  return {
    outOfOrderSince: outOfOrderMinutes === null ? null : now - outOfOrderMinutes * MINUTE,
    inoperativeSince: inoperativeMinutes === null ? null : now - inoperativeMinutes * MINUTE,
    stuckSince: stuckDays === null ? null : now - stuckDays * DAY,
    availabilityBelow: availability === null ? null : availability + (1 - availability) * WELL_ABOVE,
  };
}

/**
 * What of EVSEs is over its threshold; one that is told as out of order or inoperative is not told as stuck as well. EVSEs
 * that are well may be among them.
 */
export function judgeEvses(seen: readonly EvseObservation[], limits: HealthThresholds, now: number): Judged[] {
  const { outOfOrderMinutes, inoperativeMinutes, stuckDays } = limits;
  const { outOfOrderSince, inoperativeSince, stuckSince } = evseLimits(limits, now);
  return seen.flatMap(one => {
    const { status, since } = one;
    if (status === 'OUTOFORDER' && outOfOrderSince !== null && since <= outOfOrderSince)
      return [about(one, 'evse-out-of-order', forMinutes(outOfOrderMinutes), (outOfOrderMinutes ?? 0) * MINUTE)];
    if (status === 'INOPERATIVE' && inoperativeSince !== null && since <= inoperativeSince)
      return [about(one, 'evse-inoperative', forMinutes(inoperativeMinutes), (inoperativeMinutes ?? 0) * MINUTE)];
    const canBeStuck = (STUCK_STATUSES as readonly string[]).includes(status);
    if (canBeStuck && stuckDays !== null && stuckSince !== null && since < stuckSince)
      return [about(one, 'evse-stuck', `, for more than ${counted(stuckDays, 'day')}`, stuckDays * DAY)];
    return [];
  });
}

function forMinutes(minutes: number | null): string {
  return minutes === null || minutes === 0 ? '' : `, for more than ${counted(minutes, 'minute')}`;
}

function about(
  one: EvseObservation,
  kind: 'evse-out-of-order' | 'evse-inoperative' | 'evse-stuck',
  limit: string,
  allowed: number,
): Judged {
  const { party, location, name, evse, status, since } = one;
  return {
    ...{ kind, party, location, evse, isOver: true, overSince: since + allowed },
    subject: `${party} ${location} ${evse}`.trim(),
    sentence: `EVSE ${evse} at ${placed(location, name)} has said ${status} since ${moment(since)}${limit}.`,
  };
}

/** Of locations that could be used for less than `availabilityBelow`. */
export function judgeAvailability(
  seen: readonly AvailabilityObservation[],
  { availability: limit }: HealthThresholds,
): Judged[] {
  if (limit === null) return [];
  return seen.map(({ party, location, name, evses, availability }) => ({
    ...{ kind: 'availability-low', party, location, evse: null, isOver: availability < limit },
    subject: `${party} ${location}`.trim(),
    sentence: `${counted(evses, 'EVSE')} at ${placed(location, name)} could be used in ${percent(availability)} of the last 24 hours, with ${percent(limit)} as the limit.`,
  }));
}

function placed(location: string, name: string): string {
  return name === '' ? location : `${location} (${name})`;
}
