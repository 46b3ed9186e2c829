import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { Adapt, Adapted } from '../schema.ts';

/** T21: amounts in the shape of another version. The taxes of a price that only knows one sum of them are called VAT. */

/** 2.1.1: a number, excluding VAT. */
export const readAmount: Adapt = value => {
  if (!isJsonObject(value)) return undefined;
  const amount = value['excl_vat'] ?? value['before_taxes'];
  return typeof amount === 'number' ? otherShape(amount, value, 'a number') : undefined;
};

/** 2.2.1: excl_vat and incl_vat. */
export const readPrice221: Adapt = value => {
  const expected = 'excl_vat and incl_vat';
  if (typeof value === 'number') return otherShape({ excl_vat: value }, value, expected);
  if (!isJsonObject(value) || typeof value['before_taxes'] !== 'number' || value['excl_vat'] !== undefined) {
    return undefined;
  }
  const { before_taxes: before, after_taxes: after, taxes, ...rest } = value as PriceFields;
  const withTaxes = typeof after === 'number' ? after : sumOf(before, taxes);
  return otherShape(
    { ...rest, excl_vat: before, ...(withTaxes !== undefined && { incl_vat: withTaxes }) },
    value,
    expected,
  );
};

/** 2.3.0, for costs: before_taxes and the list of taxes. */
export const readPrice230: Adapt = value => {
  const expected = 'before_taxes and taxes';
  if (typeof value === 'number') return otherShape({ before_taxes: value }, value, expected);
  const old = readOld(value);
  if (!old) return undefined;
  const { before, after, rest } = old;
  const vat = typeof after === 'number' ? { taxes: [{ name: 'VAT', amount: money(after - before) }] } : {};
  return otherShape({ ...rest, before_taxes: before, ...vat }, value, expected);
};

/** 2.3.0, for the limits of tariffs: before_taxes and after_taxes. */
export const readPriceLimit: Adapt = value => {
  const expected = 'before_taxes and after_taxes';
  if (typeof value === 'number') return otherShape({ before_taxes: value }, value, expected);
  const old = readOld(value);
  if (!old) return undefined;
  const { before, after, rest } = old;
  return otherShape(
    { ...rest, before_taxes: before, ...(typeof after === 'number' && { after_taxes: after }) },
    value,
    expected,
  );
};

interface PriceFields extends JsonObject {
  readonly before_taxes: number;
  readonly after_taxes?: unknown;
  readonly taxes?: unknown;
}

function readOld(value: unknown): { before: number; after: unknown; rest: JsonObject } | undefined {
  if (!isJsonObject(value) || value['before_taxes'] !== undefined) return undefined;
  const { excl_vat: before, incl_vat: after, ...rest } = value;
  return typeof before === 'number' ? { before, after, rest } : undefined;
}

function sumOf(before: number, taxes: unknown): number | undefined {
  if (!Array.isArray(taxes) || taxes.length === 0) return undefined;
  const amounts = taxes.map((tax: unknown) => (isJsonObject(tax) ? tax['amount'] : undefined));
  if (!amounts.every(amount => typeof amount === 'number')) return undefined;
  return money(amounts.reduce((sum, amount) => sum + amount, before));
}

/** Without the noise that binary fractions add to a sum or a difference. */
function money(amount: number): number {
  return Number(amount.toPrecision(12));
}

function otherShape(read: unknown, met: unknown, expected: string): Adapted {
  const shape = isJsonObject(met) ? Object.keys(met).join(', ') : String(met);
  return { value: read, flaw: { code: 'price.other-shape', met: shape, expected } };
}
