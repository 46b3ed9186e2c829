import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { VersionName } from '../../contract/platform.ts';
import { describeJson, isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { withStandIns } from '../sealed-token.ts';

/** A session or CDR with what it is. */
export interface Bill {
  readonly bill: JsonObject;
  readonly kind: 'session' | 'cdr';
  readonly version: VersionName;
}

const WANTED = 'Give one session or one CDR as JSON: the object itself, an answer, or a list with nothing else in it.';

/** JSON of one session or CDR, bare, in a list of one, or in the envelope of an answer (digest 1.4). */
export function billIn(text: string, version?: VersionName): Outcome<Bill> {
  const read = parsed(text, 'what is to be priced');
  if (!read.ok) return read;
  const found = onlyOne(unwrapped(read.value));
  return found.ok ? billOf(found.value, version === undefined ? {} : { version }) : found;
}

/** JSON of one tariff or of a list, or of the answer that holds them. */
export function tariffsIn(text: string): Outcome<readonly JsonObject[]> {
  const read = parsed(text, 'the tariff');
  if (!read.ok) return read;
  const data = unwrapped(read.value);
  const tariffs = Array.isArray(data) ? (data as readonly unknown[]) : [data];
  const advice = 'Give one tariff as JSON, or a list of tariffs: objects with "elements".';
  if (tariffs.length === 0) return failed('INVALID_INPUT', 'the list of tariffs is empty', advice);
  const usable = tariffs.filter(isJsonObject).filter(({ elements }) => Array.isArray(elements));
  const at = tariffs.findIndex(tariff => !usable.includes(tariff as JsonObject));
  if (at < 0) return done(usable);
  const which = Array.isArray(data) ? `number ${at + 1} of the tariffs` : 'what is given as tariff';
  return failed('INVALID_INPUT', `${which} is no tariff: it is ${describeJson(tariffs[at])}`, advice);
}

/** JSON of one location, or of the answer that holds it. */
export function locationIn(text: string): Outcome<JsonObject> {
  const read = parsed(text, 'the location');
  if (!read.ok) return read;
  const data = unwrapped(read.value);
  const location: unknown = Array.isArray(data) && data.length === 1 ? data[0] : data;
  if (isJsonObject(location) && ('time_zone' in location || 'evses' in location || 'country' in location)) {
    return done(location);
  }
  const message = `what is given as location is none: it is ${describeJson(location)}`;
  return failed('INVALID_INPUT', message, 'Give one location as JSON, with its "time_zone" or its "country".');
}

/** What an object is, told from its fields; `is`: what is known of it anyway. */
export function billOf(
  object: unknown,
  is: { readonly kind?: Bill['kind']; readonly version?: VersionName },
): Outcome<Bill> {
  if (!isJsonObject(object)) return failed('INVALID_INPUT', `there is ${describeJson(object)}, no object`, WANTED);
  const kind = is.kind ?? kindOf(object);
  if (kind === undefined) {
    const met = describeJson(object);
    return failed('INVALID_INPUT', `this is neither a session nor a CDR: it is ${met}`, WANTED);
  }
  return done({ bill: object, kind, version: is.version ?? versionOf(object) });
}

function kindOf(object: JsonObject): Bill['kind'] | undefined {
  if (!Array.isArray(object['charging_periods']) && !('id' in object)) return undefined;
  if (['total_energy', 'total_time', 'cdr_location', 'stop_date_time'].some(field => field in object)) return 'cdr';
  if ('kwh' in object) return 'session';
  return undefined;
}

/** 2.1.1 has fields of its own; 2.3.0 has another shape of prices (T21), and says how tariffs include taxes. */
function versionOf(object: JsonObject): VersionName {
  if (['auth_id', 'stop_date_time', 'start_datetime', 'end_datetime'].some(field => field in object)) return '2.1.1';
  if (typeof object['total_cost'] === 'number') return '2.1.1';
  const tariffs = Array.isArray(object['tariffs']) ? object['tariffs'].filter(isJsonObject) : [];
  const hasNewShape = Object.values(object).some(value => isJsonObject(value) && 'before_taxes' in value);
  return hasNewShape || tariffs.some(tariff => 'tax_included' in tariff) ? '2.3.0' : '2.2.1';
}

function parsed(text: string, what: string): Outcome<unknown> {
  if (text.trim() === '') {
    return failed('INVALID_INPUT', `${what} is empty`, WANTED);
  }
  try {
    return done(JSON.parse(withStandIns(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed('INVALID_INPUT', `${what} is no JSON: ${why}`, 'Correct it there.');
  }
}

function unwrapped(value: unknown): unknown {
  return isJsonObject(value) && 'status_code' in value && 'data' in value ? value['data'] : value;
}

function onlyOne(value: unknown): Outcome<unknown> {
  if (!Array.isArray(value)) return done(value);
  if (value.length === 1) return done(value[0]);
  return failed('INVALID_INPUT', `there are ${value.length} objects in the list, and one is to be priced`, WANTED);
}
