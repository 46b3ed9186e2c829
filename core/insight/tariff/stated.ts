import type { CostPart } from '../../contract/price.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { add, type Ratio, readDecimal } from './ratio.ts';

/** An amount as it is written, and where. */
export interface StatedAmount {
  readonly amount: Ratio;
  readonly pointer: string;
}

export interface StatedPrice {
  readonly before: StatedAmount | undefined;
  readonly after: StatedAmount | undefined;
}

/** The part of a bill, and the field of a CDR that holds it (digest 6.3). */
export const PART_FIELDS = {
  energy: 'total_energy_cost',
  time: 'total_time_cost',
  parking: 'total_parking_cost',
  fixed: 'total_fixed_cost',
  reservation: 'total_reservation_cost',
} as const satisfies Readonly<Record<CostPart, string>>;

export const COST_PARTS = Object.keys(PART_FIELDS) as readonly CostPart[];

/** What a session or CDR says that it costs. */
export interface Stated {
  readonly total: StatedPrice;
  readonly parts: Readonly<Partial<Record<CostPart, StatedPrice>>>;
}

export function readStated(bill: JsonObject, kind: 'session' | 'cdr'): Stated {
  const parts: Partial<Record<CostPart, StatedPrice>> = {};
  if (kind === 'cdr') {
    for (const part of COST_PARTS) {
      const field = PART_FIELDS[part];
      const price = readPrice(bill[field], `/${field}`);
      if (price.before !== undefined || price.after !== undefined) parts[part] = price;
    }
  }
  return { total: readPrice(bill['total_cost'], '/total_cost'), parts };
}

/** An amount in the shape of any version (T21): a number is without taxes. An absent amount with taxes is not an equal one. */
export function readPrice(value: unknown, pointer: string): StatedPrice {
  if (!isJsonObject(value)) {
    const amount = readDecimal(value);
    return { before: amount && { amount, pointer }, after: undefined };
  }
  const at = (field: string): StatedAmount | undefined => {
    const amount = readDecimal(value[field]);
    return amount && { amount, pointer: `${pointer}/${field}` };
  };
  const before = at('excl_vat') ?? at('before_taxes');
  return { before, after: at('incl_vat') ?? at('after_taxes') ?? withTaxes(value, before, pointer) };
}

/** 2.3.0 lists the taxes; an empty list tells none. */
function withTaxes(price: JsonObject, before: StatedAmount | undefined, pointer: string): StatedAmount | undefined {
  const listed: readonly unknown[] = Array.isArray(price['taxes']) ? price['taxes'] : [];
  if (before === undefined || listed.length === 0) return undefined;
  let amount = before.amount;
  for (const tax of listed) {
    const one = isJsonObject(tax) ? readDecimal(tax['amount']) : undefined;
    if (one === undefined) return undefined;
    amount = add(amount, one);
  }
  return { amount, pointer: `${pointer}/taxes` };
}
