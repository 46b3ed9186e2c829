import type { Database } from 'better-sqlite3';
import type { ReportCharge } from '../../contract/reports.ts';
import { type BillColumns, valueAt } from '../../insight/report/bill-columns.ts';
import { type BillKind, billNumbers, createStretchLookup } from './bill-stretches.ts';
import { type ChargeConditions, type ChargeScanParts, createChargeScan } from './charge-scan.ts';
import { createNames } from './names.ts';
import { createPlaces, type Place } from './places.ts';

export interface ChargesAsked extends ChargeConditions {
  readonly offset: number;
  readonly limit: number;
}

export interface ChargeSurroundings extends Pick<ChargeScanParts, 'pause'> {
  readonly linkName: (id: number) => string;
}

interface BillRow {
  readonly text: string;
  readonly session: string | null;
  readonly status: string | null;
  readonly credited: string | null;
}

/** A page of what stands behind a report, newest first; what does not tell when it began comes last. */
export function readCharges(
  facts: Database,
  asked: ChargesAsked,
  { linkName, pause }: ChargeSurroundings,
): { readonly count: number; readonly rows: ReportCharge[] } {
  const scan = createChargeScan(facts, { names: createNames(facts), places: createPlaces(facts), pause });
  const starts = new GrowingNumbers();
  const bills = new GrowingNumbers();
  scan.each(asked, (columns, at, bill) => {
    const start = valueAt(columns.start, at);
    starts.add(Number.isNaN(start) ? Number.NEGATIVE_INFINITY : start);
    bills.add(bill);
  });
  const view = createChargeView(facts, { places: scan.places, linkName });
  const page = newestFirst(starts.values(), bills.values(), asked);
  return { count: bills.values().length, rows: page.map(view) };
}

/** Any session or CDR by its number, for people. Throws where there is none. */
export function createChargeView(
  facts: Database,
  { places, linkName }: { readonly places: ReadonlyMap<number, Place>; readonly linkName: (id: number) => string },
): (bill: number) => ReportCharge {
  const names = createNames(facts);
  const lookUp = createStretchLookup(facts);
  const row = facts.prepare<[number], BillRow>(
    `SELECT text, session, status, credited FROM bill LEFT JOIN bill_credit USING (id) WHERE id = ?`,
  );
  return bill => {
    const told = row.get(bill);
    if (told === undefined) throw new Error(`there is no bill ${bill}`);
    const { columns, at } = lookUp(bill);
    const name = (column: Exclude<keyof BillColumns, 'start'>) => names.text(valueAt(columns[column], at)) || null;
    const place = places.get(valueAt(columns.place, at));
    const link = valueAt(columns.link, at);
    const before = numberOr(columns.before, at);
    return {
      kind: kindOf(bill),
      id: told.text,
      link: link === 0 ? null : linkName(link),
      party: name('party') ?? '',
      start: moment(columns.start, at),
      end: moment(columns.end, at),
      zone: place?.zone ?? null,
      kwh: numberOr(columns.kwh, at),
      hours: numberOr(columns.hours, at),
      idleHours: numberOr(columns.idle, at),
      cost: before === null ? null : { currency: name('currency') ?? '', before, after: numberOr(columns.after, at) },
      location: place?.text ?? null,
      evse: name('evse'),
      token: name('token'),
      tariff: name('tariff'),
      session: told.session,
      credits: told.credited,
      status: told.status,
    };
  };
}

function kindOf(bill: number): BillKind {
  return bill < billNumbers('cdr').before ? 'cdr' : 'session';
}

function numberOr(column: Float64Array, at: number): number | null {
  const value = valueAt(column, at);
  return Number.isNaN(value) ? null : value;
}

function moment(column: Float64Array, at: number): string | null {
  const value = numberOr(column, at);
  return value === null ? null : new Date(value).toISOString();
}

/** Numbers of bills from an offset on, without ordering all of them: a million are narrowed down to a page first. */
function newestFirst(
  starts: Float64Array,
  bills: Float64Array,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): number[] {
  const count = starts.length;
  if (offset >= count) return [];
  const ascending = starts.slice().sort();
  const newest = valueAt(ascending, count - 1 - offset);
  const oldest = valueAt(ascending, Math.max(0, count - offset - limit));
  let newer = 0;
  const within: number[] = [];
  for (const [at, start] of starts.entries()) {
    if (start > newest) newer++;
    else if (start >= oldest) within.push(at);
  }
  return within
    .sort(
      (left, right) => valueAt(starts, right) - valueAt(starts, left) || valueAt(bills, right) - valueAt(bills, left),
    )
    .slice(offset - newer, offset - newer + limit)
    .map(at => valueAt(bills, at));
}

/** A list of numbers as long as it has to be. */
class GrowingNumbers {
  #held = new Float64Array(1024);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#held.length) {
      const longer = new Float64Array(this.#length * 2);
      longer.set(this.#held);
      this.#held = longer;
    }
    this.#held[this.#length++] = value;
  }

  values(): Float64Array {
    return this.#held.subarray(0, this.#length);
  }
}
