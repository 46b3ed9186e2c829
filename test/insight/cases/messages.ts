import { BEGIN, type LiteralExchange, TOKENS } from '../../support/observed.ts';

/** Base64 as a partner's own tools write it. */
export const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** Heads and bodies of a healthy 2.2.1 link on which we call the partner with token C. */
export const HOST = 'https://partner.example';
export const IDS = 'X-Request-ID: req-1\nX-Correlation-ID: corr-1';
export const TO_THEM = [
  'OCPI-to-party-id: TNM',
  'OCPI-to-country-code: NL',
  'OCPI-from-party-id: WBX',
  'OCPI-from-country-code: NL',
].join('\n');
export const TO_US = [
  'OCPI-to-party-id: WBX',
  'OCPI-to-country-code: NL',
  'OCPI-from-party-id: TNM',
  'OCPI-from-country-code: NL',
].join('\n');
export const WITH_C = `Authorization: Token ${base64(TOKENS.c)}`;
export const WITH_B = `Authorization: Token ${base64(TOKENS.b)}`;
export const JSON_TYPE = 'Content-Type: application/json';
export const TIMESTAMP = '"timestamp":"2026-01-31T12:00:00Z"';
export const FINE = `{"status_code":1000,${TIMESTAMP}}`;

/** An answer of 2.2.1 that is right in all but its body. */
export function answer(body: string, { start = 'HTTP/1.1 200 OK', more = '' } = {}): string {
  return `${start}\n${JSON_TYPE}\n${IDS}\n${TO_US}${more === '' ? '' : `\n${more}`}\n\n${body}`;
}

/** We read from the partner. */
export function weRead(path: string, response: string, more: Partial<LiteralExchange> = {}): LiteralExchange {
  return {
    operation: 'locations.list',
    version: '2.2.1',
    request: `GET ${HOST}${path} HTTP/1.1\nHost: partner.example\n${WITH_C}\n${IDS}\n${TO_THEM}\n\n`,
    response,
    ...more,
  };
}

/** The partner sends us something, with token B. */
export function theySend(
  { method, path, body }: { method: string; path: string; body: string },
  more: Partial<LiteralExchange> = {},
): LiteralExchange {
  return {
    operation: 'sessions.put',
    version: '2.2.1',
    direction: 'in',
    request: `${method} ${path} HTTP/1.1\nHost: us.example\n${WITH_B}\n${IDS}\n${TO_US}\n${JSON_TYPE}\n\n${body}`,
    response: `HTTP/1.1 200 OK\n${JSON_TYPE}\n${IDS}\n${TO_THEM}\n\n${FINE}`,
    ...more,
  };
}

/** We send the partner something, with token C. */
export function weSend(
  { method, path, body }: { method: string; path: string; body: string },
  response: string,
  more: Partial<LiteralExchange> = {},
): LiteralExchange {
  return {
    operation: 'locations.put',
    version: '2.2.1',
    request: `${method} ${HOST}${path} HTTP/1.1\nHost: partner.example\n${WITH_C}\n${IDS}\n${TO_THEM}\n${JSON_TYPE}\n\n${body}`,
    response,
    ...more,
  };
}

/** So many seconds after the begin. */
export const secondsOn = (seconds: number) => BEGIN + seconds * 1000;

export function list(...items: readonly string[]): string {
  return `{"data":[${items.join(',')}],"status_code":1000,${TIMESTAMP}}`;
}

export function data(json: string): string {
  return `{"data":${json},"status_code":1000,${TIMESTAMP}}`;
}

interface LocationParts {
  readonly id?: string;
  readonly updated?: string;
  readonly evse?: string;
  readonly more?: string;
}

/** A location of 2.2.1, literally. */
export function location({
  id = 'LOC1',
  updated = '2026-01-31T11:00:00Z',
  evse = '',
  more = '',
}: LocationParts = {}): string {
  const evses = evse === '' ? '' : `"evses":[${evse}],`;
  return `{"country_code":"NL","party_id":"TNM","id":"${id}","publish":true,"address":"Street 1","city":"Gent","country":"BEL","coordinates":{"latitude":"51.047599","longitude":"3.729944"},${evses}${more}"time_zone":"Europe/Brussels","last_updated":"${updated}"}`;
}

export function evse({
  uid = 'E1',
  status = 'AVAILABLE',
  updated = '2026-01-31T11:00:00Z',
  id = 'NL*TNM*E1',
} = {}): string {
  return `{"uid":"${uid}","evse_id":"${id}","status":"${status}","connectors":[{"id":"1","standard":"IEC_62196_T2","format":"SOCKET","power_type":"AC_3_PHASE","max_voltage":230,"max_amperage":16,"last_updated":"${updated}"}],"last_updated":"${updated}"}`;
}

interface SessionParts {
  readonly id?: string;
  readonly status?: string;
  readonly kwh?: number;
  readonly updated?: string;
  readonly auth?: string;
  readonly uid?: string;
  readonly periods?: string;
}

export function session(parts: SessionParts = {}): string {
  const {
    id = 'S1',
    status = 'ACTIVE',
    kwh = 1,
    updated = '2026-01-31T12:00:00Z',
    auth = 'AUTH_REQUEST',
    uid = 'CARD1',
    periods = '',
  } = parts;
  const charged = periods === '' ? '' : `"charging_periods":[${periods}],`;
  return `{"country_code":"NL","party_id":"TNM","id":"${id}","start_date_time":"2026-01-31T11:30:00Z","kwh":${kwh},"cdr_token":{"country_code":"NL","party_id":"WBX","uid":"${uid}","type":"RFID","contract_id":"C1"},"auth_method":"${auth}","location_id":"LOC1","evse_uid":"E1","connector_id":"1","currency":"EUR",${charged}"status":"${status}","last_updated":"${updated}"}`;
}

export function period(start: string, kwh = 1): string {
  return `{"start_date_time":"${start}","dimensions":[{"type":"ENERGY","volume":${kwh}}]}`;
}

interface CdrParts {
  readonly id?: string;
  readonly session?: string;
  /** Members that replace or add to the usual ones. */
  readonly costs?: string;
  readonly step?: number;
  readonly energy?: number;
  readonly tariff?: string;
}

/** A CDR of 10 kWh and half an hour at 0.30 a kWh, 20 % VAT. */
export function cdr(parts: CdrParts = {}): string {
  const { id = 'CDR1', session: of = 'S1', step = 1, energy = 10 } = parts;
  const costs =
    parts.costs ?? '"total_cost":{"excl_vat":3.0,"incl_vat":3.6},"total_energy_cost":{"excl_vat":3.0,"incl_vat":3.6}';
  const tariff =
    parts.tariff ??
    `{"country_code":"NL","party_id":"TNM","id":"T1","currency":"EUR","elements":[{"price_components":[{"type":"ENERGY","price":0.3,"vat":20,"step_size":${step}}]}],"last_updated":"2026-01-01T00:00:00Z"}`;
  return `{"country_code":"NL","party_id":"TNM","id":"${id}","start_date_time":"2026-01-31T11:00:00Z","end_date_time":"2026-01-31T11:30:00Z","session_id":"${of}","cdr_token":{"country_code":"NL","party_id":"WBX","uid":"CARD1","type":"RFID","contract_id":"C1"},"auth_method":"WHITELIST","cdr_location":{"id":"LOC1","address":"Street 1","city":"Gent","country":"BEL","coordinates":{"latitude":"51.047599","longitude":"3.729944"},"evse_uid":"E1","evse_id":"NL*TNM*E1","connector_id":"1","connector_standard":"IEC_62196_T2","connector_format":"SOCKET","connector_power_type":"AC_3_PHASE"},"currency":"EUR","tariffs":[${tariff}],"charging_periods":[{"start_date_time":"2026-01-31T11:00:00Z","dimensions":[{"type":"ENERGY","volume":${energy}},{"type":"TIME","volume":0.5}]}],"total_energy":${energy},"total_time":0.5,${costs},"last_updated":"2026-01-31T11:31:00Z"}`;
}
