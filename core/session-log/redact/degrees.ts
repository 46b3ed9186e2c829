const DECIMAL = /^(\s*[+-]?)(\d{1,3})\.(\d{3,})(\s*)$/;
const KEPT = 2;

/**
 * A coordinate rounded to two decimals (about a kilometre), as long as it was: what is behind them becomes zeros. Undefined for
 * what is no coordinate or has nothing to round.
 */
export function rounded(written: string): string | undefined {
  const match = DECIMAL.exec(written);
  if (!match) return undefined;
  const [, sign = '', whole = '', decimals = '', blanks = ''] = match;
  const hundredths = Number(`${whole}${decimals.slice(0, KEPT)}`) + (decimals.charCodeAt(KEPT) >= 0x35 ? 1 : 0);
  const digits = String(hundredths).padStart(whole.length + KEPT, '0');
  const point = digits.length - KEPT;
  const made = `${sign}${digits.slice(0, point)}.${digits.slice(point).padEnd(decimals.length, '0')}${blanks}`;
  return made === written ? undefined : made;
}
