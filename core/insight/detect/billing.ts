import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';
import { differing } from '../tariff/differing.ts';
import type { Due } from '../tariff/due.ts';
import { type Pricing, price, priceOtherwise } from '../tariff/pricing.ts';
import { compare, distance, type Ratio, ratio, readDecimal, roundTo, sumOf, toNumber, write } from '../tariff/ratio.ts';
import { COST_PARTS, PART_FIELDS, readPrice } from '../tariff/stated.ts';
import type { Dimension } from '../tariff/terms.ts';
import { fixedClock, type ZoneClock, zoneClock, zoneOfCountry } from '../tariff/zones.ts';

const PARTS = [
  ['ENERGY', 'total_energy_cost'],
  ['TIME', 'total_time_cost'],
  ['PARKING_TIME', 'total_parking_cost'],
  ['FLAT', 'total_fixed_cost'],
] as const satisfies readonly (readonly [Dimension, string])[];
const PART_FIELDS_OF_CDR = COST_PARTS.map(part => PART_FIELDS[part]);
type Timed = 'ENERGY' | 'TIME' | 'PARKING_TIME';
const TIMED: readonly string[] = ['ENERGY', 'TIME', 'PARKING_TIME'] satisfies Timed[];
/** Whether the sums of a CDR are those of its parts, and its costs those of its own tariff (digest 6.3, 6.4). */
export function billingFindings(cdr: JsonObject, pointer: string, version: Version): Finding[] {
  const findings = [...volumeFindings(cdr, pointer), ...vatFindings(cdr, pointer)];
  // Of a credit CDR only total_cost is negated (T38).
  if (cdr['credit'] === true || cdr['credit_reference_id']) return findings;
  const sum = sumFindings(cdr, pointer);
  return [...findings, ...sum, ...(sum.length > 0 ? [] : costFindings(cdr, pointer, version))];
}

interface Use {
  readonly dimension: string;
  readonly volume: Ratio;
}

function usesOf(periods: unknown): readonly Use[] {
  if (!Array.isArray(periods)) return [];
  return periods.flatMap((period: unknown) => {
    const dimensions = isJsonObject(period) ? period['dimensions'] : undefined;
    if (!Array.isArray(dimensions)) return [];
    return dimensions.flatMap((one: unknown): Use[] => {
      const { type, volume } = isJsonObject(one) ? (one as { type?: unknown; volume?: unknown }) : {};
      const amount = readDecimal(volume);
      if (typeof type !== 'string' || !TIMED.includes(type) || amount === undefined) return [];
      return [{ dimension: type, volume: amount }];
    });
  });
}

function volumeFindings(cdr: JsonObject, pointer: string): Finding[] {
  const uses = usesOf(cdr['charging_periods']);
  const summed = (...dimensions: readonly Timed[]): Ratio | undefined => {
    const used = uses.filter(({ dimension }) => (dimensions as readonly string[]).includes(dimension));
    return used.length === 0 ? undefined : sumOf(used.map(({ volume }) => volume));
  };
  const findings: Finding[] = [];
  const compareTo = (code: 'cdr.energy-differs' | 'cdr.time-differs', field: string, sum: Ratio | undefined): void => {
    const stated = readDecimal(cdr[field]);
    if (sum === undefined || stated === undefined) return;
    // A thousand times as much are watt-hours, which is told as such.
    if (toNumber(distance(stated, sum)) <= 0.005 + 0.001 * uses.length || toNumber(sum) > toNumber(stated) * 500)
      return;
    findings.push(finding(code, { pointer: `${pointer}/${field}`, met: write(stated), expected: write(sum) }));
  };
  compareTo('cdr.energy-differs', 'total_energy', summed('ENERGY'));
  // Periods with energy alone say nothing of the time.
  if (summed('TIME') !== undefined) compareTo('cdr.time-differs', 'total_time', summed('TIME', 'PARKING_TIME'));
  if (cdr['total_parking_time']) compareTo('cdr.time-differs', 'total_parking_time', summed('PARKING_TIME'));
  return findings;
}

/** An amount before taxes, in the shape of any version. */
function netOf(price: unknown): Ratio | undefined {
  return readPrice(price, '').before?.amount;
}

function sumFindings(cdr: JsonObject, pointer: string): Finding[] {
  const total = netOf(cdr['total_cost']);
  const stated = PART_FIELDS_OF_CDR.flatMap(field => netOf(cdr[field]) ?? []);
  if (total === undefined || stated.length === 0) return [];
  const tariffs = tariffsOf(cdr);
  if (tariffs.some(tariff => tariff['min_price'] || tariff['max_price'])) return [];
  const sum = sumOf(stated);
  if (compare(distance(sum, total), ratio(stated.length, 100)) <= 0) return [];
  // Parts are optional: what is missing of the sum may be one that was left out.
  if (compare(sum, total) < 0 && !namesAllParts(cdr, tariffs)) return [];
  const expected = `${write(sum)}, the sum of the costs`;
  return [finding('cdr.sum-differs', { pointer: `${pointer}/total_cost`, met: write(total), expected })];
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

/** Only where one reading of bill and tariff is possible: of all others several prices could be right. */
function costFindings(cdr: JsonObject, pointer: string, version: Version): Finding[] {
  const tariffs = tariffsOf(cdr);
  if (tariffs.length === 0 || netOf(cdr['total_cost']) === undefined) return [];
  const clock = clockOf(cdr);
  const pricing = price({
    bill: cdr,
    kind: 'cdr',
    version,
    tariffs,
    tariffsFrom: 'within',
    clock: clock ?? fixedClock(0),
  });
  if (clock === undefined && pricing.terms.some(({ asksForZone }) => asksForZone)) return [];
  if (pricing.doubts.decisive !== undefined || isGuessed(pricing)) return [];
  const wrong = netMismatch(pricing, pricing.due);
  if (wrong === undefined) return [];
  const fits = (...ways: readonly ('high' | 'never' | 'each-period')[]) =>
    ways.some(way => !netMismatch(pricing, priceOtherwise(pricing, { reckoning: { stepping: () => way } })));
  // A volume so close to a whole step that its rounding decides.
  if (fits('high')) return [];
  const otherwise = fits('never', 'each-period');
  // 2.1.1 does not say how a step size is applied.
  if (otherwise && 'stop_date_time' in cdr) return [];
  const details = {
    // An amount within a price: the finding is of the price.
    pointer: `${pointer}/${wrong.field}`,
    met: write(wrong.stated.amount),
    expected: write(roundTo(wrong.due, 6)),
  };
  return [finding(otherwise ? 'cdr.step-size-differs' : 'cdr.cost-differs', details)];
}

/** What is priced was not told by the periods, but taken from the totals of the CDR. */
function isGuessed({ doubts, uses, terms }: Pricing): boolean {
  const isPriced = (...dimensions: readonly string[]) =>
    uses.some(({ component, dimension }) => component !== undefined && dimensions.includes(dimension));
  return doubts.all.some(({ code }) => {
    if (code === 'time-from-periods') return isPriced('TIME', 'PARKING_TIME');
    if (code === 'energy-from-total' || code === 'energy-shared-out')
      return isPriced('ENERGY') || terms.some(({ energies }) => energies.length > 0);
    return code === 'no-periods';
  });
}

/** The first part that differs without taxes, else the total. */
function netMismatch(pricing: Pricing, due: Due): ReturnType<typeof differing>[number] | undefined {
  const wrong = differing(pricing, due).filter(({ taxes }) => taxes === 'before');
  return wrong.find(({ part }) => part !== undefined) ?? wrong[0];
}

/** Of the location in the CDR itself: 2.1.1 tells its zone, 2.2 and later only its country. */
function clockOf(cdr: JsonObject): ZoneClock | undefined {
  const location = cdr['location'] ?? cdr['cdr_location'];
  if (!isJsonObject(location)) return undefined;
  const { time_zone: told, country } = location as { readonly time_zone?: unknown; readonly country?: unknown };
  const zone = typeof told === 'string' ? told : typeof country === 'string' ? zoneOfCountry(country) : undefined;
  return zone === undefined ? undefined : zoneClock(zone);
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
