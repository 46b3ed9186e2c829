import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import {
  type Costs,
  costsOf,
  type Dimension,
  type Millionths,
  millionths,
  type Range,
  type SimpleTariff,
  simpleTariff,
  totalOf,
  type Use,
  writeMillionths,
} from '../tariff.ts';

/** The last cent may differ between two that are both right (T37). */
const CENT = 10_000n;
const TOLERANCE = 15_000n;
const NOTHING = 0n;
const PARTS = [
  ['ENERGY', 'total_energy_cost'],
  ['TIME', 'total_time_cost'],
  ['PARKING_TIME', 'total_parking_cost'],
  ['FLAT', 'total_fixed_cost'],
] as const satisfies readonly (readonly [Dimension, string])[];
const PART_FIELDS = [...PARTS.map(([, field]) => field), 'total_reservation_cost'];
const TIMED = new Set(['ENERGY', 'TIME', 'PARKING_TIME']);

/** Whether the sums of a CDR are those of its parts, and its costs those of its own tariff (digest 6.3, 6.4). */
export function billingFindings(cdr: JsonObject, pointer: string): Finding[] {
  const uses = usesOf(cdr['charging_periods']);
  const findings = [...volumeFindings(cdr, uses, pointer), ...vatFindings(cdr, pointer)];
  // Of a credit CDR only total_cost is negated (T38).
  if (cdr['credit'] === true || cdr['credit_reference_id']) return findings;
  const sum = sumFindings(cdr, pointer);
  return [...findings, ...sum, ...(sum.length > 0 ? [] : costFindings(cdr, uses, pointer))];
}

function usesOf(periods: unknown): readonly Use[] {
  if (!Array.isArray(periods)) return [];
  return periods.flatMap((period: unknown) => {
    const dimensions = isJsonObject(period) ? period['dimensions'] : undefined;
    if (!Array.isArray(dimensions)) return [];
    return dimensions.flatMap((one: unknown) => {
      const { type, volume } = isJsonObject(one) ? (one as { type?: unknown; volume?: unknown }) : {};
      const amount = millionths(volume);
      if (typeof type !== 'string' || !TIMED.has(type) || amount === undefined) return [];
      return [{ dimension: type as Use['dimension'], volume: amount }];
    });
  });
}

function sumOf(uses: readonly Use[], ...dimensions: readonly Use['dimension'][]): Millionths | undefined {
  const used = uses.filter(({ dimension }) => dimensions.includes(dimension));
  return used.length === 0 ? undefined : used.reduce((sum, { volume }) => sum + volume, NOTHING);
}

function volumeFindings(cdr: JsonObject, uses: readonly Use[], pointer: string): Finding[] {
  const findings: Finding[] = [];
  const compare = (
    code: 'cdr.energy-differs' | 'cdr.time-differs',
    field: string,
    summed: Millionths | undefined,
  ): void => {
    const stated = millionths(cdr[field]);
    if (summed === undefined || stated === undefined) return;
    const off = distance(stated, summed);
    // A thousand times as much are watt-hours, which is told as such.
    if (off <= 5_000n + 1_000n * BigInt(uses.length) || summed > stated * 500n) return;
    const details = { pointer: `${pointer}/${field}`, met: writeMillionths(stated), expected: writeMillionths(summed) };
    findings.push(finding(code, details));
  };
  compare('cdr.energy-differs', 'total_energy', sumOf(uses, 'ENERGY'));
  // Periods with energy alone say nothing of the time.
  if (sumOf(uses, 'TIME') !== undefined) compare('cdr.time-differs', 'total_time', sumOf(uses, 'TIME', 'PARKING_TIME'));
  if (cdr['total_parking_time']) compare('cdr.time-differs', 'total_parking_time', sumOf(uses, 'PARKING_TIME'));
  return findings;
}

/** An amount before taxes, in the shape of any version. */
function netOf(price: unknown): Millionths | undefined {
  return millionths(isJsonObject(price) ? (price['excl_vat'] ?? price['before_taxes']) : price);
}

function sumFindings(cdr: JsonObject, pointer: string): Finding[] {
  const total = netOf(cdr['total_cost']);
  const stated = PART_FIELDS.flatMap(field => netOf(cdr[field]) ?? []);
  if (total === undefined || stated.length === 0) return [];
  const tariffs = tariffsOf(cdr);
  if (tariffs.some(tariff => tariff['min_price'] || tariff['max_price'])) return [];
  const sum = stated.reduce((all, part) => all + part, NOTHING);
  if (distance(sum, total) <= CENT * BigInt(stated.length)) return [];
  // Parts are optional: what is missing of the sum may be one that was left out.
  if (sum < total && !namesAllParts(cdr, tariffs)) return [];
  const expected = `${writeMillionths(sum)}, the sum of the costs`;
  return [finding('cdr.sum-differs', { pointer: `${pointer}/total_cost`, met: writeMillionths(total), expected })];
}

function namesAllParts(cdr: JsonObject, tariffs: readonly JsonObject[]): boolean {
  if (tariffs.length === 0 || netOf(cdr['total_reservation_cost']) !== undefined) return false;
  const priced = new Set(componentsOf(tariffs).map(component => component['type']));
  return PARTS.every(([dimension, field]) => !priced.has(dimension) || netOf(cdr[field]) !== undefined);
}

function tariffsOf(cdr: JsonObject): readonly JsonObject[] {
  const tariffs = cdr['tariffs'];
  return Array.isArray(tariffs) ? tariffs.filter(isJsonObject) : [];
}

function componentsOf(tariffs: readonly JsonObject[]): readonly JsonObject[] {
  const listsIn = (value: unknown, name: string): readonly JsonObject[] => {
    const list = isJsonObject(value) ? value[name] : undefined;
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  };
  return tariffs.flatMap(tariff =>
    listsIn(tariff, 'elements').flatMap(element => listsIn(element, 'price_components')),
  );
}

/** Only where one tariff without any restriction was in force: of all others several prices could be right. */
function costFindings(cdr: JsonObject, uses: readonly Use[], pointer: string): Finding[] {
  const [only, ...others] = tariffsOf(cdr);
  const tariff = others.length === 0 ? simpleTariff(only) : undefined;
  const total = netOf(cdr['total_cost']);
  if (tariff === undefined || total === undefined || !isPlain(cdr, uses, tariff)) return [];
  const due = costsOf(tariff, uses, 'once');
  const wrong = mismatch(cdr, due, tariff);
  if (wrong === undefined) return [];
  const otherwise = (['never', 'each-period'] as const).some(
    stepping => mismatch(cdr, costsOf(tariff, uses, stepping), tariff) === undefined,
  );
  // 2.1.1 does not say how a step size is applied.
  if (otherwise && 'stop_date_time' in cdr) return [];
  const details = { pointer: `${pointer}/${wrong.field}`, met: writeMillionths(wrong.met), expected: told(wrong.due) };
  return [finding(otherwise ? 'cdr.step-size-differs' : 'cdr.cost-differs', details)];
}

/** Nothing is billed that periods and tariff do not tell, and charging comes before parking. */
function isPlain(cdr: JsonObject, uses: readonly Use[], { components }: SimpleTariff): boolean {
  if (
    netOf(cdr['total_reservation_cost']) !== undefined ||
    JSON.stringify(cdr['charging_periods'] ?? []).includes('RESERVATION')
  ) {
    return false;
  }
  const used = new Set(uses.map(({ dimension }) => dimension));
  // A price per hour, and no hours among the periods.
  if (components.TIME && !used.has('TIME') && cdr['total_time']) return false;
  if (components.ENERGY && !used.has('ENERGY') && cdr['total_energy']) return false;
  if (components.PARKING_TIME && !used.has('PARKING_TIME') && cdr['total_parking_time']) return false;
  const lastTime = uses.findLastIndex(({ dimension, volume }) => dimension === 'TIME' && volume > NOTHING);
  const firstParking = uses.findIndex(({ dimension, volume }) => dimension === 'PARKING_TIME' && volume > NOTHING);
  return firstParking < 0 || lastTime < firstParking;
}

interface Mismatch {
  readonly field: string;
  readonly met: Millionths;
  readonly due: Range;
}

function mismatch(cdr: JsonObject, costs: Costs, tariff: SimpleTariff): Mismatch | undefined {
  for (const [dimension, field] of PARTS) {
    const met = netOf(cdr[field]);
    const due = costs[dimension] ?? { low: NOTHING, high: NOTHING };
    if (met !== undefined && !fits(met, due)) return { field, met, due };
  }
  const met = netOf(cdr['total_cost']) ?? NOTHING;
  const due = totalOf(costs, tariff);
  return fits(met, due) ? undefined : { field: 'total_cost', met, due };
}

function fits(met: Millionths, { low, high }: Range): boolean {
  return met >= low - TOLERANCE && met <= high + TOLERANCE;
}

function told({ low, high }: Range): string {
  return writeMillionths((low + high) / 2n);
}

function distance(left: Millionths, right: Millionths): Millionths {
  return left < right ? right - left : left - right;
}

/** The tariff tells a tax and the total does not tell what it is with it. */
function vatFindings(cdr: JsonObject, pointer: string): Finding[] {
  const total = cdr['total_cost'];
  if (!isJsonObject(total)) return [];
  const { incl_vat: inclVat, taxes } = total as { readonly incl_vat?: unknown; readonly taxes?: unknown };
  if (typeof inclVat === 'number' || (Array.isArray(taxes) && taxes.length > 0)) return [];
  const vat = componentsOf(tariffsOf(cdr)).find(
    component => typeof component['vat'] === 'number' && component['vat'] > 0,
  );
  if (vat === undefined) return [];
  const details = {
    pointer: `${pointer}/total_cost`,
    met: 'no amount with taxes',
    expected: `with ${vat['vat']} % VAT`,
  };
  return [finding('cdr.vat-missing', details)];
}
