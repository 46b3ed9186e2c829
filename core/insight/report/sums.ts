import type { CostSum, ReportFigures } from '../../contract/reports.ts';
import { BILL_STATE, type BillColumns, valueAt } from './bill-columns.ts';

interface CostSums {
  before: number;
  after: number;
  /** All of it stated what is due with taxes. */
  isAfterKnown: boolean;
}

/**
 * What is added up of some charges, in millionths, which are whole numbers: in whatever order and groups they are added,
 * the sum is the same.
 */
export interface Sums {
  charges: number;
  credits: number;
  kwh: number;
  hours: number;
  idle: number;
  /** Of those that tell both. */
  timedKwh: number;
  chargingHours: number;
  failed: number;
  /** By the number of the currency's name. */
  readonly costs: Map<number, CostSums>;
}

const MILLIONTHS = 1e6;

export function noSums(): Sums {
  return {
    ...{ charges: 0, credits: 0, kwh: 0, hours: 0, idle: 0, timedKwh: 0, chargingHours: 0, failed: 0 },
    costs: new Map(),
  };
}

/** `isCredited`: another CDR takes it back, so that it is no charge, and what it cost is taken away again. */
export function addBill(sums: Sums, columns: BillColumns, at: number, isCredited: boolean): void {
  const isCredit = valueAt(columns.state, at) === BILL_STATE.credit;
  const before = valueAt(columns.before, at);
  if (!Number.isNaN(before)) {
    const sign = isCredit ? -1 : 1;
    addCost(sums, {
      currency: valueAt(columns.currency, at),
      // Whoever forgets to negate the cost of a credit CDR takes it back all the same (T38).
      before: isCredit ? sign * Math.abs(before) : before,
      after: isCredit ? sign * Math.abs(valueAt(columns.after, at)) : valueAt(columns.after, at),
    });
  }
  if (isCredit) sums.credits++;
  if (isCredit || isCredited) return;
  sums.charges++;
  const kwh = millionths(valueAt(columns.kwh, at));
  const hours = millionths(valueAt(columns.hours, at));
  const idle = millionths(valueAt(columns.idle, at));
  sums.kwh += kwh;
  sums.hours += hours;
  sums.idle += idle;
  if (hours > idle) {
    sums.timedKwh += kwh;
    sums.chargingHours += hours - idle;
  }
}

function addCost(
  sums: Sums,
  cost: { readonly currency: number; readonly before: number; readonly after: number },
): void {
  const { currency, before, after } = cost;
  let known = sums.costs.get(currency);
  if (known === undefined) {
    known = { before: 0, after: 0, isAfterKnown: true };
    sums.costs.set(currency, known);
  }
  known.before += millionths(before);
  if (!Number.isNaN(after)) known.after += millionths(after);
  else known.isAfterKnown = false;
}

/** Adds sums to others, as if every bill of theirs had been added. */
export function addSums(to: Sums, more: Sums): void {
  for (const name of ['charges', 'credits', 'kwh', 'hours', 'idle', 'timedKwh', 'chargingHours', 'failed'] as const) {
    to[name] += more[name];
  }
  for (const [currency, cost] of more.costs) {
    const known = to.costs.get(currency) ?? { before: 0, after: 0, isAfterKnown: true };
    known.before += cost.before;
    known.after += cost.after;
    known.isAfterKnown &&= cost.isAfterKnown;
    to.costs.set(currency, known);
  }
}

/** `tellsFailed`: failed starts can be told of what was grouped so. */
export function figuresOf(
  sums: Sums,
  { currencyName, tellsFailed }: { readonly currencyName: (id: number) => string; readonly tellsFailed: boolean },
): ReportFigures {
  return {
    charges: sums.charges,
    kwh: sums.kwh / MILLIONTHS,
    hours: sums.hours / MILLIONTHS,
    idleHours: sums.idle / MILLIONTHS,
    averageKw: sums.chargingHours > 0 ? Math.round((sums.timedKwh / sums.chargingHours) * 1000) / 1000 : null,
    costs: [...sums.costs]
      .map(([currency, { before, after, isAfterKnown }]): CostSum => {
        return {
          currency: currencyName(currency),
          before: before / MILLIONTHS,
          after: isAfterKnown ? after / MILLIONTHS : null,
        };
      })
      .sort((left, right) => (left.currency < right.currency ? -1 : 1)),
    credits: sums.credits,
    failedStarts: tellsFailed ? sums.failed : null,
  };
}

function millionths(value: number): number {
  // What is not told is NaN.
  return Number.isNaN(value) ? 0 : Math.round(value * MILLIONTHS);
}
