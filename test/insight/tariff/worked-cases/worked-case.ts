import type { VersionName } from '../../../../core/contract/platform.ts';
import type { CostPart } from '../../../../core/contract/price.ts';

/** A charge, and what it costs as worked out by hand. */
export interface WorkedCase {
  readonly title: string;
  /** The arithmetic, in words. */
  readonly because: string;
  /** 2.2.1 unless said. */
  readonly version?: VersionName;
  readonly kind?: 'session' | 'cdr';
  /** UTC unless said. */
  readonly zone?: string;
  readonly bill: Readonly<Record<string, unknown>>;
  readonly tariffs: readonly object[];
  /** Without and with taxes; null where nobody can tell. */
  readonly due: readonly [string, string | null];
  /** Without taxes; those that are not named are nothing. */
  readonly parts?: Readonly<Partial<Record<CostPart, string>>>;
  /** The codes of all doubts; none unless said. */
  readonly doubts?: readonly string[];
}

/** Hours as they are written on the wire: four decimals. */
export function minutes(count: number): number {
  return Number((count / 60).toFixed(4));
}

interface Used {
  readonly kwh?: number;
  /** Hours. */
  readonly charging?: number;
  readonly parked?: number;
  readonly reserved?: number;
  readonly [dimension: string]: number | undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  kwh: 'ENERGY',
  charging: 'TIME',
  parked: 'PARKING_TIME',
  reserved: 'RESERVATION_TIME',
};

/** `at` is of Monday, 2 March 2026, UTC, unless a date stands before it. */
export function period(at: string, used: Used, tariff?: string): object {
  return {
    start_date_time: moment(at),
    dimensions: Object.entries(used).map(([name, volume]) => ({ type: NAMES[name] ?? name, volume })),
    ...(tariff === undefined ? {} : { tariff_id: tariff }),
  };
}

export function moment(at: string): string {
  return at.includes('T') ? `${at}:00Z` : `2026-03-02T${at}:00Z`;
}

/** A CDR, or a session, from one moment to another. */
export function from(
  start: string,
  end: string,
  periods: readonly object[],
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    id: 'C1',
    currency: 'EUR',
    start_date_time: moment(start),
    end_date_time: moment(end),
    charging_periods: periods,
    ...more,
  };
}

type Kind = 'ENERGY' | 'TIME' | 'PARKING_TIME' | 'FLAT';

/** A price with VAT in percent; step_size 0 has no effect. */
export function component(type: Kind, price: number | string, vat?: number, step = 0): object {
  return { type, price, ...(vat === undefined ? {} : { vat }), step_size: step };
}

export function element(components: readonly object[], restrictions?: object): object {
  return { price_components: components, ...(restrictions === undefined ? {} : { restrictions }) };
}

export function tariff(elements: readonly object[], more: object = {}): object {
  return { id: 'T1', currency: 'EUR', elements, last_updated: '2026-01-01T00:00:00Z', ...more };
}
