import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BookingAsked, bookingFor, isFinal, usualVerdict } from '../../core/ocpi/booking.ts';
import { compileChecker } from '../../core/ocpi/check.ts';
import type { JsonObject } from '../../core/ocpi/json-value.ts';
import { Booking } from '../../core/ocpi/v2_3_0/bookings.ts';
import { fixture } from './fixtures.ts';

const NOW = Date.UTC(2026, 3, 1);
const AT = '2026-04-01T00:00:00Z';
const check = compileChecker(Booking);
const { canceled: _, ...requested } = fixture('2.3.0', 'BookingRequest');
const location = fixture('2.3.0', 'BookingLocation');
const terms = location['booking_terms'] as JsonObject;

const period = (from: string, to: string) => ({
  start_date_time: `2026-05-02T${from}:00Z`,
  end_date_time: `2026-05-02T${to}:00Z`,
});
const asked = (changes: Partial<BookingAsked> = {}): BookingAsked => ({
  request: requested,
  location,
  version: '2.3.0',
  ...changes,
});
const given = { at: AT, id: 'B1' } as const;
const reserved = bookingFor(asked(), { ...given, verdict: 'RESERVED' });
const verdict = (changes: Partial<BookingAsked>, others: readonly JsonObject[] = [], now = NOW) =>
  usualVerdict(asked(changes), { others, now });
const withTerms = (changes: JsonObject) => ({ ...location, booking_terms: { ...terms, ...changes } });
const requesting = (changes: JsonObject) => ({ ...requested, ...changes });

describe('a booking', () => {
  it('holds what was asked for, what its slot promises, and the request with its status', () => {
    expect(check(reserved, { version: '2.3.0' }).findings).toEqual([]);
    expect(reserved).toMatchObject({
      id: 'B1',
      party_id: 'ELV',
      request_id: 'BR-7',
      reservation_status: 'RESERVED',
      period: { ...period('08:00', '09:00'), min_power: 150000, green_energy_support: true },
      booking_requests: [{ request_status: 'ACCEPTED', booking_request: requested, request_received: AT }],
    });
  });

  it('is complete for a location that says nothing but where it is', () => {
    const bare = { country_code: 'SE', party_id: 'ELV', id: 'BL-1', location_id: 'kungsgatan-9' };
    const booking = bookingFor(asked({ location: bare }), { ...given, verdict: 'PENDING' });
    expect(check(booking, { version: '2.3.0' }).findings).toEqual([]);
    expect(verdict({ location: bare })).toBe('RESERVED');
  });

  it.each(['RESERVED', 'PENDING'] as const)('that is changed becomes %s at its new time', status => {
    const request = requesting({ period: period('08:15', '08:45') });
    const changed = bookingFor(asked({ request, before: reserved }), { ...given, verdict: status });
    expect(changed).toMatchObject({ id: 'B1', reservation_status: status, period: period('08:15', '08:45') });
    expect(changed['booking_requests']).toHaveLength(2);
  });

  it('stays as it is where a change is declined, but for its history', () => {
    const request = requesting({ period: period('08:15', '08:45') });
    const kept = bookingFor(asked({ request, before: reserved }), {
      ...given,
      at: '2026-04-02T00:00:00Z',
      verdict: 'REJECTED',
    });
    const { booking_requests: requests, last_updated: updated, ...rest } = kept;
    expect(reserved).toMatchObject(rest);
    expect([(requests as JsonObject[]).map(one => one['request_status']), updated]).toEqual([
      ['ACCEPTED', 'DECLINED'],
      '2026-04-02T00:00:00Z',
    ]);
  });

  it('that is cancelled tells why, and is final', () => {
    const canceled = { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' };
    const over = bookingFor(asked({ request: requesting({ canceled }), before: reserved }), {
      ...given,
      verdict: 'RESERVED',
    });
    expect(over).toMatchObject({ reservation_status: 'CANCELED', canceled, period: period('08:00', '09:00') });
    expect([isFinal(over), isFinal(reserved)]).toEqual([true, false]);
    expect(verdict({ before: over })).toBe('REJECTED');
  });

  it.each<readonly [string, Partial<BookingAsked>, string]>([
    ['within an available slot', {}, 'RESERVED'],
    ['beyond every slot', { request: requesting({ period: period('08:30', '09:30') }) }, 'REJECTED'],
    ['shorter than the terms allow', { request: requesting({ period: period('08:00', '08:10') }) }, 'REJECTED'],
    ['longer than the terms allow', { location: withTerms({ max_booking_duration: 45 }) }, 'REJECTED'],
    ['without a readable time', { request: requesting({ period: { start_date_time: 'soon' } }) }, 'REJECTED'],
    ['without calendars', { location: { ...location, calendars: [] } }, 'RESERVED'],
  ])('of a time %s is answered as the place allows', (__, changes, expected) => {
    expect(verdict(changes)).toBe(expected);
  });

  it('is refused for a time that is over, or that another booking of the place has', () => {
    expect(verdict({}, [], Date.UTC(2026, 4, 3))).toBe('REJECTED');
    const other = { ...reserved, id: 'B2' };
    expect(verdict({}, [other])).toBe('REJECTED');
    expect(verdict({}, [{ ...other, reservation_status: 'CANCELED' }])).toBe('RESERVED');
    expect(verdict({}, [{ ...other, booking_requests: [] }])).toBe('RESERVED');
    expect(verdict({ location: withTerms({ overlapping_bookings_allowed: true }) }, [other])).toBe('RESERVED');
    expect(verdict({ before: reserved }, [])).toBe('RESERVED');
  });

  it('is changed and cancelled no later than its terms say', () => {
    const start = Date.UTC(2026, 4, 2, 8);
    const canceled = { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' };
    const cancelling = { request: requesting({ canceled }), before: reserved };
    const changing = { before: reserved };
    const minutes = (count: number) => start - count * 60_000;
    expect(verdict(cancelling, [], minutes(121))).toBe('RESERVED');
    expect(verdict(cancelling, [], minutes(119))).toBe('REJECTED');
    expect(verdict(changing, [], minutes(61))).toBe('RESERVED');
    expect(verdict(changing, [], minutes(59))).toBe('REJECTED');
    expect(verdict({ ...changing, location: withTerms({ change_not_allowed: true }) })).toBe('REJECTED');
  });

  it('never shares its time with another one of the place, whatever is asked for', () => {
    const minute = fc.integer({ min: 0, max: 60 });
    const clock = (minutes: number) => (minutes === 60 ? '09:00' : `08:${String(minutes).padStart(2, '0')}`);
    const open = withTerms({ min_booking_duration: 1, change_until_minutes: 0, cancel_until_minutes: 0 });
    const request = fc.record({
      id: fc.constantFrom('R1', 'R2', 'R3', 'R4'),
      from: minute,
      to: minute,
      cancel: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 20 }), requests => {
        const bookings = new Map<string, JsonObject>();
        for (const { id, from, to, cancel } of requests) {
          const asking = asked({
            location: open,
            before: bookings.get(id),
            request: requesting({
              request_id: id,
              period: period(clock(from), clock(to)),
              ...(cancel && { canceled: { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' } }),
            }),
          });
          const others = [...bookings].filter(([known]) => known !== id).map(([, one]) => one);
          bookings.set(id, bookingFor(asking, { at: AT, id, verdict: usualVerdict(asking, { others, now: NOW }) }));
        }
        const spans = [...bookings.values()]
          .filter(one => one['reservation_status'] === 'RESERVED')
          .map(one => one['period'] as { start_date_time: string; end_date_time: string })
          .sort((left, right) => left.start_date_time.localeCompare(right.start_date_time));
        spans.slice(1).forEach(({ start_date_time: start }, at) => {
          expect(start >= (spans[at]?.end_date_time ?? '')).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });
});
