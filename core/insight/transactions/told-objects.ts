import type { JsonObject } from '../../ocpi/json-value.ts';
import { endOf } from '../flows/flow.ts';
import type { Reading } from '../reading.ts';
import type { Bill, SessionTold } from './charge.ts';
import { amountIn, idIn, numberIn, objectIn, ownerOf, periodsIn, timeIn, wentWell, whereaboutsOf } from './fields.ts';
import { type Mention, present, type Tie } from './mention.ts';
import { bookingKey, cdrKey, referenceKey, sessionKey } from './tie-keys.ts';

/** A charge that was asked for begins within this time, as a rule (digest 6.6: so long a token stays authorized at an EVSE). */
export const BEGINS_WITHIN_MS = 15 * 60_000;

const REFERENCE_WHY = 'the same authorization_reference';

/** A session as it was put, patched, read back or listed. */
export function sessionMention(reading: Reading, object: JsonObject): Mention | undefined {
  const { observed, params, entry } = reading;
  const id = params['session_id'] ?? idIn(object, 'id');
  if (id === undefined) return undefined;
  const owner = ownerOf(params, object);
  const reference = idIn(object, 'authorization_reference');
  const session = sessionTold(reading, object);
  const isRead = observed.method === 'GET';
  const at = (isRead ? session.begin : undefined) ?? observed.startedAt;
  return {
    kind: 'session',
    side: sideOf(reading),
    ...(owner === undefined ? {} : { owner }),
    ties: [
      ...sessionTies(owner, id, 'the same session id'),
      ...(reference === undefined ? [] : [{ key: referenceKey(reference), why: REFERENCE_WHY }]),
    ],
    near: { role: 'session', at, until: at + BEGINS_WITHIN_MS },
    where: whereaboutsOf(object),
    ...(reference === undefined ? {} : { reference }),
    // What asks for a session that is not there shows nothing.
    loose: entry?.method === 'GET' && Object.keys(object).length === 0,
    sessionId: id,
    session,
  };
}

/** Who pushes a session names its owner with it; commands and lists of 2.1.1 do not. */
function sessionTies(owner: string | undefined, id: string, why: string): Tie[] {
  const anyOwner = { key: sessionKey(undefined, id), why };
  return owner === undefined ? [anyOwner] : [{ key: sessionKey(owner, id), why }, anyOwner];
}

function cdrTies(owner: string | undefined, id: string, why: string): Tie[] {
  const anyOwner = { key: cdrKey(undefined, id), why };
  return owner === undefined ? [anyOwner] : [{ key: cdrKey(owner, id), why }, anyOwner];
}

/** What a message says of a session. */
function sessionTold({ observed }: Reading, object: JsonObject): SessionTold {
  const starts = periodsIn(object).flatMap(period => timeIn(period, 'start_date_time') ?? []);
  return {
    exchangeId: observed.id,
    updated: timeIn(object, 'last_updated') ?? observed.startedAt,
    ...present<Omit<SessionTold, 'exchangeId' | 'updated'>>({
      status: idIn(object, 'status'),
      kwh: numberIn(object, 'kwh'),
      begin: timeIn(object, 'start_date_time', 'start_datetime'),
      end: timeIn(object, 'end_date_time', 'end_datetime'),
      cost: amountIn(object, 'total_cost'),
      authMethod: idIn(object, 'auth_method'),
      lastPeriod: starts.length === 0 ? undefined : Math.max(...starts),
    }),
  };
}

/** A CDR as it was posted, read back or listed; one that was refused bills nothing. */
export function cdrMention(reading: Reading, object: JsonObject): Mention | undefined {
  const { observed, params } = reading;
  const id = idIn(object, 'id');
  if (id === undefined) return undefined;
  const owner = ownerOf(params, object);
  const session = idIn(object, 'session_id');
  const reference = idIn(object, 'authorization_reference');
  const credited = idIn(object, 'credit_reference_id');
  const booking = idIn(object, 'booking_id');
  const bill = billOf(reading, id, object);
  const at = bill.begin ?? observed.startedAt;
  const ties: Tie[] = [
    ...cdrTies(owner, id, 'the same CDR id'),
    ...(session === undefined ? [] : sessionTies(owner, session, 'session_id of the CDR')),
    ...(credited === undefined ? [] : cdrTies(owner, credited, 'credit_reference_id names its CDR')),
    ...(reference === undefined ? [] : [{ key: referenceKey(reference), why: REFERENCE_WHY }]),
    ...(booking === undefined ? [] : [{ key: bookingKey(booking), why: 'booking_id of the CDR' }]),
  ];
  return {
    kind: 'cdr',
    side: sideOf(reading),
    ...(owner === undefined ? {} : { owner }),
    ties,
    near: { role: 'cdr', at, until: bill.end ?? endOf(observed) },
    where: whereaboutsOf(object),
    ...(reference === undefined ? {} : { reference }),
    ...(session === undefined ? {} : { sessionId: session }),
    loose: false,
    bill,
    billed: observed.method === 'GET' || wentWell(observed),
  };
}

function billOf({ observed }: Reading, id: string, object: JsonObject): Bill {
  const starts = periodsIn(object).flatMap(period => timeIn(period, 'start_date_time') ?? []);
  const credits = object['credit'] === true || idIn(object, 'credit_reference_id') !== undefined;
  return {
    id,
    exchangeId: observed.id,
    namesSession: idIn(object, 'session_id') !== undefined,
    ...present<Omit<Bill, 'id' | 'exchangeId' | 'namesSession'>>({
      credits: credits ? (idIn(object, 'credit_reference_id') ?? '') : undefined,
      kwh: numberIn(object, 'total_energy'),
      cost: amountIn(object, 'total_cost'),
      begin: timeIn(object, 'start_date_time'),
      end: timeIn(object, 'end_date_time', 'stop_date_time'),
      firstPeriod: starts.length === 0 ? undefined : Math.min(...starts),
      lastPeriod: starts.length === 0 ? undefined : Math.max(...starts),
    }),
  };
}

/** A booking of 2.3.0, or the request for one (digest 6.11). */
export function bookingMention(reading: Reading, object: JsonObject): Mention | undefined {
  const { observed, entry, params } = reading;
  const answered = objectIn({ data: reading.answer?.data }, 'data');
  const isRequest = entry?.id === 'bookings.post';
  const id = params['booking_id'] ?? params['id'] ?? (isRequest ? idIn(answered, 'id') : idIn(object, 'id'));
  const request = idIn(object, 'request_id');
  const reference = idIn(object, 'authorization_reference');
  const ties: Tie[] = [
    ...(id === undefined ? [] : [{ key: bookingKey(id), why: 'the same booking' }]),
    ...(request === undefined ? [] : [{ key: `${bookingKey(request)} asked`, why: 'the same request for a booking' }]),
    ...(reference === undefined ? [] : [{ key: referenceKey(reference), why: REFERENCE_WHY }]),
  ];
  if (ties.length === 0) return undefined;
  const option = objectIn(object, 'booking_option');
  const until = timeIn(objectIn(object, 'period'), 'end_date_time', 'end_from');
  const status = idIn(object, 'reservation_status') ?? (isRequest ? 'REQUESTED' : undefined);
  return {
    kind: 'booking',
    side: sideOf(reading),
    ties,
    where: present({
      location: idIn(object, 'location_id'),
      evse: idIn(option, 'evse_uid'),
      connector: idIn(option, 'connector_id'),
    }),
    ...(reference === undefined ? {} : { reference }),
    loose: false,
    ...(status === undefined || (!wentWell(observed) && observed.method !== 'GET')
      ? {}
      : { booked: { status, ...(until === undefined ? {} : { until }) } }),
  };
}

/**
 * Whose charger it is: sessions, CDRs and bookings are pushed by its operator and read from there (SENDER); what is asked
 * for comes to the operator.
 */
export function sideOf({ observed, entry }: Reading): 'ours' | 'theirs' | undefined {
  if (entry === undefined || entry.interface === 'NONE') return undefined;
  const out = observed.direction === 'out';
  return (entry.interface === 'RECEIVER') === out ? 'ours' : 'theirs';
}

/** The other way round: orders come to the operator's RECEIVER, results and authorizations go to the SENDER of who asked. */
export function sideOfOrder(reading: Reading): 'ours' | 'theirs' | undefined {
  const side = sideOf(reading);
  if (side === undefined) return undefined;
  return side === 'ours' ? 'theirs' : 'ours';
}
