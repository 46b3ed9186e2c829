import { viewFinding } from '../../contract/run.ts';
import type { PointKind, TransactionPoint } from '../../contract/transaction.ts';
import { shorten } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { textIn } from '../flows/flow.ts';
import type { Observed } from '../observed.ts';
import { type Reading, readingOf } from '../reading.ts';
import { bodyOf, idIn, numberIn, objectIn, wentWell } from './fields.ts';
import type { ObjectAt } from './known-objects.ts';
import { resultIn } from './told-orders.ts';

export interface PointOf {
  readonly observed: Observed;
  readonly why: string;
  /** What it says of the session or the CDR of this charge. */
  readonly object: ObjectAt | undefined;
}

const LONGEST = 80;

/** One exchange as an arrow between us and the partner. */
export function pointOf({ observed, why, object }: PointOf): TransactionPoint {
  const { id, startedAt, durationMs, direction, operation, method, response, ocpiStatus, ended, faults } = observed;
  const { kind, title, said } = words(readingOf(observed), object);
  const message = object?.said ?? {};
  const ofSession = object?.kind === 'session';
  return {
    exchangeId: id,
    at: new Date(startedAt).toISOString(),
    durationMs,
    direction,
    kind,
    operation,
    method,
    title,
    said: shorten(said, LONGEST),
    httpStatus: response?.status ?? null,
    ocpiStatus: ocpiStatus ?? null,
    ended: ended.how,
    ok: wentWell(observed),
    why,
    status: ofSession ? (textIn(message, 'status') ?? null) : null,
    kwh: object === undefined ? null : (numberIn(message, ofSession ? 'kwh' : 'total_energy') ?? null),
    findings: observed.findings.map(viewFinding),
    faults: [...faults],
  };
}

interface Words {
  readonly kind: PointKind;
  readonly title: string;
  readonly said: string;
}

function words(reading: Reading, object: ObjectAt | undefined): Words {
  const { observed, entry } = reading;
  const { method } = observed;
  const list = entry?.id.endsWith('.list') ? 'list' : undefined;
  switch (entry?.module) {
    case 'sessions':
      if (entry.id === 'sessions.put-preferences')
        return { kind: 'preferences', title: 'charging preferences', said: preferenceWords(reading) };
      return { kind: 'session', title: `session ${list ?? method}`, said: sessionWords(object?.said) };
    case 'cdrs':
      return { kind: 'cdr', title: method === 'POST' ? 'CDR' : `CDR ${list ?? method}`, said: cdrWords(object?.said) };
    case 'commands':
      if (entry.base === 'given-url') return { kind: 'result', title: 'result', said: resultIn(reading) };
      return { kind: 'command', title: entry.path.at(-1) ?? 'command', said: answerWords(reading) };
    case 'chargingprofiles':
      if (entry.base === 'given-url') return { kind: 'result', title: 'profile result', said: resultIn(reading) };
      return { kind: 'profile', title: entry.words, said: entry.interface === 'SENDER' ? '' : answerWords(reading) };
    case 'tokens':
      return { kind: 'authorization', title: 'authorize', said: authorizationWords(reading) };
    case 'payments':
      return {
        kind: 'payment',
        title: `payment confirmation${method === 'POST' ? '' : ` ${list ?? method}`}`,
        said: paymentWords(reading),
      };
    case 'bookings':
      return { kind: 'booking', title: entry.words, said: textIn(bodyOf(reading), 'reservation_status') ?? '' };
    default:
      return { kind: 'other', title: observed.operation, said: '' };
  }
}

function joinedWords(...parts: readonly (string | undefined)[]): string {
  return parts.filter(part => part !== undefined && part !== '').join(', ');
}

function sessionWords(object: JsonObject | undefined): string {
  if (object === undefined) return '';
  const kwh = numberIn(object, 'kwh');
  return joinedWords(textIn(object, 'status'), kwh === undefined ? undefined : `${kwh} kWh`);
}

function cdrWords(object: JsonObject | undefined): string {
  if (object === undefined) return '';
  const energy = numberIn(object, 'total_energy');
  const credits = idIn(object, 'credit_reference_id');
  return joinedWords(
    idIn(object, 'id'),
    credits === undefined ? (object['credit'] === true ? 'a credit' : undefined) : `credits ${credits}`,
    energy === undefined ? undefined : `${energy} kWh`,
  );
}

function answerWords({ answer, observed }: Reading): string {
  const { data } = answer ?? {};
  const nested = isJsonObject(data) ? Object.values(data).find(isJsonObject) : undefined;
  const said = isJsonObject(data) ? (textIn(data, 'result') === undefined ? (nested ?? data) : data) : {};
  const result = typeof data === 'string' ? data : textIn(said, 'result');
  if (result === undefined) return observed.response === undefined ? '' : 'no result told';
  const timeout = numberIn(said, 'timeout');
  return joinedWords(result, timeout === undefined || result !== 'ACCEPTED' ? undefined : `result within ${timeout} s`);
}

function authorizationWords(reading: Reading): string {
  const said = objectIn({ data: reading.answer?.data }, 'data');
  const place = idIn(bodyOf(reading), 'location_id');
  return joinedWords(
    textIn(said, 'allowed'),
    reading.params['token_uid'],
    place === undefined ? undefined : `at ${place}`,
  );
}

function preferenceWords(reading: Reading): string {
  const data = reading.answer?.data;
  return joinedWords(textIn(bodyOf(reading), 'profile_type'), typeof data === 'string' ? data : undefined);
}

function paymentWords(reading: Reading): string {
  const body = reading.observed.method === 'POST' ? bodyOf(reading) : objectIn({ data: reading.answer?.data }, 'data');
  return joinedWords(textIn(body, 'capture_status_code'), textIn(body, 'capture_status_message'));
}
