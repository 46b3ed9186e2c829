import type { CostPart } from '../../contract/price.ts';
import type { Due, Money } from './due.ts';
import { hasEnd, type Ratio, ratio, subtract, sumOf } from './ratio.ts';
import { COST_PARTS } from './stated.ts';

/** Decimals of an amount that has no end. */
const SCALE = 10n ** 12n;

/** The amounts of a bill as decimals: those of the lines add up to those of the parts, and these to the total, exactly. */
export interface WrittenAmounts {
  /** Of `due.charges`, in their order. */
  readonly charges: readonly Money[];
  /** Of `due.limits`. */
  readonly limits: readonly Money[];
  readonly parts: ReadonlyMap<CostPart, Money>;
  readonly total: Money;
}

/**
 * Amounts of a third of an hour have no end as decimals. Whatever has one is written exactly, be it a line, a part or the total; of
 * all others it is the running sum that is rounded, to twelve decimals, and each is what it adds to it: three thirds are a whole.
 */
export function writeAmounts(due: Due): WrittenAmounts {
  const before = written(due, ({ before: amount }) => amount);
  const after = written(due, ({ after: amount }) => amount);
  const money = (place: (amounts: Amounts) => Ratio | undefined): Money => ({
    before: place(before) ?? ratio(0),
    after: place(after),
  });
  return {
    charges: due.charges.map((_, at) => money(({ charges }) => charges[at])),
    limits: due.limits.map((_, at) => money(({ limits }) => limits[at])),
    parts: new Map([...due.parts.keys()].map(part => [part, money(({ parts }) => parts.get(part))])),
    total: money(({ total }) => total),
  };
}

interface Amounts {
  readonly charges: readonly (Ratio | undefined)[];
  readonly limits: readonly (Ratio | undefined)[];
  readonly parts: ReadonlyMap<CostPart, Ratio | undefined>;
  readonly total: Ratio | undefined;
}

function written(due: Due, amountOf: (money: Money) => Ratio | undefined): Amounts {
  const used = COST_PARTS.filter(part => due.parts.has(part));
  const exact = [
    ...used.map(part => {
      const money = due.parts.get(part);
      return money && amountOf(money);
    }),
    ...due.limits.map(amountOf),
  ];
  const sums = spread(exact);
  const charges: (Ratio | undefined)[] = due.charges.map(() => undefined);
  for (const [at, part] of used.entries()) {
    const places = [...due.charges.keys()].filter(place => due.charges[place]?.use.part === part);
    const lines = spread(
      places.map(place => {
        const charge = due.charges[place];
        return charge && amountOf(charge);
      }),
      sums[at],
    );
    for (const [order, place] of places.entries()) charges[place] = lines[order];
  }
  const known = sums.flatMap(sum => sum ?? []);
  return {
    charges,
    limits: sums.slice(used.length),
    parts: new Map(used.map((part, at) => [part, sums[at]])),
    total: known.length === sums.length ? sumOf(known) : undefined,
  };
}

/** Amounts as finite decimals; their sum is `target`, or as close to the exact one as twelve decimals are. */
function spread(amounts: readonly (Ratio | undefined)[], target?: Ratio): (Ratio | undefined)[] {
  if (amounts.every(amount => amount === undefined || hasEnd(amount))) return [...amounts];
  let exact = ratio(0);
  let rounded = ratio(0);
  const spreadOut = amounts.map(amount => {
    if (amount === undefined || hasEnd(amount)) return amount;
    exact = sumOf([exact, amount]);
    const next = finite(exact);
    const line = subtract(next, rounded);
    rounded = next;
    return line;
  });
  const last = spreadOut.findLastIndex((_, at) => {
    const amount = amounts[at];
    return amount !== undefined && !hasEnd(amount);
  });
  const line = spreadOut[last];
  if (target !== undefined && line !== undefined) {
    const off = subtract(target, sumOf(spreadOut.flatMap(amount => amount ?? [])));
    spreadOut[last] = sumOf([line, off]);
  }
  return spreadOut;
}

function finite(value: Ratio): Ratio {
  if (hasEnd(value)) return value;
  const doubled = (value.top * SCALE * 2n) / value.bottom;
  return ratio((doubled + (doubled < 0n ? -1n : 1n)) / 2n, SCALE);
}
