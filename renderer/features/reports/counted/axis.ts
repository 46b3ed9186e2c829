/** The lines across a chart, from the lowest to the highest; every value lies between them, and 0 is one of them. */
export interface Axis {
  readonly ticks: readonly number[];
  readonly low: number;
  readonly high: number;
}

const ABOUT = 4;

/** Round steps, about four of them. Values are whole where `whole` says so: then steps are. */
export function axisOf(values: readonly number[], whole: boolean): Axis {
  const high = Math.max(0, ...values);
  const low = Math.min(0, ...values);
  const span = high - low;
  if (span === 0) return { ticks: [0, 1], low: 0, high: 1 };
  const rounded = roundStep(span / ABOUT);
  const step = whole ? Math.ceil(rounded) : rounded;
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => tidy((first + at) * step));
  return { ticks, low: tidy(first * step), high: tidy(last * step) };
}

/** 1, 2, 2.5 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 2.5, 5, 10].find(one => one * power >= least * (1 - 1e-9)) ?? 10;
  return times * power;
}

/** Sums of binary fractions have tails nobody wants to read. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** How far up a value stands, 0 to 1. */
export function placeOf(value: number, { low, high }: Axis): number {
  return (value - low) / (high - low);
}
