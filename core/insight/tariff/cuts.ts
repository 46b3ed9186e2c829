import { compare, divide, ONE, type Ratio, ratio, subtract, toNumber, ZERO } from './ratio.ts';
import type { Terms } from './terms.ts';
import type { ZoneClock } from './zones.ts';

const DAY = 86_400_000;
/** A period that lasts longer is an error of its dates, and would have to be cut at each of its midnights. */
const LONGEST = 100 * DAY;

/** Where within a period another price may begin: from 0 to 1 of it. */
export interface Cut {
  readonly share: Ratio;
  /** Milliseconds since the epoch; undefined where the period does not tell when it was. */
  readonly at: number | undefined;
  /** Told by the clock, or by the energy used so far. */
  readonly by: 'time' | 'energy';
}

export interface ToCut {
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** kWh used before, and within. */
  readonly before: Ratio;
  readonly within: Ratio;
  /** When the session began: what durations are counted from. */
  readonly began: number | undefined;
  readonly clock: ZoneClock;
}

/**
 * The places within a period at which restrictions of a tariff may begin or cease to hold, in order, without begin and end of the
 * period. Those of the clock are exact; energy flows evenly.
 */
export function cutsWithin(terms: Terms, period: ToCut): readonly Cut[] {
  const { times, durations, energies } = terms;
  if (times.length === 0 && durations.length === 0 && energies.length === 0) return [];
  const cuts = [...timeCuts(terms, period), ...energyCuts(terms, period)];
  cuts.sort((left, right) => compare(left.share, right.share));
  return cuts.filter((cut, place) => {
    const last = cuts[place - 1];
    return last === undefined || compare(last.share, cut.share) !== 0;
  });
}

/** Whether prices depend on the time within a period that is too long to be cut. */
export function isTooLong({ times, durations }: Terms, { from = 0, to = 0 }: Pick<ToCut, 'from' | 'to'>): boolean {
  return times.length + durations.length > 0 && to - from > LONGEST;
}

function timeCuts({ times, durations }: Terms, { from, to, began, clock }: ToCut): Cut[] {
  if (from === undefined || to === undefined || to - from > LONGEST) return [];
  const moments = new Set<number>();
  const start = began ?? from;
  for (const duration of durations) moments.add(start + duration);
  if (times.length > 0) for (const moment of localMoments(times, { from, to, clock })) moments.add(moment);
  return [...moments]
    .filter(at => at > from && at < to)
    .map(at => ({ share: ratio(at - from, to - from), at, by: 'time' as const }));
}

/** Times of day by the clocks of the place. An hour that comes twice gives two moments, one that never comes gives none. */
function* localMoments(
  times: readonly number[],
  { from, to, clock }: { readonly from: number; readonly to: number; readonly clock: ZoneClock },
): Generator<number> {
  for (let at = from; at < to; ) {
    const { until, offset } = clock.spanAt(at);
    const end = Math.min(to, until);
    for (let day = Math.floor((at + offset) / DAY); day * DAY - offset < end; day++) {
      for (const time of times) {
        const moment = day * DAY + time - offset;
        if (moment >= at && moment < end) yield moment;
      }
    }
    if (until < to) yield until;
    at = end;
  }
}

function energyCuts({ energies }: Terms, { from, to, before, within }: ToCut): Cut[] {
  if (within.top <= 0n) return [];
  return energies.flatMap((energy): Cut[] => {
    const share = divide(subtract(energy, before), within);
    if (compare(share, ZERO) <= 0 || compare(share, ONE) >= 0) return [];
    const at = from === undefined || to === undefined ? undefined : Math.round(from + (to - from) * toNumber(share));
    return [{ share, at, by: 'energy' }];
  });
}
