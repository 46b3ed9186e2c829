import { type Amount, add, divideRounded, NOTHING, roundUp, withTax } from './money.ts';
import type { Period } from './periods.ts';
import type { Component, Dimension, Pricing } from './tariff-book.ts';

/** What a tariff says of taxes and of the whole session. */
type Terms = Pick<Pricing, 'vat' | 'least' | 'most'>;

/** What a session costs. Parts that the tariff has no price for are absent. */
export interface Bill {
  readonly fixed?: Amount;
  readonly energy?: Amount;
  readonly time?: Amount;
  readonly parking?: Amount;
  readonly reservation?: Amount;
  /** The sum of the parts, but within the limits of the tariff where it has some. */
  readonly total: Amount;
}

interface Use {
  readonly component: Component;
  /** Wh, or seconds: the units of step sizes. */
  readonly volume: number;
}

/**
 * Prices a session by the rules of digest 6.4. Each part is exact and then rounded half up to four decimals, net and gross;
 * the total is the sum of the rounded parts. `limits` is false for 2.1.1, whose tariffs have neither a lowest nor a highest price.
 */
export function billFor(periods: readonly Period[], tariff: Terms, { limits }: { readonly limits: boolean }): Bill {
  const charging = periods.filter(({ kind }) => kind === 'charging');
  const parking = periods.filter(({ kind }) => kind === 'parking');
  const reserved = periods.filter(({ kind }) => kind === 'reservation');
  const energy = uses(charging, 'ENERGY', period => period.energy);
  const time = uses(charging, 'TIME', period => period.seconds);
  const stay = uses(parking, 'PARKING_TIME', period => period.seconds);
  // One step size for time and parking together: that of what was used last, and only its own sum is rounded up.
  const timeStep = stay.length > 0 ? 1 : undefined;
  const fee = periods.find(({ kind, prices }) => kind !== 'reservation' && prices.FLAT)?.prices.FLAT;
  const parts = {
    ...(fee && { fixed: withTax(fee.price, tariff.vat) }),
    ...(energy.length > 0 && { energy: withTax(divideRounded(priced(energy), 1_000), tariff.vat) }),
    ...(time.length > 0 && { time: withTax(divideRounded(priced(time, timeStep), 3_600), tariff.vat) }),
    ...(stay.length > 0 && { parking: withTax(divideRounded(priced(stay), 3_600), tariff.vat) }),
    ...(reserved.length > 0 && reservationCost(reserved, tariff)),
  };
  const sum = Object.values(parts).reduce(add, NOTHING);
  return { ...parts, total: limits ? within(sum, tariff) : sum };
}

function uses(periods: readonly Period[], dimension: Dimension, volumeOf: (period: Period) => number): Use[] {
  return periods.flatMap(period => {
    const component = period.prices[dimension];
    return component ? [{ component, volume: volumeOf(period) }] : [];
  });
}

/** Price times volume; the volume that a step size adds to the sum costs what the last period cost. */
function priced(used: readonly Use[], step?: number): number {
  const last = used.at(-1);
  if (!last) return 0;
  const volume = used.reduce((sum, use) => sum + use.volume, 0);
  const billed = roundUp(volume, step ?? last.component.step);
  return used.reduce((sum, use) => sum + use.component.price * use.volume, (billed - volume) * last.component.price);
}

function reservationCost(periods: readonly Period[], tariff: Terms): { readonly reservation?: Amount } {
  const time = uses(periods, 'TIME', period => period.seconds);
  if (time.length === 0) return {};
  return { reservation: withTax(divideRounded(priced(time), 3_600), tariff.vat) };
}

/** Both limits apply to the amounts before and after tax independently. */
function within(sum: Amount, { least = 0, most = Number.POSITIVE_INFINITY, vat }: Terms): Amount {
  const lower = withTax(least, vat);
  const upper = Number.isFinite(most) ? withTax(most, vat) : { net: most, gross: most };
  return {
    net: Math.min(Math.max(sum.net, lower.net), upper.net),
    gross: Math.min(Math.max(sum.gross, lower.gross), upper.gross),
  };
}
