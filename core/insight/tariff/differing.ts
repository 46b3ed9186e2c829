import type { CostPart } from '../../contract/price.ts';
import type { Due, Money } from './due.ts';
import type { Pricing } from './pricing.ts';
import { distance, type Ratio, toNumber } from './ratio.ts';
import { COST_PARTS, PART_FIELDS, type StatedAmount } from './stated.ts';

/** Two that are both right may differ by the last cent (T37). */
const CENTS = 1.5;

/** An amount that a bill states, and what it is held against. */
export interface StatedField {
  readonly field: string;
  /** Undefined: the total. */
  readonly part: CostPart | undefined;
  readonly taxes: 'before' | 'after';
  readonly stated: StatedAmount;
}

export interface Differing extends StatedField {
  readonly due: Ratio;
}

/** All amounts that a bill states, the total first. */
export function statedFields({ bill }: Pick<Pricing, 'bill'>): readonly StatedField[] {
  const fields: StatedField[] = [];
  for (const part of [undefined, ...COST_PARTS]) {
    const price = part === undefined ? bill.stated.total : bill.stated.parts[part];
    const field = part === undefined ? 'total_cost' : PART_FIELDS[part];
    for (const taxes of ['before', 'after'] as const) {
      const stated = price?.[taxes];
      if (stated !== undefined) fields.push({ field, part, taxes, stated });
    }
  }
  return fields;
}

/** What is due for a field; undefined where nobody can tell. A part that was not used costs nothing. */
export function dueFor(due: Due, { part, taxes }: Pick<StatedField, 'part' | 'taxes'>): Ratio | undefined {
  const money: Money | undefined = part === undefined ? due.total : due.parts.get(part);
  if (taxes === 'before') return due.beforeKnown ? (money?.before ?? ZERO_MONEY) : undefined;
  return money === undefined ? ZERO_MONEY : money.after;
}

const ZERO_MONEY: Ratio = { top: 0n, bottom: 1n };

/** How far an amount may be from what is due: a cent and a half, and what the rounding of volumes makes. */
export function toleranceOf(due: Due, part: CostPart | undefined): number {
  const slack =
    part === undefined ? [...due.slack.values()].reduce((sum, one) => sum + one, 0) : (due.slack.get(part) ?? 0);
  return CENTS * due.cent + slack;
}

export function isNear(left: Ratio, right: Ratio, tolerance: number): boolean {
  return toNumber(distance(left, right)) <= tolerance + 1e-9;
}

/** The stated amounts that are not what is due. */
export function differing(pricing: Pick<Pricing, 'bill'>, due: Due): readonly Differing[] {
  return statedFields(pricing).flatMap((field): Differing[] => {
    const amount = dueFor(due, field);
    if (amount === undefined || isNear(field.stated.amount, amount, toleranceOf(due, field.part))) return [];
    return [{ ...field, due: amount }];
  });
}
