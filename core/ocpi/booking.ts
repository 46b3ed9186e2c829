import { availableSlots, elementsOf, type TimeSpan, timeSpan } from './booking-slots.ts';
import { ciEqual } from './ci-string.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import type { Version } from './versions.ts';

/** What a CPO makes of a BookingRequest: the status of a new Booking, and whether a change is granted. */
export type BookingVerdict = 'RESERVED' | 'PENDING' | 'REJECTED' | 'FAILED';

/** States that a Booking does not leave (digest 6.11). */
const FINAL: ReadonlySet<unknown> = new Set(['CANCELED', 'NO_SHOW', 'REJECTED', 'FAILED', 'FULFILLED']);
/** ReservationRequestStatus of what was asked for. */
const REQUEST_STATUS = { RESERVED: 'ACCEPTED', PENDING: 'PENDING', REJECTED: 'DECLINED', FAILED: 'FAILED' } as const;
/** A Booking needs terms, a BookingLocation need not have any: then nothing is demanded. */
const NO_TERMS = { supported_access_methods: ['OPEN'], change_until_minutes: 0, cancel_until_minutes: 0 } as const;
const MINUTE = 60_000;

export interface BookingAsked {
  /** BookingRequest. */
  readonly request: JsonObject;
  /** BookingLocation. */
  readonly location: JsonObject;
  /** The Booking of the same request_id, where it was asked for before. */
  readonly before?: JsonObject | undefined;
  readonly version: Version;
}

export interface BookingGiven {
  readonly verdict: BookingVerdict;
  /** RFC 3339: of the Booking, and when the request was received. */
  readonly at: string;
  /** Of a new Booking. */
  readonly id: string;
}

/** The Booking that answers a request: a new one, or the one of that request_id changed or cancelled (digest 6.11). */
export function bookingFor(asked: BookingAsked, { verdict, at, id }: BookingGiven): JsonObject {
  const { request, location, before } = asked;
  const noted = {
    request_status: REQUEST_STATUS[verdict],
    booking_request: request,
    request_received: at,
  };
  if (before === undefined) {
    return {
      id,
      country_code: location['country_code'],
      party_id: location['party_id'],
      request_id: request['request_id'],
      ...present('booking_option', request['booking_option'] ?? location['booking_option']),
      location_id: location['location_id'] ?? request['location_id'],
      ...present('booking_tokens', request['tokens']),
      ...present('tariff_ids', location['tariff_ids']),
      period: periodOf(asked),
      reservation_status: verdict,
      ...present('access_information', request['access_information']),
      authorization_reference: request['authorization_reference'],
      booking_terms: location['booking_terms'] ?? NO_TERMS,
      booking_requests: [noted],
      last_updated: at,
    };
  }
  const requests = [...elementsOf(before['booking_requests']), noted];
  const kept = { ...before, booking_requests: requests, last_updated: at };
  // What is declined changes nothing but the history.
  if (verdict === 'REJECTED' || verdict === 'FAILED') return kept;
  const { canceled } = request;
  if (isJsonObject(canceled)) return { ...kept, reservation_status: 'CANCELED', canceled };
  return {
    ...kept,
    ...present('booking_option', request['booking_option']),
    ...present('booking_tokens', request['tokens']),
    ...present('access_information', request['access_information']),
    period: periodOf(asked),
    reservation_status: verdict,
  };
}

/** A Booking that nothing can be made of any more. */
export function isFinal(booking: JsonObject): boolean {
  return FINAL.has(booking['reservation_status']);
}

/**
 * What the calendars, the terms and the other bookings of the place leave: whether a time is free, and whether it is not too
 * late to change or cancel. `now`: milliseconds since the epoch.
 */
export function usualVerdict(
  asked: BookingAsked,
  { others, now }: { readonly others: readonly JsonObject[]; readonly now: number },
): BookingVerdict {
  const { request, location, before, version } = asked;
  const terms = isJsonObject(location['booking_terms']) ? location['booking_terms'] : {};
  const agreed = before && timeSpan(before['period'], version);
  const tooLate = (minutes: unknown) =>
    agreed !== undefined && typeof minutes === 'number' && now > agreed.begin - minutes * MINUTE;
  if (before !== undefined && isFinal(before)) return 'REJECTED';
  if (before !== undefined && isJsonObject(request['canceled'])) {
    return tooLate(terms['cancel_until_minutes']) ? 'REJECTED' : 'RESERVED';
  }
  if (before !== undefined && (terms['change_not_allowed'] === true || tooLate(terms['change_until_minutes']))) {
    return 'REJECTED';
  }
  const span = timeSpan(request['period'], version);
  if (span === undefined || span.begin < now || !lasts(span, terms)) return 'REJECTED';
  const slots = availableSlots(location, version);
  const offered = slots.some(({ begin, end }) => begin <= span.begin && span.end <= end);
  if (!offered && elementsOf(location['calendars']).length > 0) return 'REJECTED';
  const taken = terms['overlapping_bookings_allowed'] !== true && others.some(one => overlaps(one, span, asked));
  return taken ? 'REJECTED' : 'RESERVED';
}

/** Whether a Booking was made at this BookingLocation: only its requests tell. */
export function isAt(booking: JsonObject, location: JsonObject): boolean {
  return elementsOf(booking['booking_requests']).some(({ booking_request: request }) => {
    const id = isJsonObject(request) ? request['booking_location_id'] : undefined;
    return typeof id === 'string' && typeof location['id'] === 'string' && ciEqual(id, location['id']);
  });
}

function overlaps(booking: JsonObject, span: TimeSpan, { location, before, version }: BookingAsked): boolean {
  if (isFinal(booking) || booking['id'] === before?.['id'] || !isAt(booking, location)) return false;
  const taken = timeSpan(booking['period'], version);
  return taken !== undefined && taken.begin < span.end && taken.end > span.begin;
}

function lasts({ begin, end }: TimeSpan, terms: JsonObject): boolean {
  const minutes = (end - begin) / MINUTE;
  const { min_booking_duration: least, max_booking_duration: most } = terms;
  return !(typeof least === 'number' && minutes < least) && !(typeof most === 'number' && minutes > most);
}

/** The time asked for, with what its slot promises: a Timeslot, where the request has a Period. */
function periodOf({ request, location, version }: BookingAsked): unknown {
  const { period } = request;
  const span = timeSpan(period, version);
  if (span === undefined || !isJsonObject(period)) return period;
  const within = availableSlots(location, version).find(({ begin, end }) => begin <= span.begin && span.end <= end);
  if (within === undefined) return period;
  const { start_date_time: _, end_date_time: __, ...promised } = within.slot;
  return { ...promised, ...period };
}

function present(name: string, value: unknown): JsonObject {
  return value === undefined || value === null ? {} : { [name]: value };
}
