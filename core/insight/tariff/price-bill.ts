import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { PricedBill, PricedZone } from '../../contract/price.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { BillToRead } from './bill.ts';
import { departuresOf } from './departures.ts';
import { writeBill } from './lines.ts';
import { type Pricing, price } from './pricing.ts';
import { add, compare, type Ratio, sumOf, write } from './ratio.ts';
import { COST_PARTS, type StatedPrice } from './stated.ts';
import { verdictOf } from './verdict.ts';
import { zoneClock } from './zones.ts';

export interface BillToPrice extends BillToRead {
  /** Those that may have been in force, as they were sent; see `tariffsWithin`. */
  readonly tariffs: readonly JsonObject[];
  readonly tariffsFrom: 'within' | 'asked' | 'stored';
  /** The zone in which the tariffs' times of day are read, and how it is known. */
  readonly zone: Pick<PricedZone, 'name' | 'from' | 'said'>;
}

/** A priced bill without what other CDRs have to do with it. */
export type BillPrice = Omit<PricedBill, 'credit'>;

/**
 * A session or CDR priced anew from its tariffs, line by line, and held against what it states (digest 6.2, 6.3, 6.4; traps T17 to
 * T21, T37, T38). Amounts are exact, as decimal text: nothing is rounded before it is written, and lines add up to the total (of a
 * credit CDR the total has its sign turned, nothing else). Whatever is not told is a doubt, never a failure. Fails with
 * INVALID_INPUT for a zone nobody knows, and for an object that tells neither periods nor totals.
 */
export function priceBill({ bill, kind, version, tariffs, tariffsFrom, zone }: BillToPrice): Outcome<BillPrice> {
  const clock = zoneClock(zone.name);
  if (clock === undefined) {
    return failed(
      'INVALID_INPUT',
      `There is no time zone ${zone.name}`,
      'Name one as the IANA does, such as Europe/Oslo',
    );
  }
  const pricing = price({ bill, kind, version, tariffs, tariffsFrom, clock });
  if (pricing.bill.periods.length === 0) {
    return failed(
      'INVALID_INPUT',
      `The ${kind === 'cdr' ? 'CDR' : 'session'} tells neither charging_periods nor what was used, so that there is nothing to price`,
      `Give a whole ${kind === 'cdr' ? 'CDR with total_energy and total_time' : 'session with kwh'}, or its charging_periods`,
    );
  }
  const matters = pricing.terms.some(({ asksForZone }) => asksForZone);
  if (zone.from === 'assumed' && pricing.terms.length > 0) {
    pricing.doubts.add('zone-assumed', `Times of day are read in ${zone.name}, ${zone.said}.`, matters);
  }
  const departures = departuresOf(pricing);
  const written = writeBill({
    due: pricing.due,
    isCredit: pricing.bill.isCredit,
    ...(matters ? { zone: { name: zone.name, clock } } : {}),
  });
  // Without a tariff nothing is free: it is unknown what is due.
  const isPriced = pricing.terms.length > 0;
  const due = isPriced ? { total: written.total, parts: written.parts } : null;
  const stated = statedTotals(pricing);
  if (!pricing.due.beforeKnown) {
    pricing.doubts.add(
      'taxes-unknown',
      'The prices of the tariff hold taxes, and it does not tell which: amounts without taxes are unknown, and those with them are shown in their place.',
      false,
    );
  }
  return done({
    kind,
    id: pricing.bill.id,
    version,
    currency: pricing.bill.currency || (pricing.terms[0]?.currency ?? ''),
    zone: { ...zone, matters },
    start: text(pricing.bill.start),
    end: text(pricing.bill.end),
    ...usedIn(pricing),
    tariffs: pricing.terms.map(({ id, currency }) => ({ id, from: tariffsFrom, currency })),
    lines: isPriced ? written.lines : [],
    due,
    stated,
    departures,
    doubts: pricing.doubts.all,
    ...verdictOf({ pricing, departures }),
    preauthorize: preauthorization(pricing),
  });
}

/** The tariffs that stand in a CDR itself, as they were when the charge began; none for sessions. */
export function tariffsWithin(bill: JsonObject): readonly JsonObject[] {
  const listed: readonly unknown[] = Array.isArray(bill['tariffs']) ? bill['tariffs'] : [];
  return listed.filter(isJsonObject);
}

function text(at: number | undefined): string | null {
  return at === undefined ? null : writeDateTime(at);
}

function usedIn({ bill }: Pricing): Pick<BillPrice, 'energy' | 'hours' | 'parkingHours'> {
  const sum = (name: 'energy' | 'time' | 'parking'): Ratio =>
    sumOf(bill.periods.flatMap(period => period[name]?.amount ?? []));
  const parking = sum('parking');
  return { energy: write(sum('energy')), hours: write(add(sum('time'), parking)), parkingHours: write(parking) };
}

function statedTotals({ bill: { stated } }: Pricing): PricedBill['stated'] {
  const total = amountOf(stated.total);
  if (total === undefined) return null;
  const parts: NonNullable<PricedBill['stated']>['parts'] = {};
  for (const part of COST_PARTS) {
    const amount = stated.parts[part] && amountOf(stated.parts[part]);
    if (amount !== undefined) parts[part] = amount;
  }
  return { total, parts };
}

/** What is stated with taxes only is nothing that could be told without. */
function amountOf({ before, after }: StatedPrice): { before: string; after: string | null } | undefined {
  if (before === undefined) return undefined;
  return { before: write(before.amount), after: after === undefined ? null : write(after.amount) };
}

function preauthorization({ terms, due }: Pricing): PricedBill['preauthorize'] {
  const amount = terms.find(({ preauthorize }) => preauthorize !== undefined)?.preauthorize;
  if (amount === undefined) return null;
  const { before, after } = due.total;
  const isTooLittle = compare(amount, before) < 0;
  return {
    amount: write(amount),
    covers: after === undefined ? (isTooLittle ? false : null) : compare(amount, after) >= 0,
  };
}
