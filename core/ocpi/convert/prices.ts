import type { Price as Price221 } from '../v2_2_1/price.ts';
import type { Price as Price230, PriceLimit } from '../v2_3_0/price.ts';

/** Amounts are written differently in every version (T21). Taxes of which only the sum is known are called VAT. */

type Maybe<T> = T | null | undefined;

/** Without what is not there, so that an absent cost stays absent: it is not free. */
export function mapped<T, U>(value: Maybe<T>, change: (value: T) => U): Maybe<U> {
  if (value === null) return null;
  return value === undefined ? undefined : change(value);
}

export function costTo230({ excl_vat, incl_vat, ...rest }: Price221): Price230 {
  const taxes = mapped(incl_vat, amount => [{ name: 'VAT', amount: money(amount - excl_vat) }]);
  return { ...rest, before_taxes: excl_vat, ...(taxes && { taxes }) };
}

export function costTo221({ before_taxes, taxes, ...rest }: Price230): Price221 {
  const sum = (taxes ?? []).reduce((total, { amount }) => total + amount, before_taxes);
  return { ...rest, excl_vat: before_taxes, ...(taxes && taxes.length > 0 && { incl_vat: money(sum) }) };
}

export function limitTo230({ excl_vat, incl_vat, ...rest }: Price221): PriceLimit {
  return { ...rest, before_taxes: excl_vat, ...(incl_vat !== undefined && { after_taxes: incl_vat }) };
}

export function limitTo221({ before_taxes, after_taxes, ...rest }: PriceLimit): Price221 {
  return { ...rest, excl_vat: before_taxes, ...(after_taxes !== undefined && { incl_vat: after_taxes }) };
}

/** Without the noise that binary fractions add to a sum, a difference or a quotient. */
export function money(amount: number): number {
  return Number(amount.toPrecision(12));
}
