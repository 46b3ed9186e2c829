import { type BookingAsked, type BookingVerdict, bookingFor, isFinal, usualVerdict } from '../../ocpi/booking.ts';
import { elementsOf, timeSpan } from '../../ocpi/booking-slots.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { isStatusCode } from '../../ocpi/decidable.ts';
import { finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { partyNamedIn } from '../../ocpi/party-id.ts';
import type { Caller } from '../caller.ts';
import type { Decided, Deciding } from '../deciding.ts';
import type { OwnChanges, OwnData } from '../own-data.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { type Asked, coded, readAsked } from './asked.ts';
import { everyOwnObject } from './every-own-object.ts';
import { versionOf } from './object-answers.ts';
import { createObjectQueue } from './object-queue.ts';
import { foreignParty } from './pushed-address.ts';
import { invalid } from './pushed-answers.ts';

/** What is needed where partners change what a party of ours owns. */
export interface OwnChangingParts {
  readonly data: OwnData;
  readonly changes: OwnChanges;
  readonly deciding: Deciding;
  readonly clock: { now(): number };
  readonly newId: () => string;
}

const BOOKABLE = { module: 'bookings', list: 'booking_locations' } as const;
const UNKNOWN_LOCATION = 2003;
const UNKNOWN_BOOKING = 2001;
const UNSTORED = 3000;

/**
 * Bookings asked of us as their CPO (digest 6.11): a BookingRequest is answered with the Booking. The same request_id again
 * changes it, with `canceled` cancels it.
 */
export function ownBookingResponder(parts: OwnChangingParts): Responder {
  const inTurn = createObjectQueue();
  return {
    serves: ['bookings.post'],
    slow: parts.deciding.asks,
    respond: async request => {
      const read = readRequest(request);
      if (!read.ok) return read.reply;
      const { object, findings } = read;
      const location = await locationOf(parts, request, object);
      if (location === undefined) {
        const id = String(object['booking_location_id'] ?? object['location_id']);
        const message = `There is no booking location ${id}.`;
        return { ...coded({ code: UNKNOWN_LOCATION, message }), findings };
      }
      const decided = await parts.deciding.decide(request, () => wordsOf(request.caller, object));
      const { result } = decided.answer === 'simulate' ? {} : decided;
      if (result !== undefined && isStatusCode(result)) return { ...coded({ code: Number(result) }), findings };
      // One at a time: each has to see what the one before took.
      const reply = await inTurn('bookings', () => book(parts, request, { decided, location, object }));
      return { ...reply, findings };
    },
  };
}

interface Booking {
  readonly decided: Decided;
  readonly location: JsonObject;
  /** BookingRequest. */
  readonly object: JsonObject;
}

async function book(
  { data, changes, clock, newId }: OwnChangingParts,
  { version, caller }: OcpiRequest,
  { decided, location, object }: Booking,
): Promise<PlannedReply> {
  const of = { version: versionOf({ version }), caller };
  const others: JsonObject[] = [];
  let before: JsonObject | undefined;
  for await (const { object: booking } of everyOwnObject(data, { module: 'bookings', ...of })) {
    if (isOf(booking, object)) before = booking;
    else others.push(booking);
  }
  const last = before && elementsOf(before['booking_requests']).at(-1)?.['booking_request'];
  // The answer got lost: what is asked again is answered alike.
  if (before !== undefined && JSON.stringify(last) === JSON.stringify(object)) return coded({ code: 1000 }, before);
  if (before === undefined && isJsonObject(object['canceled'])) {
    return coded({ code: UNKNOWN_BOOKING, message: `There is no booking of request ${String(object['request_id'])}.` });
  }
  const asked: BookingAsked = { request: object, location, before, version: of.version };
  const now = clock.now();
  const verdict = verdictOf(decided, asked, () => usualVerdict(asked, { others, now }));
  const booking = bookingFor(asked, { verdict, at: writeDateTime(now), id: newId() });
  const kept = changes.put({ module: 'bookings', ...of, text: JSON.stringify(booking) });
  if (!kept.ok) {
    return coded({ code: UNSTORED, message: 'Nothing can be stored here at the moment. Please try again.' });
  }
  return coded({ code: 1000, status: before === undefined ? 201 : 200 }, booking);
}

/** A yes may only be too late for a booking that is over. */
function verdictOf(decided: Decided, { before }: BookingAsked, usual: () => BookingVerdict): BookingVerdict {
  if (decided.answer === 'simulate') return usual();
  if (decided.answer === 'reject') return decided.result === 'FAILED' ? 'FAILED' : 'REJECTED';
  if (before !== undefined && isFinal(before)) return 'REJECTED';
  return decided.result === 'PENDING' ? 'PENDING' : 'RESERVED';
}

/** The module is checked with warnings only (T33): what a booking cannot do without is looked for here. */
function readRequest(request: OcpiRequest): Asked<{ readonly object: JsonObject }> {
  const read = readAsked(request);
  if (!read.ok) return read;
  const { findings } = read;
  const object = request.body?.view as JsonObject;
  const foreign = foreignParty(request.caller, partyNamedIn(object), '/party_id');
  if (foreign) return { ok: false, reply: invalid([...findings, foreign], foreign) };
  const { request_id: id, period, canceled } = object;
  const lacking =
    typeof id !== 'string' || id.trim() === ''
      ? { pointer: '/request_id', expected: 'an id' }
      : !isJsonObject(canceled) && timeSpan(period, versionOf(request)) === undefined
        ? { pointer: '/period', expected: 'a time that begins before it ends' }
        : undefined;
  if (lacking === undefined) return { ok: true, object, findings };
  const why = finding('booking.request-unusable', { ...lacking, met: 'nothing that can be used' });
  return { ok: false, reply: invalid([...findings, why], why) };
}

/** By its own id, else by the location it stands at: samples leave booking_location_id out (T33). */
async function locationOf(
  { data }: OwnChangingParts,
  { version, caller }: OcpiRequest,
  { booking_location_id: id, location_id: locationId }: JsonObject,
): Promise<JsonObject | undefined> {
  const of = { ...BOOKABLE, version: versionOf({ version }), caller };
  if (typeof id === 'string' && id !== '') {
    const text = data.get({ ...of, id });
    const json: unknown = text === undefined ? undefined : JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  }
  if (typeof locationId !== 'string') return undefined;
  for await (const { object } of everyOwnObject(data, of)) {
    const at = object['location_id'];
    if (typeof at === 'string' && ciEqual(at, locationId)) return object;
  }
  return undefined;
}

/** Whether a Booking came of requests with this request_id of the same party. */
function isOf(booking: JsonObject, request: JsonObject): boolean {
  const [first] = elementsOf(booking['booking_requests']);
  const by = isJsonObject(first?.['booking_request']) ? first['booking_request'] : {};
  return same(booking, request, 'request_id') && same(by, request, 'country_code') && same(by, request, 'party_id');
}

function same(left: JsonObject, right: JsonObject, field: string): boolean {
  const [one, other] = [left[field], right[field]];
  return typeof one === 'string' && typeof other === 'string' ? ciEqual(one, other) : one === other;
}

function wordsOf({ linkName = 'a partner' }: Caller, { canceled, period, ...request }: JsonObject): string {
  const id = String(request['request_id']);
  if (isJsonObject(canceled)) return `${linkName} asks to cancel booking request ${id}`;
  const { start_date_time: from, end_date_time: to } = isJsonObject(period) ? period : {};
  const place = String(request['booking_location_id'] ?? request['location_id']);
  return `${linkName} asks to book ${place} from ${String(from)} to ${String(to)} (request ${id})`;
}
