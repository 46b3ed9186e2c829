import { describe, expect, it } from 'vitest';
import { fixture } from '../ocpi/fixtures.ts';
import { sharedPlatform, type TestPlatform } from '../support/platform.ts';
import { inRoles, type Json, meet, theirsOf } from '../support/registered-partner.ts';

const ours = sharedPlatform({ parties: inRoles('WBX', ['CPO', 'EMSP', 'PTP', 'HUB']) });
const theirs = sharedPlatform({ parties: inRoles('ABC', ['CPO', 'EMSP']) });
const met = async () => meet(await ours(), await theirs());

const LATER = '2099-01-01T00:00:00Z';
const SENDER = '/ocpi/2.3.0/sender';

let ids = 0;
const newId = (kind: string) => `${kind}-${++ids}`;

/** A booking location of ours with a slot tomorrow from 8 to 12; the moments are on that day. */
async function bookable(us: TestPlatform, terms: Json = {}) {
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const period = (from: string, to: string) => ({
    start_date_time: `${day}T${from}:00Z`,
    end_date_time: `${day}T${to}:00Z`,
  });
  const id = newId('BL');
  const place = fixture('2.3.0', 'BookingLocation');
  const calendar = { ...fixture('2.3.0', 'Calendar'), available_timeslots: [period('08:00', '12:00')] };
  const none = { change_until_minutes: 0, cancel_until_minutes: 0 };
  const text = JSON.stringify({
    ...place,
    id,
    calendars: [calendar],
    booking_terms: { ...(place['booking_terms'] as Json), ...none, ...terms },
  });
  await us.client.own.import({ module: 'bookings', list: 'booking_locations', party: 'NL-WBX', text });
  const asking = (changes: Json = {}) => {
    const { canceled: _, ...request } = theirsOf('2.3.0', 'BookingRequest');
    return {
      ...request,
      booking_location_id: id,
      period: period('09:00', '10:00'),
      request_id: newId('BR'),
      ...changes,
    };
  };
  return { id, period, asking };
}

describe('bookings asked of us as a CPO', () => {
  it('are reserved, changed and cancelled under one request_id, and served with their history', async () => {
    const { us, send } = await met();
    const { asking, period } = await bookable(us);
    const request = asking();
    const first = await send('POST', `${SENDER}/bookings`, request);
    expect(first.codes).toEqual([201, 1000]);
    expect(first.json.data).toMatchObject({ reservation_status: 'RESERVED', country_code: 'NL', party_id: 'WBX' });
    const again = await send('POST', `${SENDER}/bookings`, request);
    expect([...again.codes, again.json.data]).toEqual([200, 1000, first.json.data]);
    const moved = await send('POST', `${SENDER}/bookings`, { ...request, period: period('10:00', '11:00') });
    expect(moved.codes).toEqual([200, 1000]);
    const canceled = { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' };
    const over = await send('POST', `${SENDER}/bookings`, { ...request, canceled });
    expect(over.json.data).toMatchObject({
      id: (first.json.data as Json)['id'],
      reservation_status: 'CANCELED',
      canceled,
      period: period('10:00', '11:00'),
    });
    const listed = (await send('GET', `${SENDER}/bookings`)).json.data as Json[];
    const booking = listed.find(({ request_id: id }) => id === request['request_id']);
    expect(booking).toEqual(over.json.data);
    expect(booking?.['booking_requests']).toHaveLength(3);
  });

  it('are rejected where the time is taken, also of two that come at once', async () => {
    const { us, send } = await met();
    const { asking } = await bookable(us);
    const both = await Promise.all([asking(), asking()].map(request => send('POST', `${SENDER}/bookings`, request)));
    const statuses = both.map(({ json }) => (json.data as Json)['reservation_status']);
    expect(statuses.sort()).toEqual(['REJECTED', 'RESERVED']);
  });

  it('find their place by the location where they leave out booking_location_id (T33)', async () => {
    const { us, send } = await met();
    const { asking } = await bookable(us);
    const { booking_location_id: _, ...request } = asking() as Json;
    expect((await send('POST', `${SENDER}/bookings`, request)).codes).toEqual([201, 1000]);
  });

  it.each<readonly [string, Json, number]>([
    ['an unknown booking location', { booking_location_id: 'NONE' }, 2003],
    ['neither place', { booking_location_id: undefined, location_id: 'NONE' }, 2003],
    ['no request_id', { request_id: undefined }, 2001],
    ['no period', { period: undefined }, 2001],
    ['a period that ends before it begins', { period: { start_date_time: LATER, end_date_time: LATER } }, 2001],
    ['a party that was not announced', { party_id: 'XYZ' }, 2001],
    ['a cancellation of nothing', { canceled: { cancellation_reason: 'TRAFFIC', who_canceled: 'EMSP' } }, 2001],
  ])('with %s are answered with its code', async (_, changes, code) => {
    const { us, send } = await met();
    const { asking } = await bookable(us);
    const answer = await send('POST', `${SENDER}/bookings`, asking(changes));
    expect(answer.codes).toEqual([200, code]);
    expect(answer.json).not.toHaveProperty('data');
  });

  it('are answered as the policy of the link says', async () => {
    const { us, name, send } = await met();
    const { asking } = await bookable(us);
    const policy = (answer: 'accept' | 'reject', result?: string) =>
      us.client.decisions.setPolicy({
        name,
        operation: 'bookings.post',
        policy: { answer, ...(result && { result }) },
      });
    const status = async () => {
      const { json } = await send('POST', `${SENDER}/bookings`, asking());
      return (json.data as Json | undefined)?.['reservation_status'] ?? json.status_code;
    };
    const seen: unknown[] = [];
    for (const [answer, result] of [
      ['accept', 'PENDING'],
      ['accept', undefined],
      ['reject', undefined],
      ['reject', 'FAILED'],
      ['reject', '3000'],
    ] as const) {
      await policy(answer, result);
      seen.push(await status());
    }
    // The second is reserved although the first has its time: so the policy says.
    expect(seen).toEqual(['PENDING', 'RESERVED', 'REJECTED', 'FAILED', 3000]);
  });

  it('are found by the time slots of their places', async () => {
    const { us, send } = await met();
    const { id, period } = await bookable(us);
    const { start_date_time: from, end_date_time: to } = period('11:30', '13:00');
    const listed = async (query: string) => {
      const { json, header } = await send('GET', `${SENDER}/bookings/booking_locations?${query}`);
      const found = (json.data as Json[]).some(one => one['id'] === id);
      return [found, Number(header('X-Total-Count')) === (json.data as Json[]).length];
    };
    expect(await listed(`timeslot_from=${from}&timeslot_to=${to}`)).toEqual([true, true]);
    expect(await listed(`timeslot_from=${to}`)).toEqual([false, true]);
    const { json } = await send('GET', `${SENDER}/bookings/booking_locations?timeslot_from=soon`);
    expect([json.status_code, json.status_message]).toEqual([2001, expect.stringContaining('timeslot_from')]);
  });
});
