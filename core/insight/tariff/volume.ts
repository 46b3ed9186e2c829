import { add, compare, decimalsOf, distance, type Ratio, ratio, readDecimal, toNumber } from './ratio.ts';

const MS_OF_HOUR = 3_600_000;
/** Numbers have four decimals unless said otherwise (T45): what was used is known to half of the last one. */
const HALF_OF_FOURTH = 0.00005;

/** So many kWh or hours. */
export interface Volume {
  readonly amount: Ratio;
  /** How far the true volume may be from it, because it was rounded where it was written. */
  readonly slack: number;
  /** How far it may be above a whole step only because it was rounded. */
  readonly rounded: number;
}

export function readEnergy(value: unknown): Volume | undefined {
  const amount = readDecimal(value);
  return amount && { amount, slack: HALF_OF_FOURTH, rounded: roundingOf(decimalsOf(value)) };
}

/**
 * Hours as they are meant. 16 minutes are no finite decimal of hours: 0.2667 stands for 960 seconds. Where the written number is
 * that of whole seconds, rounded or cut off, those are taken: the seconds between two periods if they fit (by three decimals or
 * more), else the whole second that is within one of the last of four or more decimals. Sums and step sizes then come out exactly, and nobody pays for
 * a step more because of a rounded decimal. All else is taken as it is written.
 */
export function readHours(value: unknown, spanMs: number | undefined): Volume | undefined {
  const written = readDecimal(value);
  if (written === undefined) return undefined;
  const decimals = decimalsOf(value);
  const meant = (seconds: Ratio): Volume => {
    const apart = toNumber(distance(written, seconds));
    // 1.5 may be all that is left of 1.5005, and it may be an hour and a half: a step more is due for certain by neither.
    return { amount: seconds, slack: Math.max(HALF_OF_FOURTH, apart), rounded: decimals < 3 ? apart : 0 };
  };
  if (spanMs !== undefined && spanMs > 0) {
    const span = ratio(spanMs, MS_OF_HOUR);
    if (isWithin(written, span, Math.max(decimals, 3))) return meant(span);
  }
  if (decimals >= 4) {
    const seconds = ratio(Math.round(toNumber(written) * 3600), 3600);
    if (isWithin(written, seconds, decimals)) return meant(seconds);
  }
  return { amount: written, slack: HALF_OF_FOURTH, rounded: roundingOf(decimals) };
}

/** Two parts of one volume. */
export function bothOf(one: Volume, other: Volume): Volume {
  return {
    amount: add(one.amount, other.amount),
    slack: one.slack + other.slack,
    rounded: one.rounded + other.rounded,
  };
}

/** No date is later. */
const END_OF_DATES = Date.UTC(10_000, 0);

/** So many hours after a moment; undefined where those hours were never meant as such. */
export function momentAfter(from: number, hours: Ratio): number | undefined {
  const at = from + Math.round(toNumber(hours) * MS_OF_HOUR);
  return at >= from && at < END_OF_DATES ? at : undefined;
}

/** The time between two moments. */
export function spanOf(ms: number): Volume {
  return { amount: ratio(ms, MS_OF_HOUR), slack: 0, rounded: 0 };
}

/** One of the last decimal; binary fractions write sixteen of them, the last of which means nothing. */
function isWithin(left: Ratio, right: Ratio, decimals: number): boolean {
  return compare(distance(left, right), ratio(1n, 10n ** BigInt(Math.min(decimals, 9)))) <= 0;
}

/** A number of few decimals was hardly rounded. */
function roundingOf(decimals: number): number {
  return decimals >= 4 ? 0.5 * 10 ** -decimals : 0;
}
