import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { Version } from '../../ocpi/versions.ts';

/** What reports count of a session or a CDR; whatever it does not tell is undefined. Ids as sent. */
export interface BillTold {
  readonly kind: 'session' | 'cdr';
  /** Milliseconds since the epoch. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly kwh: number | undefined;
  readonly hours: number | undefined;
  /** Hours connected without charging. */
  readonly idle: number | undefined;
  /** Stated cost without and with taxes. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly currency: string | undefined;
  readonly location: string | undefined;
  /** Of the location, as far as it stands in the bill itself. */
  readonly place: PlaceTold;
  readonly evse: string | undefined;
  readonly token: string | undefined;
  readonly tariff: string | undefined;
  /** Id of the session that a CDR is of. */
  readonly session: string | undefined;
  /** Of a credit CDR: what it takes back, empty where it does not say. */
  readonly credits: string | undefined;
  /** Of a session. */
  readonly status: string | undefined;
}

export interface PlaceTold {
  readonly name: string | undefined;
  /** IANA name. */
  readonly zone: string | undefined;
  /** ISO 3166, alpha-3 mostly. */
  readonly country: string | undefined;
}

const HOUR = 3_600_000;

/** Reads any version and what partners make of it: numbers in text, prices of other versions (T20, T21; digest 6.2, 6.3). */
export function readBill(
  bill: JsonObject,
  of: { readonly kind: 'session' | 'cdr'; readonly version: Version },
): BillTold {
  const { kind } = of;
  const start = moment(bill['start_date_time'] ?? bill['start_datetime'], of.version);
  const end = moment(bill['end_date_time'] ?? bill['end_datetime'] ?? bill['stop_date_time'], of.version);
  const cost = priceOf(bill['total_cost']);
  const embedded = objectIn(bill, 'cdr_location') ?? objectIn(bill, 'location');
  const periods = objectsIn(bill, 'charging_periods');
  const passed = start === undefined || end === undefined || end < start ? undefined : (end - start) / HOUR;
  const isCredit = kind === 'cdr' && (bill['credit'] === true || textIn(bill, 'credit_reference_id') !== undefined);
  return {
    kind,
    start,
    end,
    kwh: numberOf(kind === 'cdr' ? bill['total_energy'] : bill['kwh']),
    hours: (kind === 'cdr' ? numberOf(bill['total_time']) : undefined) ?? passed,
    idle: (kind === 'cdr' ? numberOf(bill['total_parking_time']) : undefined) ?? idleIn(periods),
    before: cost?.before,
    after: cost?.after,
    currency: textIn(bill, 'currency')?.toUpperCase(),
    location: textIn(bill, 'location_id') ?? (embedded && textIn(embedded, 'id')),
    place: placeOf(embedded),
    evse: evseOf(bill, embedded),
    token: textIn(objectIn(bill, 'cdr_token') ?? {}, 'uid') ?? textIn(bill, 'auth_id'),
    tariff: tariffOf(bill, periods),
    session: kind === 'cdr' ? textIn(bill, 'session_id') : textIn(bill, 'id'),
    credits: isCredit ? (textIn(bill, 'credit_reference_id') ?? '') : undefined,
    status: kind === 'session' ? textIn(bill, 'status') : undefined,
  };
}

/** The same of a location itself. */
export function placeOf(location: JsonObject | undefined): PlaceTold {
  const told = location ?? {};
  return { name: textIn(told, 'name'), zone: textIn(told, 'time_zone'), country: textIn(told, 'country') };
}

/** A price of any version: a number, with and without VAT, or with its taxes one by one. */
export function priceOf(price: unknown): { readonly before: number; readonly after: number | undefined } | undefined {
  const plain = numberOf(price);
  if (plain !== undefined) return { before: plain, after: undefined };
  if (!isJsonObject(price)) return undefined;
  const before = numberOf(price['before_taxes']) ?? numberOf(price['excl_vat']);
  if (before === undefined) return undefined;
  return { before, after: numberOf(price['incl_vat']) ?? numberOf(price['after_taxes']) ?? withTaxes(before, price) };
}

function withTaxes(before: number, price: JsonObject): number | undefined {
  if (!Array.isArray(price['taxes'])) return undefined;
  const amounts = objectsIn(price, 'taxes').map(tax => numberOf(tax['amount']));
  return amounts.reduce<number | undefined>(
    (sum, amount) => (sum === undefined || amount === undefined ? undefined : sum + amount),
    before,
  );
}

function idleIn(periods: readonly JsonObject[]): number | undefined {
  if (periods.length === 0) return undefined;
  return periods
    .flatMap(period => objectsIn(period, 'dimensions'))
    .reduce((sum, { type, volume }) => sum + (type === 'PARKING_TIME' ? (numberOf(volume) ?? 0) : 0), 0);
}

/** That of the first period that names one, else the first that stands in a CDR. */
function tariffOf(bill: JsonObject, periods: readonly JsonObject[]): string | undefined {
  for (const period of periods) {
    const named = textIn(period, 'tariff_id');
    if (named !== undefined) return named;
  }
  const [first] = objectsIn(bill, 'tariffs');
  return first && textIn(first, 'id');
}

function evseOf(bill: JsonObject, embedded: JsonObject | undefined): string | undefined {
  const own = textIn(bill, 'evse_uid') ?? (embedded && textIn(embedded, 'evse_uid'));
  if (own !== undefined) return own === '#NA' ? undefined : own;
  const [evse] = embedded === undefined ? [] : objectsIn(embedded, 'evses');
  return evse && textIn(evse, 'uid');
}

/** The epoch itself stands for a moment that is not known (T15). */
function moment(value: unknown, version: Version): number | undefined {
  if (typeof value !== 'string') return undefined;
  const read = readDateTime(value, version).epochMs;
  return read === 0 ? undefined : read;
}

const WRITTEN = /^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/;

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && WRITTEN.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function textIn(object: JsonObject, member: string): string | undefined {
  const value = object[member];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function objectIn(object: JsonObject, member: string): JsonObject | undefined {
  const value = object[member];
  return isJsonObject(value) ? value : undefined;
}

function objectsIn(object: JsonObject, member: string): readonly JsonObject[] {
  const value = object[member];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
