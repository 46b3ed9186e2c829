import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';

/** One step of what was used last, as the tariff in a CDR prices it (digest 6.4). */
export interface BilledStep {
  /** The field of a CDR that holds its cost. */
  readonly part: 'total_energy_cost' | 'total_time_cost' | 'total_parking_cost';
  /** What one step costs, above zero: without taxes, or with those that nobody tells. */
  readonly cost: number;
  /** `cost` holds taxes, and the tariff does not tell which. */
  readonly isTaxed: boolean;
  /** Percent on top of it; undefined where nobody tells. */
  readonly rate: number | undefined;
}

/** Price per kWh in steps of Wh, price per hour in steps of seconds. */
const PRICED = {
  ENERGY: { unit: 1_000, part: 'total_energy_cost' },
  TIME: { unit: 3_600, part: 'total_time_cost' },
  PARKING_TIME: { unit: 3_600, part: 'total_parking_cost' },
} as const;
type Dimension = keyof typeof PRICED;

/**
 * Of the energy and the time of a CDR, whichever has the dearer step: many a step is too cheap to be noticed. It is the step of the
 * price in force at the end, as far as that can be told without knowing where the charger stands: that restricts times of day.
 */
export function billedStep(cdr: JsonObject, version: Version): BilledStep | undefined {
  const tariffs = listOf(cdr['tariffs']);
  const moments = momentsOf(cdr, version);
  // A CDR that tells of no use still has a tariff with steps.
  const used = moments.length > 0 ? moments : [{ dimensions: ['PARKING_TIME', 'TIME', 'ENERGY'], since: 0, kwh: 0 }];
  const steps = ([['ENERGY'], ['PARKING_TIME', 'TIME']] as const).flatMap(
    group => lastStep(group, { used, tariffs, version }) ?? [],
  );
  return steps.sort((left, right) => right.cost - left.cost)[0];
}

/** What is known of the begin of a period. */
interface Moment {
  readonly dimensions: readonly string[];
  readonly tariff?: string;
  /** Seconds, and kWh, since the session began; undefined where nobody tells. */
  readonly since: number | undefined;
  readonly kwh: number;
}

function momentsOf(cdr: JsonObject, version: Version): Moment[] {
  const secondsOf = (value: unknown): number | undefined => {
    const at = typeof value === 'string' ? readDateTime(value, version).epochMs : undefined;
    return at === undefined ? undefined : at / 1000;
  };
  const began = secondsOf(cdr['start_date_time']);
  let kwh = 0;
  return listOf(cdr['charging_periods']).flatMap((period): Moment[] => {
    const at = secondsOf(period['start_date_time']);
    const used = listOf(period['dimensions']).filter(({ volume }) => typeof volume === 'number' && volume > 0);
    const before = kwh;
    for (const { type, volume } of used) if (type === 'ENERGY') kwh += Number(volume);
    const { tariff_id: tariff } = period;
    const dimensions = used.map(({ type }) => String(type)).filter(type => type in PRICED);
    if (dimensions.length === 0) return [];
    return [
      {
        dimensions,
        ...(typeof tariff === 'string' ? { tariff } : {}),
        since: at === undefined || began === undefined ? undefined : at - began,
        kwh: before,
      },
    ];
  });
}

interface Sought {
  readonly used: readonly Moment[];
  readonly tariffs: readonly JsonObject[];
  readonly version: Version;
}

/** Time and parking are rounded together, by the price used last; what is free has no steps. */
function lastStep(group: readonly Dimension[], { used, tariffs, version }: Sought): BilledStep | undefined {
  for (const moment of used.toReversed()) {
    const named = tariffs.find(({ id }) => String(id).toLowerCase() === moment.tariff?.toLowerCase());
    const tariff = named ?? tariffs[0];
    for (const dimension of group) {
      const component = moment.dimensions.includes(dimension) ? componentAt(dimension, tariff, moment) : undefined;
      if (component !== undefined) return stepOf(component, { dimension, version, included: tariff?.['tax_included'] });
    }
  }
  return undefined;
}

function componentAt(dimension: Dimension, tariff: JsonObject | undefined, moment: Moment): JsonObject | undefined {
  for (const element of listOf(tariff?.['elements'])) {
    const component = listOf(element['price_components']).find(({ type }) => type === dimension);
    const when = element['restrictions'];
    if (component !== undefined && (!isJsonObject(when) || mayHold(when, moment))) return component;
  }
  return undefined;
}

/** False where it is sure that it does not. */
function mayHold(when: JsonObject, { since, kwh }: Moment): boolean {
  if (when['reservation'] || when['booking']) return false;
  const within = (value: number | undefined, least: unknown, most: unknown): boolean =>
    value === undefined ||
    (!(typeof least === 'number' && value < least) && !(typeof most === 'number' && value >= most));
  return within(since, when['min_duration'], when['max_duration']) && within(kwh, when['min_kwh'], when['max_kwh']);
}

interface Pricing {
  readonly dimension: Dimension;
  readonly version: Version;
  readonly included: unknown;
}

function stepOf(component: JsonObject, { dimension, version, included }: Pricing): BilledStep | undefined {
  const { price, step_size: size, vat } = component;
  if (typeof price !== 'number' || typeof size !== 'number') return undefined;
  const { unit, part } = PRICED[dimension];
  const cost = (price * size) / unit;
  // A step of 1 Wh at a price without decimals is as little as it gets.
  if (!(cost > 1e-9)) return undefined;
  if (included === 'N/A') return { part, cost, isTaxed: false, rate: 0 };
  // 2.2.1: without VAT no VAT applies; the others leave it open.
  const rate = typeof vat === 'number' ? vat : version === '2.2.1' ? 0 : undefined;
  if (included !== 'YES') return { part, cost, isTaxed: false, rate };
  if (rate === undefined) return { part, cost, isTaxed: true, rate };
  return { part, cost: cost / (1 + rate / 100), isTaxed: false, rate };
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
