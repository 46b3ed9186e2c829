import type { Bill, Period } from './bill.ts';
import type { Doubts } from './doubts.ts';
import { divide, multiply, type Ratio, ratio, subtract, sumOf } from './ratio.ts';
import { momentAfter, spanOf, type Volume } from './volume.ts';

/** What a bill says as a whole, for periods that leave it out. */
export type Whole = Pick<Bill, 'start' | 'end' | 'totals' | 'kind'>;

/**
 * Periods with what they leave out and the bill as a whole tells: sessions often have no periods at all, and many periods tell the
 * energy without the time or the other way round.
 */
export function completePeriods(periods: readonly Period[], whole: Whole, doubts: Doubts): readonly Period[] {
  if (periods.length === 0) return onePeriod(whole, doubts);
  return withEnergy(withTime(periods, whole, doubts), whole, doubts);
}

function onePeriod({ start, end, totals, kind }: Whole, doubts: Doubts): Period[] {
  const between = start !== undefined && end !== undefined && end > start ? ratio(end - start, 3_600_000) : undefined;
  const hours = totals.time.amount ?? between;
  const parking = totals.parking.amount;
  const energy = totals.energy.amount;
  if (hours === undefined && energy === undefined) return [];
  doubts.add(
    'no-periods',
    `The ${kind === 'cdr' ? 'CDR' : 'session'} has no charging periods: its totals are taken as one.`,
    false,
  );
  const charging = hours && (parking ? subtract(hours, parking) : hours);
  return [
    {
      index: 0,
      from: start,
      to: end ?? (start !== undefined && hours ? momentAfter(start, hours) : undefined),
      tariff: undefined,
      energy: energy && exactly(energy),
      time: charging && exactly(charging),
      parking: parking && exactly(parking),
      reserved: [],
      flat: false,
      flows: { ampere: {}, kw: {} },
    },
  ];
}

function exactly(amount: Ratio): Volume {
  return { amount, slack: 0.00005, rounded: 0 };
}

/** No period tells any time: the time between them is taken, the last ones as parking where the bill tells of such. */
function withTime(periods: readonly Period[], { totals }: Whole, doubts: Doubts): readonly Period[] {
  if (periods.some(({ time, parking, reserved }) => time ?? parking ?? reserved[0])) return periods;
  if (!periods.every(({ from, to }) => from !== undefined && to !== undefined)) return periods;
  doubts.add(
    'time-from-periods',
    'The charging periods tell no time: that from one to the next is taken as time of charging.',
    Boolean(totals.parking.amount?.top),
  );
  return periods.map(period => ({ ...period, time: spanOf((period.to ?? 0) - (period.from ?? 0)) }));
}

/** No period tells any energy: it is shared out by the time of charging. */
function withEnergy(periods: readonly Period[], { totals }: Whole, doubts: Doubts): readonly Period[] {
  const all = totals.energy.amount;
  if (all === undefined || all.top === 0n || periods.some(({ energy }) => energy !== undefined)) return periods;
  const hours = sumOf(periods.flatMap(({ time }) => time?.amount ?? []));
  if (hours.top <= 0n) return periods;
  const charging = periods.filter(({ time }) => time !== undefined && time.amount.top > 0n);
  const isShared = charging.length > 1;
  doubts.add(
    isShared ? 'energy-shared-out' : 'energy-from-total',
    `The charging periods tell no energy: the total is ${isShared ? 'shared out by their time' : 'taken'}.`,
    false,
  );
  return periods.map(period =>
    period.time === undefined || period.time.amount.top <= 0n
      ? period
      : { ...period, energy: exactly(multiply(all, divide(period.time.amount, hours))) },
  );
}
