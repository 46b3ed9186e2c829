import type { ChargingPeriod as Period211 } from '../v2_1_1/cdrs.ts';
import { CdrDimensionType as Dimension211 } from '../v2_1_1/cdrs.ts';
import type { ChargingPeriod as Period221 } from '../v2_2_1/cdrs.ts';
import { CdrDimensionType as Dimension221 } from '../v2_2_1/cdrs.ts';
import type { ChargingPeriod as Period230 } from '../v2_3_0/cdrs.ts';
import { knows } from './enums.ts';

/** Dimensions the other version does not have are left out, and periods that then say nothing. */

export function periodsFrom211(periods: readonly Period211[]): Period221[] {
  return periods.flatMap(({ dimensions, ...rest }) => {
    const known = dimensions.filter(({ type }) => knows(Dimension221, type));
    return known.length === 0 ? [] : [{ ...rest, dimensions: known }];
  });
}

export function periodsTo211(periods: readonly Period221[]): Period211[] {
  return periods.flatMap(({ dimensions, tariff_id: _, ...rest }) => {
    const known = dimensions.filter(({ type }) => knows(Dimension211, type));
    return known.length === 0 ? [] : [{ ...rest, dimensions: known }];
  });
}

export function periodsTo221(periods: readonly Period230[]): Period221[] {
  return periods.flatMap(({ dimensions, ...rest }) => {
    const known = dimensions.filter(({ type }) => knows(Dimension221, type));
    return known.length === 0 ? [] : [{ ...rest, dimensions: known }];
  });
}

/** A CDR has at least one period: where none can be expressed, one that holds all the energy. */
export function atLeastOne<Period>(
  periods: readonly Period[],
  cdr: { readonly start_date_time: string; readonly total_energy: number },
): (Period | { start_date_time: string; dimensions: { type: 'ENERGY'; volume: number }[] })[] {
  if (periods.length > 0) return [...periods];
  return [{ start_date_time: cdr.start_date_time, dimensions: [{ type: 'ENERGY', volume: cdr.total_energy }] }];
}
