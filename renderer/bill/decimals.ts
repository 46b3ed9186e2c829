/** Arithmetic in exact decimals, as the core writes them: `12.345`, `-0.5`. Nothing is rounded. */

interface Scaled {
  /** The digits, without the point. */
  readonly digits: bigint;
  /** How many of them stand behind it. */
  readonly places: number;
}

function scaled(decimal: string): Scaled {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return { digits: BigInt(`${whole}${fraction}`), places: fraction.length };
}

function printed({ digits, places }: Scaled): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const fraction = text.slice(text.length - places).replace(/0+$/, '');
  return `${sign}${text.slice(0, text.length - places)}${places === 0 || fraction === '' ? '' : `.${fraction}`}`;
}

/** The sum; `0` of none. */
export function sumOf(decimals: readonly string[]): string {
  const all = decimals.map(scaled);
  const places = Math.max(0, ...all.map(one => one.places));
  const digits = all.reduce((sum, one) => sum + one.digits * 10n ** BigInt(places - one.places), 0n);
  return printed({ digits, places });
}

export function negated(decimal: string): string {
  const { digits, places } = scaled(decimal);
  return printed({ digits: -digits, places });
}

/** left - right. */
export function difference(left: string, right: string): string {
  return sumOf([left, negated(right)]);
}
