import type { PriceDeparture } from '../../core/contract/price.ts';

/** A field that departs, without taxes and with them, and why. */
export interface DepartureGroup {
  readonly field: string;
  readonly departures: readonly PriceDeparture[];
  /** Each reason once, as it was computed for the first of them. */
  readonly reasons: PriceDeparture['reasons'];
  /** They are those of a field above: what makes the part wrong makes the whole wrong. */
  readonly asAbove: boolean;
}

/** In the order in which the fields come. */
export function departureGroups(departures: readonly PriceDeparture[]): readonly DepartureGroup[] {
  const byField = Map.groupBy(departures, ({ field }) => field);
  const told = new Set<string>();
  return [...byField].map(([field, ofField]): DepartureGroup => {
    const all = ofField.flatMap(one => one.reasons);
    const reasons = all.filter(({ code }, at) => all.findIndex(one => one.code === code) === at);
    const codes = reasons
      .map(({ code }) => code)
      .toSorted()
      .join(' ');
    const asAbove = codes !== '' && told.has(codes);
    told.add(codes);
    return {
      field,
      departures: ofField,
      reasons,
      asAbove,
    };
  });
}
