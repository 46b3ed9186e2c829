import type { Version } from '../../../core/ocpi/versions.ts';
import { BEGIN, type LiteralExchange, TOKENS } from '../../support/observed.ts';

/** A charge at a partner's charger, as literal bytes: the partner is the operator, we are the provider. */
export interface Speaking {
  readonly version: Version;
  /** Who we are in it: `emsp` has the partner's charger, `cpo` has ours. */
  readonly we: 'emsp' | 'cpo';
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const AUTHORIZATION = `Authorization: Token ${base64(TOKENS.c)}`;
export const at = (minutes: number) => new Date(BEGIN + minutes * 60_000).toISOString().replace('.000Z', 'Z');

interface Message {
  readonly operation: string;
  readonly by: 'cpo' | 'emsp';
  readonly method: string;
  /** Behind the version. */
  readonly path: string;
  readonly body?: string;
  readonly data?: string;
  readonly minute: number;
  readonly status?: string;
  readonly ocpi?: number;
  readonly more?: Partial<LiteralExchange>;
}

/** What the two sides of a charge send, by version. Minutes count from the begin. */
export function messagesOf({ version, we }: Speaking) {
  const is211 = version === '2.1.1';
  let requests = 0;
  const exchange = (message: Message): LiteralExchange => {
    const { operation, by, method, path, body = '', data, minute, status = '200 OK', ocpi = 1000, more } = message;
    const direction = by === we ? 'out' : 'in';
    const start = direction === 'out' ? `https://partner.example/ocpi/${version}${path}` : `/ocpi/${version}${path}`;
    const ids = `X-Request-ID: r${++requests}\nX-Correlation-ID: c${requests}`;
    const shown = data === undefined ? '' : `"data":${data},`;
    return {
      operation,
      version,
      direction,
      at: BEGIN + minute * 60_000,
      request: `${method} ${start} HTTP/1.1\nHost: host.example\n${AUTHORIZATION}\n${ids}\nContent-Type: application/json\n\n${body}`,
      response: `HTTP/1.1 ${status}\nContent-Type: application/json\n\n{${shown}"status_code":${ocpi},"timestamp":"${at(minute)}"}`,
      ...more,
    };
  };
  const price = (amount: number) =>
    is211 ? String(amount) : version === '2.2.1' ? `{"excl_vat":${amount}}` : `{"before_taxes":${amount}}`;
  const token = (uid: string) =>
    is211
      ? `{"uid":"${uid}","type":"RFID","auth_id":"C-${uid}","issuer":"us","valid":true,"whitelist":"NEVER","last_updated":"${at(-60)}"}`
      : `{"country_code":"NL","party_id":"EMP","uid":"${uid}","type":"RFID","contract_id":"C-${uid}","issuer":"us","valid":true,"whitelist":"NEVER","last_updated":"${at(-60)}"}`;
  const customer = (uid: string) =>
    is211
      ? `"auth_id":"C-${uid}"`
      : `"cdr_token":{"country_code":"NL","party_id":"EMP","uid":"${uid}","type":"RFID","contract_id":"C-${uid}"}`;
  const place = (evse: string) =>
    is211
      ? `"location":{"id":"LOC1","name":"x","address":"Street 1","city":"Gent","postal_code":"9000","country":"BEL","coordinates":{"latitude":"51.0","longitude":"3.7"},"evses":[{"uid":"${evse}","connectors":[{"id":"1"}]}]}`
      : `"location_id":"LOC1","evse_uid":"${evse}","connector_id":"1"`;
  const owner = is211 ? '' : '"country_code":"NL","party_id":"CPO",';

  interface SessionParts {
    readonly id?: string;
    readonly minute: number;
    readonly status?: string;
    readonly kwh?: number;
    readonly uid?: string;
    readonly evse?: string;
    readonly auth?: string;
    readonly reference?: string;
    readonly begin?: number;
    readonly refused?: boolean;
    readonly end?: number;
  }
  interface CdrParts {
    readonly id?: string;
    readonly session?: string;
    readonly begin?: number;
    readonly end?: number;
    readonly kwh?: number;
    readonly uid?: string;
    readonly evse?: string;
    readonly firstPeriod?: number;
    /** Members with the comma behind them. */
    readonly more?: string;
  }
  const sessionObject = (parts: SessionParts) => {
    const { id = 'S1', minute, status = 'ACTIVE', kwh = 0, uid = 'CARD1', evse = 'E1', auth = 'AUTH_REQUEST' } = parts;
    const { reference, begin = minute, end } = parts;
    const name = is211 ? 'datetime' : 'date_time';
    const ended = end === undefined ? '' : `"end_${name}":"${at(end)}",`;
    const referred = reference === undefined ? '' : `"authorization_reference":"${reference}",`;
    return `{${owner}"id":"${id}","start_${name}":"${at(begin)}",${ended}"kwh":${kwh},${customer(uid)},"auth_method":"${auth}",${referred}${place(evse)},"currency":"EUR","status":"${status}","last_updated":"${at(minute)}"}`;
  };
  const refusal = (refused: boolean | undefined) => (refused ? { status: '400 Bad Request', ocpi: 2001 } : {});

  return {
    exchange,
    sessionObject,
    authorize: (
      minute: number,
      { uid = 'CARD1', evse = 'E1', allowed = 'ALLOWED', reference = '', place: named = true } = {},
    ) =>
      exchange({
        operation: 'tokens.authorize',
        by: 'cpo',
        method: 'POST',
        path: `/tokens/${uid}/authorize?type=RFID`,
        ...(named ? { body: `{"location_id":"LOC1","evse_uids":["${evse}"]}` } : {}),
        data: `{"allowed":"${allowed}"${is211 ? '' : `,"token":${token(uid)}`}${reference === '' ? '' : `,"authorization_reference":"${reference}"`}}`,
        minute,
      }),
    start: (
      minute: number,
      { uid = 'CARD1', evse = 'E1', result = 'ACCEPTED', url = 'https://emsp.example/results/17', reference = '' } = {},
    ) =>
      exchange({
        operation: 'commands.start-session',
        by: 'emsp',
        method: 'POST',
        path: '/commands/START_SESSION',
        body: `{"response_url":"${url}","token":${token(uid)},"location_id":"LOC1","evse_uid":"${evse}"${reference === '' ? '' : `,"authorization_reference":"${reference}"`}}`,
        data: `{"result":"${result}"${is211 ? '' : ',"timeout":60'}}`,
        minute,
      }),
    stop: (minute: number, { session = 'S1', url = 'https://emsp.example/results/18' } = {}) =>
      exchange({
        operation: 'commands.stop-session',
        by: 'emsp',
        method: 'POST',
        path: '/commands/STOP_SESSION',
        body: `{"response_url":"${url}","session_id":"${session}"}`,
        data: `{"result":"ACCEPTED"${is211 ? '' : ',"timeout":60'}}`,
        minute,
      }),
    reserve: (
      minute: number,
      { uid = 'CARD1', evse = 'E1', expiry = minute + 60, url = 'https://emsp.example/results/19' } = {},
    ) =>
      exchange({
        operation: 'commands.reserve-now',
        by: 'emsp',
        method: 'POST',
        path: '/commands/RESERVE_NOW',
        body: `{"response_url":"${url}","token":${token(uid)},"expiry_date":"${at(expiry)}","reservation_id":${is211 ? '7' : '"7"'},"location_id":"LOC1","evse_uid":"${evse}"}`,
        data: `{"result":"ACCEPTED"${is211 ? '' : ',"timeout":60'}}`,
        minute,
      }),
    unlock: (minute: number, { evse = 'E1', url = 'https://emsp.example/results/20' } = {}) =>
      exchange({
        operation: 'commands.unlock-connector',
        by: 'emsp',
        method: 'POST',
        path: '/commands/UNLOCK_CONNECTOR',
        body: `{"response_url":"${url}","location_id":"LOC1","evse_uid":"${evse}","connector_id":"1"}`,
        data: `{"result":"ACCEPTED"${is211 ? '' : ',"timeout":60'}}`,
        minute,
      }),
    result: (minute: number, { url = '/results/17', result = 'ACCEPTED' } = {}): LiteralExchange => {
      const sent = exchange({
        operation: 'commands.result',
        by: 'cpo',
        method: 'POST',
        path: '',
        body: `{"result":"${result}"}`,
        minute,
      });
      const target = we === 'cpo' ? `https://emsp.example${url}` : url;
      return { ...sent, request: sent.request.replace(/^POST \S+/, `POST ${target}`) };
    },
    put: (parts: SessionParts) =>
      exchange({
        operation: 'sessions.put',
        by: 'cpo',
        method: 'PUT',
        path: `/sessions/NL/CPO/${parts.id ?? 'S1'}`,
        body: sessionObject(parts),
        minute: parts.minute,
        ...refusal(parts.refused),
      }),
    patch: (minute: number, body: string, { id = 'S1' } = {}) =>
      exchange({
        operation: 'sessions.patch',
        by: 'cpo',
        method: 'PATCH',
        path: `/sessions/NL/CPO/${id}`,
        body: `{${body},"last_updated":"${at(minute)}"}`,
        minute,
      }),
    listed: (minute: number, objects: readonly string[], module: 'sessions' | 'cdrs' = 'sessions') =>
      exchange({
        operation: `${module}.list`,
        by: 'emsp',
        method: 'GET',
        path: `/${module}?date_from=${at(-60)}`,
        data: `[${objects.join(',')}]`,
        minute,
      }),
    cdrObject: (parts: CdrParts = {}) => {
      const { id = 'D1', session = 'S1', begin = 1, end = 31, kwh = 10, uid = 'CARD1', evse = 'E1', more = '' } = parts;
      const { firstPeriod = begin } = parts;

      const where = is211
        ? place(evse)
        : `"cdr_location":{"id":"LOC1","address":"Street 1","city":"Gent","country":"BEL","coordinates":{"latitude":"51.0","longitude":"3.7"},"evse_uid":"${evse}","evse_id":"NL*CPO*E1","connector_id":"1","connector_standard":"IEC_62196_T2","connector_format":"SOCKET","connector_power_type":"AC_3_PHASE"}`;
      const of = is211 ? '' : `"session_id":"${session}",`;
      return `{${owner}"id":"${id}","start_date_time":"${at(begin)}","${is211 ? 'stop' : 'end'}_date_time":"${at(end)}",${of}${customer(uid)},"auth_method":"AUTH_REQUEST",${where},"currency":"EUR","charging_periods":[{"start_date_time":"${at(firstPeriod)}","dimensions":[{"type":"ENERGY","volume":${kwh}}]}],"total_cost":${price(3)},"total_energy":${kwh},"total_time":0.5,${more}"last_updated":"${at(end + 1)}"}`;
    },
    bill: (minute: number, object: string, { refused = false } = {}) =>
      exchange({
        operation: 'cdrs.post',
        by: 'cpo',
        method: 'POST',
        path: '/cdrs',
        body: object,
        minute,
        ...refusal(refused),
      }),
    tokenPut: (minute: number, uid: string) =>
      exchange({
        operation: 'tokens.put',
        by: 'emsp',
        method: 'PUT',
        path: `/tokens/NL/EMP/${uid}`,
        body: token(uid),
        minute,
      }),
    preferences: (minute: number, { session = 'S1' } = {}) =>
      exchange({
        operation: 'sessions.put-preferences',
        by: 'emsp',
        method: 'PUT',
        path: `/sessions/${session}/charging_preferences`,
        body: '{"profile_type":"FAST"}',
        data: '"ACCEPTED"',
        minute,
      }),
    profile: (minute: number, { session = 'S1' } = {}) =>
      exchange({
        operation: 'chargingprofiles.set',
        by: 'emsp',
        method: 'PUT',
        path: `/chargingprofiles/${session}`,
        body: '{"charging_profile":{"charging_rate_unit":"W"},"response_url":"https://emsp.example/results/30"}',
        data: '{"result":"ACCEPTED","timeout":30}',
        minute,
      }),
    confirmation: (minute: number, { reference = 'REF1', code = 'SUCCESS' } = {}) =>
      exchange({
        operation: 'payments.post-confirmation',
        by: 'emsp',
        method: 'POST',
        path: '/payments/financial-advice-confirmations',
        body: `{"id":"F1","authorization_reference":"${reference}","total_costs":{"before_taxes":3,"taxes":[{"name":"VAT","amount":0.6}]},"currency":"EUR","eft_data":["x"],"capture_status_code":"${code}","last_updated":"${at(minute)}"}`,
        minute,
      }),
    booking: (minute: number, { id = 'B1', reference = 'REF1', status = 'RESERVED' } = {}) =>
      exchange({
        operation: 'bookings.put',
        by: 'cpo',
        method: 'PUT',
        path: `/bookings/NL/CPO/${id}`,
        body: `{"id":"${id}","country_code":"NL","party_id":"CPO","request_id":"Q1","location_id":"LOC1","authorization_reference":"${reference}","reservation_status":"${status}","last_updated":"${at(minute)}"}`,
        minute,
      }),
  };
}
