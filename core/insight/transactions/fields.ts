import { readDateTime } from '../../ocpi/date-time.ts';
import { isFailure } from '../../ocpi/failed-layer.ts';
import { cutElements } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { textIn } from '../flows/flow.ts';
import type { Observed } from '../observed.ts';
import { isWhole, type Reading } from '../reading.ts';
import { withStandIns } from '../sealed-token.ts';
import type { Amount } from './charge.ts';
import { present, type Whereabouts } from './mention.ts';

/** What stands for "none" (digest 6.2). */
const NONE = '#NA';

/** A text that is there and says something. */
export function idIn(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && value !== '' && value !== NONE) return value;
  }
  return undefined;
}

/** Milliseconds since the epoch; undefined for what is no date and time, and for the epoch itself, which means "unknown" (T15). */
export function timeIn(object: JsonObject, ...names: readonly string[]): number | undefined {
  const text = textIn(object, ...names);
  const at = text === undefined ? undefined : readDateTime(text, '2.2.1').epochMs;
  return at === 0 ? undefined : at;
}

export function numberIn(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function objectIn(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

/** A price: a number in 2.1.1, with and without taxes from 2.2 on (T21). `taxed`: with taxes, as a customer pays it. */
export function amountIn(object: JsonObject, name: string, taxed = false): Amount | undefined {
  const value = object[name];
  const currency = textIn(object, 'currency') ?? null;
  if (typeof value === 'number') return { amount: value, currency };
  if (!isJsonObject(value)) return undefined;
  const plain = numberIn(value, 'before_taxes') ?? numberIn(value, 'excl_vat');
  const withTaxes = numberIn(value, 'incl_vat') ?? withTaxesOf(value, plain);
  const amount = taxed ? (withTaxes ?? plain) : (plain ?? withTaxes);
  return amount === undefined ? undefined : { amount, currency };
}

function withTaxesOf(price: JsonObject, plain: number | undefined): number | undefined {
  const taxes = price['taxes'];
  if (plain === undefined || !Array.isArray(taxes)) return undefined;
  return taxes.reduce<number>(
    (sum, tax: unknown) => sum + (isJsonObject(tax) ? (numberIn(tax, 'amount') ?? 0) : 0),
    plain,
  );
}

export function periodsIn({ charging_periods: periods }: JsonObject): readonly JsonObject[] {
  return Array.isArray(periods) ? periods.filter(isJsonObject) : [];
}

/** Of a session or CDR of any version. */
export function whereaboutsOf(object: JsonObject): Whereabouts {
  const token = objectIn(object, 'cdr_token');
  const place = objectIn(object, 'cdr_location');
  // 2.1.1 has the whole location, with the EVSE and the connector that were used.
  const whole = objectIn(object, 'location');
  const evse = firstOf(whole['evses']);
  return present<Whereabouts>({
    token: idIn(token, 'uid'),
    contract: idIn(token, 'contract_id') ?? idIn(object, 'auth_id'),
    location: idIn(object, 'location_id') ?? idIn(place, 'id') ?? idIn(whole, 'id'),
    evse: idIn(object, 'evse_uid') ?? idIn(place, 'evse_uid') ?? idIn(evse, 'uid'),
    connector: idIn(object, 'connector_id') ?? idIn(place, 'connector_id') ?? idIn(firstOf(evse['connectors']), 'id'),
  });
}

function firstOf(list: unknown): JsonObject {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isJsonObject(first) ? first : {};
}

/** `NL-TNM`, in capitals: the owner as the path, else the object has it. */
export function ownerOf(params: Readonly<Record<string, string>>, object: JsonObject): string | undefined {
  const country = params['country_code'] ?? textIn(object, 'country_code');
  const party = params['party_id'] ?? textIn(object, 'party_id');
  return country === undefined || party === undefined ? undefined : `${country}-${party}`.toUpperCase();
}

/** HTTP and OCPI both say that it went well. */
export function wentWell(observed: Observed): boolean {
  const { ended, response, ocpiStatus } = observed;
  if (response === undefined || !isWhole(observed) || response.status < 200 || response.status > 299) return false;
  return !isFailure({ ended: ended.how, http: response.status, ocpi: ocpiStatus ?? null });
}

/** The body of the request as an object. */
export function bodyOf({ body }: Reading): JsonObject {
  return isJsonObject(body?.view) ? body.view : {};
}

/** The objects of a list or of one object that was read; of a page that is not kept whole those that are. */
export function objectsRead({ observed, answer }: Reading): readonly JsonObject[] {
  if (observed.method !== 'GET' || !wentWell(observed)) return [];
  const { response } = observed;
  if (response?.shortened) return objectsOfBeginning(response.text ?? '');
  const data = answer?.data;
  if (isJsonObject(data)) return [data];
  return Array.isArray(data) ? data.filter(isJsonObject) : [];
}

function objectsOfBeginning(text: string): readonly JsonObject[] {
  const list = /"data"\s*:\s*(?=\[)/.exec(text);
  if (list === null) return [];
  return cutElements(withStandIns(text.slice(list.index + list[0].length))).flatMap(element => {
    try {
      const read: unknown = JSON.parse(element);
      return isJsonObject(read) ? [read] : [];
    } catch {
      // Where the page was cut.
      return [];
    }
  });
}

/** Path and query: hosts differ where somebody stands in between, what a URL ends with does not. */
export function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : parsed.pathname + parsed.search;
}
