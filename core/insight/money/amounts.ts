import { Decimal } from 'decimal.js';
import type { Amount } from '../../contract/price.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';

const NOTHING: Amount = { before: '0', after: '0' };

const WRITTEN_NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** A number, or the text of one (T45). */
function decimalOf(value: unknown): Decimal | undefined {
  if (typeof value === 'string') return WRITTEN_NUMBER.test(value) ? new Decimal(value) : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? new Decimal(value) : undefined;
}

/**
 * A price in the shape of any version (T21): a number, `excl_vat` and `incl_vat`, `before_taxes` and `taxes`. Undefined for what
 * is none. An amount with taxes that is left out is not the same as the one without.
 */
export function amountOf(price: unknown): Amount | undefined {
  const plain = decimalOf(price);
  if (plain !== undefined) return { before: plain.toFixed(), after: null };
  if (!isJsonObject(price)) return undefined;
  const before = decimalOf(price['before_taxes']) ?? decimalOf(price['excl_vat']);
  const after = decimalOf(price['incl_vat']) ?? taxed(before, price['taxes']);
  if (before === undefined) return after && { before: after.toFixed(), after: after.toFixed() };
  return { before: before.toFixed(), after: after?.toFixed() ?? null };
}

function taxed(before: Decimal | undefined, taxes: unknown): Decimal | undefined {
  if (before === undefined || !Array.isArray(taxes)) return undefined;
  let sum = before;
  for (const tax of taxes as readonly unknown[]) {
    const amount = isJsonObject(tax) ? decimalOf(tax['amount']) : undefined;
    if (amount === undefined) return undefined;
    sum = sum.plus(amount);
  }
  return sum;
}

/** With taxes only where every one of them says what it is with them. */
export function sumOf(amounts: readonly Amount[]): Amount {
  return amounts.reduce(
    (sum, { before, after }) => ({
      before: new Decimal(sum.before).plus(before).toFixed(),
      after: sum.after === null || after === null ? null : new Decimal(sum.after).plus(after).toFixed(),
    }),
    NOTHING,
  );
}

/** What a customer pays, as far as it is told; `taxed` says whether it is. */
export function paid({ before, after }: Amount): { readonly amount: string; readonly taxed: boolean } {
  return after === null ? { amount: before, taxed: false } : { amount: after, taxed: true };
}

/**
 * left - right, both with taxes or, where one of them does not tell those, both without. Undefined where they are equal, or less
 * than the last cent apart, which two that are both right may be (T37).
 */
export function differenceOf(left: Amount, right: Amount): string | undefined {
  const [one, other] =
    left.after !== null && right.after !== null ? [left.after, right.after] : [left.before, right.before];
  const difference = new Decimal(one).minus(other);
  return difference.abs().lessThan('0.01') ? undefined : difference.toFixed();
}

export function isNegative({ before }: Amount): boolean {
  return new Decimal(before).isNegative() && !new Decimal(before).isZero();
}

/** Whether the first is less than the second. */
export function isLess(amount: string, than: string): boolean {
  return new Decimal(amount).lessThan(than);
}

/** A plain number of the protocol, as a preauthorize_amount is one; undefined for anything else. */
export function plainAmount(value: unknown): string | undefined {
  return decimalOf(value)?.toFixed();
}

/** As people write it, two digits at least: `12.50 EUR`. */
export function written(amount: string, currency: string | null): string {
  const decimal = new Decimal(amount);
  const digits = decimal.decimalPlaces() < 2 ? decimal.toFixed(2) : decimal.toFixed();
  return currency === null ? digits : `${digits} ${currency}`;
}

/** The same without its sign. */
export function size(amount: string): string {
  return new Decimal(amount).abs().toFixed();
}
