import type { JsonObject } from '../../ocpi/json-value.ts';
import { type Bill, type BillToRead, type Period, readBill } from './bill.ts';
import { Doubts } from './doubts.ts';
import { type Due, dueOf, type Reckoning } from './due.ts';
import { chooseTerms, doubtTerms } from './tariff-choice.ts';
import { type Dimension, readTerms, type Terms } from './terms.ts';
import { type Reading, type Use, usesOf } from './uses.ts';
import type { ZoneClock } from './zones.ts';

export interface ToPrice extends BillToRead {
  readonly tariffs: readonly JsonObject[];
  readonly tariffsFrom: 'within' | 'asked' | 'stored';
  /** Of the location. */
  readonly clock: ZoneClock;
}

/** A bill, read and priced; lines and reasons are made of it where anybody wants to know. */
export interface Pricing {
  readonly bill: Bill;
  /** In force in some period, in order. */
  readonly terms: readonly Terms[];
  readonly termsOf: (period: Period) => Terms | undefined;
  readonly clock: ZoneClock;
  readonly uses: readonly Use[];
  readonly due: Due;
  readonly doubts: Doubts;
}

export function price({ tariffs, tariffsFrom, clock, ...toRead }: ToPrice): Pricing {
  const doubts = new Doubts();
  const bill = readBill(toRead, doubts);
  const read = tariffs.map(tariff => {
    const own = new Doubts();
    return { terms: readTerms(tariff, bill.version, own), own };
  });
  const all = read.map(one => one.terms);
  const choose = chooseTerms({ bill, terms: all, from: tariffsFrom }, doubts);
  const chosen = new Map(bill.periods.map(period => [period, choose(period)]));
  const terms = [...new Set(chosen.values())].filter(one => one !== undefined);
  // What cannot be read of a tariff that was not in force does not matter.
  for (const one of read) if (terms.includes(one.terms)) doubts.takeAll(one.own);
  for (const one of terms) doubtTerms(one, bill, doubts);
  const termsOf = (period: Period): Terms | undefined => chosen.get(period);
  const uses = usesOf({ bill, termsOf, reading: { clock }, doubts });
  if (terms.length > 0 && isAllFree(terms, uses)) {
    doubts.add('nothing-applies', 'Nothing in the tariff applies to any of what was used, though it has prices.', true);
  }
  tellMissing(bill, terms, doubts);
  if (endsWithCharging(uses)) {
    doubts.add(
      'step-after-parking',
      'Charging went on after parking: whether the steps of its time or those of parking count is not said.',
      true,
    );
  }
  const due = dueOf({ bill, uses, terms, doubts }, {});
  return { bill, terms, termsOf, clock, uses, due, doubts };
}

/** What the bill states and its periods do not tell, though the tariff has a price for it. */
function tellMissing({ periods, totals, stated }: Bill, terms: readonly Terms[], doubts: Doubts): void {
  const prices = (purposes: 'charging' | 'reserved', dimension: Dimension): boolean =>
    terms.some(({ elements }) =>
      elements.some(
        ({ purpose, components }) => (purpose === 'charging') === (purposes === 'charging') && components[dimension],
      ),
    );
  const isParked = (totals.parking.amount?.top ?? 0n) > 0n;
  if (isParked && !periods.some(({ parking }) => parking) && prices('charging', 'PARKING_TIME')) {
    doubts.add(
      'parking-not-told',
      'There was time of parking, and no charging period tells it: it is not priced.',
      true,
    );
  }
  const reservation = stated.parts.reservation;
  const isReserved = ((reservation?.before ?? reservation?.after)?.amount.top ?? 0n) !== 0n;
  if (isReserved && !periods.some(({ reserved }) => reserved.length > 0)) {
    doubts.add(
      'reservation-not-told',
      'A reservation was billed, and no charging period tells it: it is not priced.',
      true,
    );
  }
}

/** The specification advises a last element without restrictions: a tariff that says nothing at all was hardly meant. */
function isAllFree(terms: readonly Terms[], uses: readonly Use[]): boolean {
  const hasPrices = terms.some(({ elements }) =>
    elements.some(({ components }) => Object.values(components).some(({ price: { top } }) => top !== 0n)),
  );
  return hasPrices && uses.length > 0 && uses.every(({ component }) => component === undefined);
}

/** Both kinds of time are priced, and the last of them is charging, in steps (digest 6.4). */
function endsWithCharging(uses: readonly Use[]): boolean {
  const timed = uses.filter(
    ({ dimension, component }) => component && (dimension === 'TIME' || dimension === 'PARKING_TIME'),
  );
  const last = timed.at(-1);
  return last?.dimension === 'TIME' && (last.component?.step ?? 0) > 1 && timed.some(use => use.dimension !== 'TIME');
}

export interface Otherwise {
  readonly reading?: Partial<Reading>;
  readonly reckoning?: Reckoning;
  /** Volumes as somebody may have taken them. */
  readonly volumes?: (bill: Bill) => Bill;
}

/** What would be due if it were read or reckoned otherwise. */
export function priceOtherwise({ bill, terms, termsOf, clock, uses }: Pricing, otherwise: Otherwise): Due {
  const { reading, reckoning = {}, volumes } = otherwise;
  const doubts = new Doubts();
  if (reading === undefined && volumes === undefined) return dueOf({ bill, uses, terms, doubts }, reckoning);
  const other = volumes?.(bill) ?? bill;
  const byIndex = new Map(bill.periods.map(period => [period.index, period]));
  const walked = usesOf({
    bill: other,
    termsOf: period => termsOf(byIndex.get(period.index) ?? period),
    reading: { clock, ...reading },
    doubts,
  });
  return dueOf({ bill: other, uses: walked, terms, doubts }, reckoning);
}
