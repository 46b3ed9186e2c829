import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';

/** Whole millionths: of money, of kWh, of hours. */
export type Millionths = bigint;

const ONE = 1_000_000n;
const LARGEST = 1e9;

/** A JSON number in millionths; undefined for anything else, and for numbers beyond all bills. */
export function millionths(value: unknown): Millionths | undefined {
  if (typeof value !== 'number' || !(Math.abs(value) < LARGEST)) return undefined;
  return BigInt(Math.round(value * 1_000_000));
}

/** As people write it, without a fraction that is nothing: `12.5`. */
export function writeMillionths(value: Millionths): string {
  return String(Number(value) / 1_000_000);
}

const DIMENSIONS = ['ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

interface Component {
  readonly price: Millionths;
  /** Wh or seconds; 1 where it is 0 or absent. */
  readonly step: bigint;
}

/** What a tariff asks for, whatever the moment. */
export interface SimpleTariff {
  readonly components: Readonly<Partial<Record<Dimension, Component>>>;
  /** Of the whole session, before taxes. */
  readonly least?: Millionths;
  readonly most?: Millionths;
}

/**
 * A tariff whose prices do not depend on anything: no restrictions, and prices before taxes. Undefined for any other one,
 * because nobody can tell with certainty which of its elements was in force (digest 6.4).
 */
export function simpleTariff(tariff: unknown): SimpleTariff | undefined {
  if (!isJsonObject(tariff) || tariff['tax_included'] === 'YES') return undefined;
  const elements = tariff['elements'];
  if (!Array.isArray(elements)) return undefined;
  const components: Partial<Record<Dimension, Component>> = {};
  for (const element of elements as readonly unknown[]) {
    if (!isJsonObject(element) || isRestricted(element['restrictions'])) return undefined;
    const listed = element['price_components'];
    if (!Array.isArray(listed)) return undefined;
    for (const one of listed as readonly unknown[]) {
      const dimension = isJsonObject(one) ? DIMENSIONS.find(known => known === one['type']) : undefined;
      const component = isJsonObject(one) ? componentOf(one) : undefined;
      if (dimension === undefined || component === undefined) return undefined;
      // The first element with the dimension is the one that counts.
      components[dimension] ??= component;
    }
  }
  const [least, most] = [limitOf(tariff['min_price']), limitOf(tariff['max_price'])];
  return { components, ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}

function isRestricted(restrictions: unknown): boolean {
  if (restrictions === undefined || restrictions === null) return false;
  if (!isJsonObject(restrictions)) return true;
  return Object.values(restrictions).some(value => value !== null && !(Array.isArray(value) && value.length === 0));
}

function componentOf({ price, step_size: step }: JsonObject): Component | undefined {
  const amount = millionths(price);
  if (amount === undefined) return undefined;
  return { price: amount, step: typeof step === 'number' && step > 1 ? BigInt(Math.floor(step)) : 1n };
}

function limitOf(limit: unknown): Millionths | undefined {
  if (!isJsonObject(limit)) return undefined;
  return millionths(limit['excl_vat'] ?? limit['before_taxes']);
}

/** What was used, in the order in which it was used; of one dimension each. Volumes in millionths of kWh or hours. */
export interface Use {
  readonly dimension: 'ENERGY' | 'TIME' | 'PARKING_TIME';
  readonly volume: Millionths;
}

/** How step_size is applied: as digest 6.4 says, not at all, or to each period by itself. */
export type Stepping = 'once' | 'never' | 'each-period';

/** From the least to the most it can be: volumes are rounded where they are written. */
export interface Range {
  readonly low: Millionths;
  readonly high: Millionths;
}

export type Costs = Readonly<Partial<Record<Dimension, Range>>>;

/** Half of the last of four decimals, for each period. */
const VOLUME_SLACK = 50n;

/** What a session costs before taxes, by dimension; dimensions without a price are absent. */
export function costsOf({ components }: SimpleTariff, uses: readonly Use[], stepping: Stepping): Costs {
  const costs: Partial<Record<Dimension, Range>> = {};
  if (components.FLAT) costs.FLAT = { low: components.FLAT.price, high: components.FLAT.price };
  const timed = uses.findLast(({ dimension }) => dimension !== 'ENERGY' && components[dimension] !== undefined);
  for (const dimension of ['ENERGY', 'TIME', 'PARKING_TIME'] as const) {
    const component = components[dimension];
    const used = uses.filter(use => use.dimension === dimension);
    if (!component || used.length === 0) continue;
    // Of time and parking only what was used last is rounded up.
    const applies =
      stepping !== 'never' && (stepping === 'each-period' || dimension === 'ENERGY' || timed?.dimension === dimension);
    const unit = unitOf(dimension, applies ? component.step : 1n);
    const volumes = stepping === 'each-period' ? used.map(({ volume }) => volume) : [sumOf(used)];
    costs[dimension] = rangeOf({ volumes, component, unit, slack: VOLUME_SLACK * BigInt(used.length), applies });
  }
  return costs;
}

interface Billed {
  readonly volumes: readonly Millionths[];
  readonly component: Component;
  readonly unit: { readonly numerator: bigint; readonly denominator: bigint };
  readonly slack: bigint;
  readonly applies: boolean;
}

function rangeOf({ volumes, component, unit, slack, applies }: Billed): Range {
  const price = (shift: bigint) =>
    volumes.reduce((sum, volume) => {
      const shifted = volume + shift > 0n ? volume + shift : 0n;
      const billed = applies ? roundUp(shifted, unit) : shifted;
      return sum + (component.price * billed) / ONE;
    }, 0n);
  return { low: price(-slack), high: price(slack) };
}

/** One step in millionths: of kWh for Wh, of hours for seconds, which do not come out even. */
function unitOf(dimension: Dimension, step: bigint): Billed['unit'] {
  return dimension === 'ENERGY'
    ? { numerator: step * 1_000n, denominator: 1n }
    : { numerator: step * ONE, denominator: 3_600n };
}

function roundUp(volume: Millionths, { numerator, denominator }: Billed['unit']): Millionths {
  const steps = (volume * denominator + numerator - 1n) / numerator;
  return (steps * numerator) / denominator;
}

function sumOf(uses: readonly Use[]): Millionths {
  return uses.reduce((sum, { volume }) => sum + volume, 0n);
}

/** The sum, within the limits of the tariff. */
export function totalOf(costs: Costs, { least, most }: SimpleTariff): Range {
  const clamp = (amount: Millionths) => {
    const raised = least !== undefined && amount < least ? least : amount;
    return most !== undefined && raised > most ? most : raised;
  };
  const sum = (end: 'low' | 'high') => Object.values(costs).reduce((total, range) => total + range[end], 0n);
  return { low: clamp(sum('low')), high: clamp(sum('high')) };
}
