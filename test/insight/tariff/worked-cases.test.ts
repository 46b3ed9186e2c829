import { describe, expect, it } from 'vitest';
import { PricedBill } from '../../../core/contract/price.ts';
import type { BillPrice } from '../../../core/insight/tariff/price-bill.ts';
import { priceBill } from '../../../core/insight/tariff/price-bill.ts';
import { add, type Ratio, readDecimal, write, ZERO } from '../../../core/insight/tariff/ratio.ts';
import { BILL_CASES } from './worked-cases/bills.ts';
import { CLOCK_CASES } from './worked-cases/clocks.ts';
import { ENERGY_CASES } from './worked-cases/energy.ts';
import { FEE_CASES } from './worked-cases/fees.ts';
import { FLOW_CASES } from './worked-cases/flows.ts';
import { TAX_CASES } from './worked-cases/taxes.ts';
import { TIME_CASES } from './worked-cases/time.ts';
import type { WorkedCase } from './worked-cases/worked-case.ts';

const ALL = {
  energy: ENERGY_CASES,
  'time and steps': TIME_CASES,
  'fees and reservations': FEE_CASES,
  clocks: CLOCK_CASES,
  'currents and power': FLOW_CASES,
  'taxes and limits': TAX_CASES,
  'bills and tariffs': BILL_CASES,
};

/** Priced by a tariff: what is due is known. */
type Priced = BillPrice & { readonly due: NonNullable<BillPrice['due']> };

function priced({ bill, kind = 'cdr', version = '2.2.1', tariffs, zone = 'UTC' }: WorkedCase): Priced {
  const outcome = priceBill({
    bill,
    kind,
    version,
    tariffs: tariffs as readonly Readonly<Record<string, unknown>>[],
    tariffsFrom: 'within',
    zone: { name: zone, from: 'location', said: 'as its location says' },
  });
  if (!outcome.ok) throw new Error(outcome.failure.message);
  // What faces are told has the shape that they ask for.
  PricedBill.parse({ ...outcome.value, credit: null });
  const { due } = outcome.value;
  if (due === null) throw new Error('a tariff was given, and nothing is due');
  return { ...outcome.value, due };
}

function summed(amounts: readonly (string | null)[]): string | null {
  const read = amounts.map(amount => (amount === null ? undefined : readDecimal(amount)));
  if (read.includes(undefined)) return null;
  return write(read.reduce<Ratio>((sum, one) => add(sum, one ?? ZERO), ZERO));
}

describe.each(Object.entries(ALL))('%s, as worked out by hand', (_what, cases) => {
  it.each(cases.map(one => [one.title, one] as const))('%s', (_title, one) => {
    const { due, lines, doubts } = priced(one);
    expect([due.total.before, due.total.after], one.because).toEqual(one.due);
    const parts = Object.entries(due.parts).filter(([, { before }]) => before !== '0');
    expect(Object.fromEntries(parts.map(([part, { before }]) => [part, before]))).toEqual(one.parts ?? {});
    expect(doubts.map(({ code }) => code)).toEqual(one.doubts ?? []);
    // Whatever the amounts: the lines are the total.
    const sign = one.bill['credit'] === true ? '-' : '';
    expect(`${sign}${summed(lines.map(({ amount }) => amount.before))}`).toBe(due.total.before);
    if (due.total.after !== null)
      expect(`${sign}${summed(lines.map(({ amount }) => amount.after))}`).toBe(due.total.after);
  });
});

describe('the worked cases', () => {
  it('are more than sixty, over all versions, and none stands twice', () => {
    const cases: readonly WorkedCase[] = Object.values(ALL).flat();
    expect(cases.length).toBeGreaterThan(60);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
    expect(new Set(cases.map(({ version = '2.2.1' }) => version))).toEqual(new Set(['2.1.1', '2.2.1', '2.3.0']));
  });
});
