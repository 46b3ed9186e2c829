import type { Chance } from './chance.ts';

/**
 * Which moment belongs to which object. Within a module the moments grow with the index, so that the objects changed since a
 * date are the last so and so many: found by bisection, without looking at the others.
 */
export interface Ages {
  readonly count: number;
  /** `last_updated` of the object at an index, in seconds since the epoch; never falls as the index grows. */
  at(index: number): number;
}

/** A stretch of objects whose moments lie from `from` up to, but not including, `until`. */
export interface Stretch {
  readonly count: number;
  readonly from: number;
  readonly until: number;
}

/**
 * Each stretch in turn; within it every object has a slot of its own, and a moment somewhere in it by chance. Seconds are
 * whole, so that objects share one where there are more of them than seconds.
 */
export function spread(chance: Chance, stretches: readonly Stretch[]): Ages {
  const count = stretches.reduce((sum, stretch) => sum + stretch.count, 0);
  return {
    count,
    at(index) {
      let first = 0;
      for (const stretch of stretches) {
        if (index < first + stretch.count) {
          const part = (index - first + chance.at('moment', index).fraction('in slot')) / stretch.count;
          return Math.min(stretch.until - 1, stretch.from + Math.floor(part * (stretch.until - stretch.from)));
        }
        first += stretch.count;
      }
      throw new RangeError(`No object ${index} among ${count}`);
    },
  };
}

/** The first index whose moment is not before `seconds`; `count` where there is none. */
export function firstSince({ count, at }: Ages, seconds: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(middle) >= seconds) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Scatters whole numbers below `size`: each comes up once. */
export interface Permutation {
  of(index: number): number;
}

/** A step that has no common divisor with the size visits every number before one comes again. */
export function permutation(chance: Chance, size: number): Permutation {
  const shift = chance.integer('shift', 0, size - 1);
  let step = Math.max(1, Math.floor(size * (0.55 + 0.2 * chance.fraction('step'))));
  while (greatestCommonDivisor(step, size) !== 1) step++;
  return { of: index => (index * step + shift) % size };
}

function greatestCommonDivisor(left: number, right: number): number {
  let [one, two] = [left, right];
  while (two !== 0) [one, two] = [two, one % two];
  return one;
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/**
 * `2026-01-31T12:00:00Z` from seconds since the epoch, for years from 1970 to 9999. As `writeDateTime`, but without a Date and
 * its text in between: moments were a fifth of the time that a page of locations takes.
 */
export function writeMoment(seconds: number): string {
  const day = Math.floor(seconds / 86_400);
  const second = seconds - day * 86_400;
  // Years begin in March here, so that the day that comes and goes is the last one; eras of 400 years are alike.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const date = `${era * 400 + year + (month <= 2 ? 1 : 0)}-${TWO_DIGITS[month]}-${TWO_DIGITS[ofYear - Math.floor((153 * march + 2) / 5) + 1]}`;
  const minute = Math.floor(second / 60);
  return `${date}T${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}Z`;
}
