/**
 * An exact number: `top` over `bottom`, and `bottom` is above zero. Money and volumes of a bill are counted in these: 20 minutes
 * are a third of an hour, and a price with 21 % of tax in it is one of 121 parts, which no decimal number holds. Nothing is
 * rounded before it is written. Not reduced to lowest terms: compare with `compare`, never by field.
 */
export interface Ratio {
  readonly top: bigint;
  readonly bottom: bigint;
}

export const ZERO: Ratio = { top: 0n, bottom: 1n };
export const ONE: Ratio = { top: 1n, bottom: 1n };

/** Decimals of a number that has no end. */
const DIGITS = 12;
/** A finite number of more decimals than this does not occur: those of a volume, a price and a percentage together are below. */
const MOST_DIGITS = 36;
const FINEST = 10n ** BigInt(MOST_DIGITS);
/** How many decimals a number of so many parts has: 3 of 1000. Most bottoms are among them. */
const DECIMALS_OF: ReadonlyMap<bigint, number> = new Map(
  Array.from({ length: 25 }, (_, digits) => [10n ** BigInt(digits), digits]),
);
const SCALE = 10n ** 18n;
/** From here on terms are reduced, so that sums of many different fractions stay small. */
const LARGE = 10n ** 24n;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Beyond all bills; what is larger was not meant as a number of kWh, hours or money. */
const LARGEST = 1e12;

export function ratio(top: bigint | number, bottom: bigint | number = 1n): Ratio {
  return { top: BigInt(top), bottom: BigInt(bottom) };
}

/** A JSON number, or the text of one (T45), exactly as it is written; undefined for anything else and for what no bill holds. */
export function readDecimal(value: unknown): Ratio | undefined {
  if (typeof value === 'number') {
    if (!(Math.abs(value) < LARGEST)) return undefined;
    if (Number.isInteger(value)) return { top: BigInt(value), bottom: 1n };
  } else if (typeof value !== 'string' || value.length > 40) return undefined;
  const parts = DECIMAL.exec(String(value).trim());
  if (parts === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  const read: Ratio =
    scale > 0 ? { top: digits, bottom: 10n ** BigInt(scale) } : { top: digits * 10n ** BigInt(-scale), bottom: 1n };
  return Math.abs(Number(value)) < LARGEST ? read : undefined;
}

/** How many decimals a JSON number or its text is written with: 2 of `0.25`. */
export function decimalsOf(value: unknown): number {
  const parts = DECIMAL.exec(String(value).trim());
  return parts === null ? 0 : Math.max(0, (parts[3] ?? '').length - Number(parts[4] ?? 0));
}

export function add(left: Ratio, right: Ratio): Ratio {
  if (left.bottom === right.bottom) return { top: left.top + right.top, bottom: left.bottom };
  if (left.bottom % right.bottom === 0n) {
    return { top: left.top + right.top * (left.bottom / right.bottom), bottom: left.bottom };
  }
  if (right.bottom % left.bottom === 0n) {
    return { top: left.top * (right.bottom / left.bottom) + right.top, bottom: right.bottom };
  }
  return reduce(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom);
}

export function negate({ top, bottom }: Ratio): Ratio {
  return { top: -top, bottom };
}

export function subtract(left: Ratio, right: Ratio): Ratio {
  return add(left, negate(right));
}

export function multiply(left: Ratio, right: Ratio): Ratio {
  const bottom = left.bottom * right.bottom;
  const top = left.top * right.top;
  return bottom > LARGE ? reduce(top, bottom) : { top, bottom };
}

/** `right` is not zero. */
export function divide(left: Ratio, right: Ratio): Ratio {
  const sign = right.top < 0n ? -1n : 1n;
  return reduce(left.top * right.bottom * sign, left.bottom * right.top * sign);
}

export function sumOf(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce(add, ZERO);
}

/** Below zero where the left one is less, zero where they are equal. */
export function compare(left: Ratio, right: Ratio): number {
  const difference =
    left.bottom === right.bottom ? left.top - right.top : left.top * right.bottom - right.top * left.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function distance(left: Ratio, right: Ratio): Ratio {
  const difference = subtract(left, right);
  return difference.top < 0n ? negate(difference) : difference;
}

/** The least whole number that is not below. */
export function ceiling({ top, bottom }: Ratio): bigint {
  const whole = top / bottom;
  return top > 0n && top % bottom !== 0n ? whole + 1n : whole;
}

/** To so many decimals: half away from zero unless said. */
export function roundTo(value: Ratio, digits: number, way: 'half' | 'up' | 'down' = 'half'): Ratio {
  const scale = 10n ** BigInt(digits);
  const scaled = value.top * scale;
  const whole = scaled / value.bottom;
  const rest = scaled % value.bottom;
  const size = rest < 0n ? -rest : rest;
  const away = way === 'up' ? size > 0n : way === 'half' && size * 2n >= value.bottom;
  return { top: away ? whole + (scaled < 0n ? -1n : 1n) : whole, bottom: scale };
}

/** Whether decimals write it without an end. */
export function hasEnd({ top, bottom }: Ratio): boolean {
  return DECIMALS_OF.has(bottom) || (top * FINEST) % bottom === 0n;
}

/** Exact where that has an end, else rounded to twelve decimals. */
export function write(value: Ratio): string {
  const digits = DECIMALS_OF.get(value.bottom);
  if (digits !== undefined) return written(value.top, digits);
  const scaled = value.top * FINEST;
  if (scaled % value.bottom === 0n) return written(scaled / value.bottom, MOST_DIGITS);
  return written(roundTo(value, DIGITS).top, DIGITS);
}

/** For people: up to so many decimals, half away from zero, and at least two. */
export function writeAmount(value: Ratio, digits = 4): string {
  const text = written(roundTo(value, digits).top, digits);
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** Nearly: for comparing with a tolerance, never for money that is shown. */
export function toNumber({ top, bottom }: Ratio): number {
  if (bottom === 1n) return Number(top);
  const [over, under] = [Number(top), Number(bottom)];
  // Sums with a number such as 1e-320 have terms that no number holds, though what they say is one.
  return Number.isFinite(over) && Number.isFinite(under)
    ? over / under
    : Number((top * SCALE) / bottom) / Number(SCALE);
}

function written(scaled: bigint, digits: number): string {
  const sign = scaled < 0n ? '-' : '';
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  let end = text.length;
  while (end > text.length - digits && text.charCodeAt(end - 1) === 48) end--;
  const fraction = text.slice(text.length - digits, end);
  return `${sign}${text.slice(0, text.length - digits)}${fraction === '' ? '' : `.${fraction}`}`;
}

function reduce(top: bigint, bottom: bigint): Ratio {
  let [larger, smaller] = [top < 0n ? -top : top, bottom];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger > 1n ? { top: top / larger, bottom: bottom / larger } : { top, bottom };
}
