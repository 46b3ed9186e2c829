import type { VersionName } from '../../contract/platform.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Doubts } from './doubts.ts';
import { add, divide, multiply, ONE, type Ratio, ratio, readDecimal, toNumber, ZERO } from './ratio.ts';
import { asksForZone, type Purpose, type Restrictions, readRestrictions, timesOfDay } from './restrictions.ts';
import { readPrice } from './stated.ts';

export const DIMENSIONS = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One price of a tariff. */
export interface Component {
  readonly tariff: string;
  readonly dimension: Dimension;
  /** JSON pointer within its tariff. */
  readonly pointer: string;
  /** As it stands in the tariff, per kWh, hour or once. */
  readonly price: Ratio;
  readonly vat: Ratio | undefined;
  /** Of one unit, without and with taxes; `after` is undefined where nobody can tell. */
  readonly before: Ratio;
  readonly after: Ratio | undefined;
  /** False where the price holds taxes that nobody tells: `before` is the price as it stands then. */
  readonly beforeKnown: boolean;
  /** Money of one unit, nearly: for tolerances. */
  readonly size: number;
  /** Wh or seconds; 0 where there is none. */
  readonly step: number;
  /** Its element prices parking and nothing else that is used: a FLAT is for parking. */
  readonly ofParking: boolean;
  readonly purpose: Purpose;
}

export interface Element {
  readonly components: Readonly<Partial<Record<Dimension, Component>>>;
  readonly restrictions: Restrictions | undefined;
  readonly purpose: Purpose;
}

/** A tariff of any version as bills are worked out of it (digest 6.4). */
export interface Terms {
  readonly id: string;
  readonly currency: string;
  readonly type: string | undefined;
  readonly elements: readonly Element[];
  readonly least: Limit | undefined;
  readonly most: Limit | undefined;
  readonly preauthorize: Ratio | undefined;
  /** Milliseconds since the epoch; when it is valid. */
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly asksForZone: boolean;
  /** Where answers may change: within a local day, since the begin of the session (both milliseconds), and with the energy (kWh). */
  readonly times: readonly number[];
  readonly durations: readonly number[];
  readonly energies: readonly Ratio[];
}

export interface Limit {
  readonly before: Ratio | undefined;
  readonly after: Ratio | undefined;
}

type Taxes = 'on-top' | 'on-top-unknown' | 'within' | 'none';

/** Reads what can be read; whatever cannot becomes a doubt. */
export function readTerms(tariff: JsonObject, version: VersionName, doubts: Doubts): Terms {
  const id = typeof tariff['id'] === 'string' ? tariff['id'] : '';
  const unread = (what: string) =>
    doubts.add(
      'tariff-unreadable',
      `Tariff ${id || 'without an id'} has ${what}, which cannot be read: it is left out.`,
      true,
    );
  const taxes = taxesOf(tariff, version, doubts);
  const listed: readonly unknown[] = Array.isArray(tariff['elements']) ? tariff['elements'] : [];
  if (!Array.isArray(tariff['elements'])) unread('no list of elements');
  const elements = listed.map((element, at): Element => {
    if (!isJsonObject(element)) {
      unread(`/elements/${at}`);
      return { components: {}, restrictions: undefined, purpose: 'charging' };
    }
    const restrictions = readRestrictions(element['restrictions'], field =>
      unread(`/elements/${at}/restrictions/${field}`),
    );
    const purpose = restrictions?.purpose ?? 'charging';
    const components = componentsOf(element, { id, at, taxes, purpose, version, unread, doubts });
    return { components, restrictions, purpose };
  });
  const limits = limitsOf(tariff, version, doubts);
  const all = elements.flatMap(({ restrictions }) => restrictions ?? []);
  return {
    id,
    currency: typeof tariff['currency'] === 'string' ? tariff['currency'] : '',
    type: typeof tariff['type'] === 'string' ? tariff['type'] : undefined,
    elements,
    ...limits,
    preauthorize: readDecimal(tariff['preauthorize_amount']),
    from: momentOf(tariff['start_date_time'], version),
    until: momentOf(tariff['end_date_time'], version),
    asksForZone: all.some(asksForZone),
    times: [...new Set(all.flatMap(timesOfDay))],
    durations: [...new Set(all.flatMap(({ leastMs, mostMs }) => [leastMs, mostMs]))].filter(isNumber),
    energies: all.flatMap(({ leastKwh, mostKwh }) => [leastKwh, mostKwh]).filter(isRatio),
  };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}

function isRatio(value: Ratio | undefined): value is Ratio {
  return value !== undefined;
}

function momentOf(value: unknown, version: VersionName): number | undefined {
  return typeof value === 'string' ? readDateTime(value, version).epochMs : undefined;
}

/** Before 2.3.0 prices are without taxes; 2.2.1 says that no `vat` is no tax, 2.1.1 says nothing of taxes (digest 6.4, T20b). */
function taxesOf(tariff: JsonObject, version: VersionName, doubts: Doubts): Taxes {
  const said = tariff['tax_included'];
  if (said === 'YES') return 'within';
  if (said === 'N/A') return 'none';
  if (version === '2.3.0' && said !== 'NO') {
    doubts.add(
      'tax-included-missing',
      'The tariff does not say whether its prices include taxes (tax_included): they are taken to be without.',
      said !== undefined && said !== null,
    );
  }
  return version === '2.2.1' ? 'on-top' : 'on-top-unknown';
}

interface ElementParts {
  readonly id: string;
  readonly at: number;
  readonly taxes: Taxes;
  readonly purpose: Purpose;
  readonly version: VersionName;
  readonly unread: (what: string) => void;
  readonly doubts: Doubts;
}

function componentsOf(element: JsonObject, parts: ElementParts): Partial<Record<Dimension, Component>> {
  const { id, at, taxes, purpose, unread, doubts } = parts;
  const listed: readonly unknown[] = Array.isArray(element['price_components']) ? element['price_components'] : [];
  const types = listed.map(one => (isJsonObject(one) ? one['type'] : undefined));
  const ofParking =
    types.includes('PARKING_TIME') && !types.includes('ENERGY') && !types.includes('TIME') && purpose === 'charging';
  const read: Partial<Record<Dimension, Component>> = {};
  for (const [place, one] of listed.entries()) {
    const pointer = `/elements/${at}/price_components/${place}`;
    const dimension = isJsonObject(one) ? DIMENSIONS.find(known => known === one['type']) : undefined;
    const price = isJsonObject(one) ? readDecimal(one['price']) : undefined;
    if (!isJsonObject(one) || dimension === undefined || price === undefined) {
      unread(pointer);
      continue;
    }
    if (typeof one['price'] === 'string') {
      doubts.add(
        'number-as-text',
        'Prices of the tariff are written as text; they are read as the numbers they say.',
        false,
      );
    }
    const vat = readDecimal(one['vat']);
    const step = readDecimal(one['step_size']);
    // At most one component of a dimension counts (digest 6.4).
    read[dimension] ??= {
      tariff: id,
      dimension,
      pointer,
      price,
      vat,
      ...taxed(price, vat, taxes),
      size: Math.abs(toNumber(price) * (1 + (vat ? toNumber(vat) / 100 : 0))),
      step: step && dimension !== 'FLAT' ? Math.max(0, Math.floor(Number(step.top) / Number(step.bottom))) : 0,
      ofParking,
      purpose,
    };
  }
  return read;
}

function taxed(
  price: Ratio,
  vat: Ratio | undefined,
  taxes: Taxes,
): Pick<Component, 'before' | 'after' | 'beforeKnown'> {
  const factor = vat && add(ONE, multiply(vat, ratio(1, 100)));
  if (taxes === 'none' || price.top === 0n) return { before: price, after: price, beforeKnown: true };
  if (taxes === 'within') {
    return factor && factor.top > 0n
      ? { before: divide(price, factor), after: price, beforeKnown: true }
      : { before: price, after: price, beforeKnown: false };
  }
  if (factor !== undefined) return { before: price, after: multiply(price, factor), beforeKnown: true };
  return { before: price, after: taxes === 'on-top' ? price : undefined, beforeKnown: true };
}

function limitsOf(tariff: JsonObject, version: VersionName, doubts: Doubts): Pick<Terms, 'least' | 'most'> {
  const read = (field: string): Limit | undefined => {
    const value = tariff[field];
    if (value === undefined || value === null) return undefined;
    if (version === '2.1.1') {
      doubts.add('limits-unknown', `2.1.1 knows no ${field}: that of the tariff is left out.`, true);
      return undefined;
    }
    const { before, after } = readPrice(value, '');
    if (before === undefined && after === undefined) {
      doubts.add('tariff-unreadable', `The ${field} of the tariff cannot be read: it is left out.`, true);
      return undefined;
    }
    return { before: before?.amount, after: after?.amount };
  };
  return { least: read('min_price'), most: read('max_price') };
}

/** The same tax on everything that is priced, as a factor: 1.21; undefined where there are several, or none is told. */
export function commonTax(components: readonly Component[]): Ratio | undefined {
  const [first] = components;
  if (first === undefined) return undefined;
  const same = components.every(
    ({ before, after }) =>
      after !== undefined &&
      first.after !== undefined &&
      after.top * before.bottom * first.before.top * first.after.bottom ===
        first.after.top * first.before.bottom * before.top * after.bottom,
  );
  if (!same || first.after === undefined) return undefined;
  return first.before.top === ZERO.top ? undefined : divide(first.after, first.before);
}
