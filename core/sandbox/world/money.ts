/**
 * Exact decimal arithmetic in whole numbers: money in ten-thousandths of a currency unit, energy in Wh,
 * time in seconds. Products stay far below 2^53.
 */

/** Net and gross of one amount, in ten-thousandths. */
export interface Amount {
  readonly net: number;
  /** Equal to `net` where no tax applies. */
  readonly gross: number;
}

export const NOTHING: Amount = { net: 0, gross: 0 };

/** Wh as kWh. */
export function kilowattHours(wattHours: number): number {
  return wattHours / 1_000;
}

/** A whole number of ten-thousandths as the number that is written with up to four decimals. */
export function fourDecimals(tenThousandths: number): number {
  return tenThousandths / 10_000;
}

/** `dividend / divisor`, halves rounded up; whole numbers, not negative. */
export function divideRounded(dividend: number, divisor: number): number {
  const doubled = 2 * dividend + divisor;
  return (doubled - (doubled % (2 * divisor))) / (2 * divisor);
}

/** Up to the next multiple. */
export function roundUp(value: number, step: number): number {
  const over = value % step;
  return over === 0 ? value : value - over + step;
}

/** An amount with tax: `vat` is a percentage with at most one decimal; undefined where no tax applies. */
export function withTax(net: number, vat: number | undefined): Amount {
  return { net, gross: vat === undefined ? net : divideRounded(net * (1_000 + Math.round(vat * 10)), 1_000) };
}

/** A price with its tax in it, unrounded: at most seven decimals, which a double holds exactly enough to print them. */
export function grossPrice(net: number, vat: number): number {
  return (net * (1_000 + Math.round(vat * 10))) / 10_000_000;
}

export function add(left: Amount, right: Amount): Amount {
  return { net: left.net + right.net, gross: left.gross + right.gross };
}
