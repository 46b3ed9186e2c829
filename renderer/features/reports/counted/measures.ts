import type { ReportFigures } from '../../../../core/contract/reports.ts';
import type { Order } from '../search.ts';

const PLAIN = ['charges', 'kwh', 'hours', 'idle', 'kw', 'failed'] as const;
type Plain = (typeof PLAIN)[number];

/** What bars show. Costs are one measure for each currency: those are never added together. */
export type Measure =
  | { readonly id: Plain; readonly what: Plain }
  | { readonly id: `cost:${string}`; readonly what: 'cost'; readonly currency: string };

export function plainMeasure(what: Plain): Measure {
  return { id: what, what };
}

export function costMeasure(currency: string): Measure {
  return { id: `cost:${currency}`, what: 'cost', currency };
}

/** The measures that there is anything to be said of. */
export function measuresOf(total: ReportFigures): readonly Measure[] {
  const plain = PLAIN.filter(what => what !== 'failed' || total.failedStarts !== null);
  return [...plain.map(plainMeasure), ...total.costs.map(({ currency }) => costMeasure(currency))];
}

/** The measure of an address; charges where it is none of these. */
export function measureOf(show: string | undefined, measures: readonly Measure[]): Measure {
  return measures.find(({ id }) => id === show) ?? plainMeasure('charges');
}

/** Null where it cannot be told. */
export function figureOf(figures: ReportFigures, measure: Measure): number | null {
  switch (measure.what) {
    case 'charges':
      return figures.charges;
    case 'kwh':
      return figures.kwh;
    case 'hours':
      return figures.hours;
    case 'idle':
      return figures.idleHours;
    case 'kw':
      return figures.averageKw;
    case 'failed':
      return figures.failedStarts;
    case 'cost':
      return figures.costs.find(({ currency }) => currency === measure.currency)?.before ?? null;
  }
}

/** How a table is ordered by it; there is no order by average power. */
export function orderOf({ what }: Measure): Order | undefined {
  return what === 'kw' ? undefined : what;
}

/** Digits behind the point, most and least. */
const DIGITS = {
  charges: [0, 0],
  kwh: [0, 1],
  hours: [0, 1],
  idle: [0, 1],
  kw: [1, 1],
  failed: [0, 0],
  cost: [2, 2],
} as const satisfies Record<Measure['what'], readonly [number, number]>;

/** `12,345.6`: as exact as such a number is looked at. */
export function measureText(value: number, { what }: Pick<Measure, 'what'>, language: string): string {
  const [least, most] = DIGITS[what];
  return new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most }).format(value);
}
