import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../../../core/sandbox/world/world.ts';
import { costOf, localTime, type PlainPeriod } from './arithmetic.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);

/** Ten-thousandths: sums of numbers with four decimals are compared as whole numbers. */
const exact = (number: number) => {
  const whole = Math.round(number * 10_000);
  expect(whole / 10_000, `${number} has more than four decimals`).toBe(number);
  return whole;
};
const sum = (periods: readonly PlainPeriod[], ...types: string[]) =>
  periods
    .flatMap(({ dimensions }) => dimensions)
    .reduce((total, { type, volume }) => total + (types.includes(type) ? exact(volume) : 0), 0);

/** Worlds of several sizes, seeds and moments: summer, winter, and around the change of the clocks. */
const worlds = fc
  .record({
    seed: fc.string(),
    locations: fc.integer({ min: 1, max: 3_000 }),
    now: fc.constantFrom(NOW, Date.UTC(2026, 6, 1, 22), Date.UTC(2026, 2, 29, 3), Date.UTC(2027, 0, 1)),
  })
  .map(options => createWorld(options));

function anyIndex(world: World, module: 'cdrs' | 'sessions', share: number): number {
  return Math.floor(share * world.counts[module]);
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a CDR', () => {
  it('adds up exactly in 2.2.1: energy, times, and parts of the price', () => {
    fc.assert(
      fc.property(worlds, share, (world, at) => {
        const cdr = world.cdr(anyIndex(world, 'cdrs', at), '2.2.1');
        const { charging_periods: periods } = cdr;
        expect(exact(cdr.total_energy)).toBe(sum(periods, 'ENERGY'));
        expect(exact(cdr.total_time)).toBe(sum(periods, 'TIME', 'PARKING_TIME'));
        expect(exact(cdr.total_parking_time ?? 0)).toBe(sum(periods, 'PARKING_TIME'));
        const seconds = (Date.parse(cdr.end_date_time) - Date.parse(cdr.start_date_time)) / 1_000;
        expect((sum(periods, 'TIME', 'PARKING_TIME', 'RESERVATION_TIME') * 3_600) / 10_000).toBe(seconds);
        const parts = [
          cdr.total_fixed_cost,
          cdr.total_energy_cost,
          cdr.total_time_cost,
          cdr.total_parking_cost,
          cdr.total_reservation_cost,
        ];
        const [tariff] = cdr.tariffs ?? [];
        for (const field of ['excl_vat', 'incl_vat'] as const) {
          const total = parts.reduce((amount, part) => amount + exact(part?.[field] ?? 0), 0);
          const least = exact(tariff?.min_price?.[field] ?? 0);
          const most = tariff?.max_price ? exact(tariff.max_price[field] ?? 0) : Number.POSITIVE_INFINITY;
          expect(exact(cdr.total_cost[field] ?? -1)).toBe(Math.min(most, Math.max(least, total)));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('costs what its own tariff says, in every version', () => {
    fc.assert(
      fc.property(worlds, share, (world, at) => {
        const index = anyIndex(world, 'cdrs', at);
        const old = world.cdr(index, '2.1.1');
        expect(old.total_cost).toBeCloseTo(
          costOf({
            start: old.start_date_time,
            end: old.stop_date_time,
            country: old.location.country,
            periods: old.charging_periods,
            tariff: old.tariffs?.[0] ?? missing(),
          }),
          3,
        );
        const middle = world.cdr(index, '2.2.1');
        const tariff = middle.tariffs?.[0] ?? missing();
        const least = tariff.min_price?.excl_vat ?? 0;
        const most = tariff.max_price?.excl_vat ?? Number.POSITIVE_INFINITY;
        const plain = {
          start: middle.start_date_time,
          end: middle.end_date_time,
          country: middle.cdr_location.country,
          periods: middle.charging_periods,
        };
        const cost = Math.min(most, Math.max(least, costOf({ ...plain, tariff })));
        expect(middle.total_cost.excl_vat).toBeCloseTo(cost, 3);
        const young = world.cdr(index, '2.3.0');
        const taxed = young.tariffs?.[0] ?? missing();
        const youngCost = costOf({ ...plain, tariff: taxed });
        expect(young.total_cost.before_taxes).toBeCloseTo(Math.min(most, Math.max(least, youngCost)), 3);
        const tax = (young.total_cost.taxes ?? []).reduce((total, { amount }) => total + exact(amount), 0);
        expect(exact(young.total_cost.before_taxes) + tax).toBe(exact(middle.total_cost.incl_vat ?? -1));
      }),
      { numRuns: 400 },
    );
  });

  it('follows its session, after its end, and says the same', () => {
    fc.assert(
      fc.property(worlds, share, (world, at) => {
        const cdr = world.cdr(anyIndex(world, 'cdrs', at), '2.3.0');
        const index = world.indexById('sessions', cdr.session_id ?? '') ?? missing();
        const session = world.session(index, '2.3.0');
        expect(session.status).toBe('COMPLETED');
        expect([session.start_date_time, session.end_date_time]).toEqual([cdr.start_date_time, cdr.end_date_time]);
        expect(session.kwh).toBe(cdr.total_energy);
        expect(session.total_cost).toEqual(cdr.total_cost);
        expect(session.cdr_token).toEqual(cdr.cdr_token);
        const { cdr_location: place } = cdr;
        expect([session.location_id, session.evse_uid, session.connector_id]).toEqual([
          place.id,
          place.evse_uid,
          place.connector_id,
        ]);
        const moments = [
          ...cdr.charging_periods.map(({ start_date_time }) => start_date_time),
          cdr.end_date_time,
          session.last_updated,
          cdr.last_updated,
        ];
        expect(moments).toEqual(moments.toSorted());
        expect(moments[0]).toBe(cdr.start_date_time);
        for (const { last_updated } of cdr.tariffs ?? [])
          expect((last_updated ?? missing()) < cdr.start_date_time).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('names an EVSE, a connector and a token that there are', () => {
    fc.assert(
      fc.property(worlds, share, (world, at) => {
        const cdr = world.cdr(anyIndex(world, 'cdrs', at), '2.3.0');
        const { cdr_location: place, cdr_token: used } = cdr;
        const location = world.location(world.indexById('locations', place.id) ?? missing(), '2.3.0');
        const evse = location.evses?.find(({ uid }) => uid === place.evse_uid);
        const connector = evse?.connectors.find(({ id }) => id === place.connector_id);
        expect(connector?.standard).toBe(place.connector_standard);
        expect(connector?.tariff_ids).toContain(cdr.tariffs?.[0]?.id);
        expect([location.address, location.city]).toEqual([place.address, place.city]);
        const token = world.token(world.indexById('tokens', used.uid) ?? missing(), '2.3.0');
        expect(token).toMatchObject({ uid: used.uid, type: used.type, contract_id: used.contract_id, valid: true });
        if (token.whitelist === 'NEVER') expect(cdr.auth_method).not.toBe('WHITELIST');
      }),
      { numRuns: 200 },
    );
  });

  it('is there once for every finished session that is valid', () => {
    const world = createWorld({ seed: 'every', locations: 137, now: NOW });
    const billed = new Set<string>();
    for (let index = 0; index < world.counts.cdrs; index++) billed.add(world.cdr(index, '2.2.1').session_id ?? '');
    expect(billed.size).toBe(world.counts.cdrs);
    let finished = 0;
    for (let index = 0; index < world.counts.sessions; index++) {
      const { id, status } = world.session(index, '2.2.1');
      expect(billed.has(id), `${id} ${status}`).toBe(status === 'COMPLETED');
      if (status === 'COMPLETED') finished++;
    }
    expect(finished).toBe(world.counts.cdrs);
  });

  it('comes with every sort of tariff, with reservations, with parking, and in 2.1.1 with fees', () => {
    const world = createWorld({ seed: 'sorts', locations: 1_200, now: NOW });
    const sorts = new Set<string>();
    const dimensions = new Set<string>();
    const old = new Set<string>();
    for (let index = 0; index < world.counts.cdrs; index++) {
      const cdr = world.cdr(index, '2.2.1');
      for (const { id } of cdr.tariffs ?? []) sorts.add(id.replace(/^..-...-/, ''));
      for (const { dimensions: own } of cdr.charging_periods) for (const { type } of own) dimensions.add(type);
      for (const { dimensions: own } of world.cdr(index, '2.1.1').charging_periods)
        for (const { type } of own) old.add(type);
    }
    expect([...dimensions].sort()).toEqual(['ENERGY', 'MAX_POWER', 'PARKING_TIME', 'RESERVATION_TIME', 'TIME']);
    // The others are for cards and preferences, which sessions with a token do not use.
    expect(sorts.size).toBe(13);
    expect(old).toEqual(new Set(['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']));
  });
});

describe('a session', () => {
  it('of every stage adds up so far', () => {
    fc.assert(
      fc.property(worlds, share, (world, at) => {
        const { sessions, locations } = world.counts;
        const ongoing = sessions - 5 * locations;
        const index = sessions - 1 - Math.floor(at * ongoing);
        const session = world.session(index, '2.2.1');
        const periods = session.charging_periods ?? [];
        expect(exact(session.kwh)).toBe(sum(periods, 'ENERGY'));
        expect(session.end_date_time).toBeUndefined();
        const moments = [
          session.start_date_time,
          ...periods.map(period => period.start_date_time),
          session.last_updated,
        ];
        expect(moments).toEqual(moments.toSorted());
        expect(['ACTIVE', 'PENDING', 'RESERVATION']).toContain(session.status);
        const old = world.session(index, '2.1.1');
        expect(old.status).toBe(session.status === 'RESERVATION' ? 'PENDING' : session.status);
        expect(old.location.evses).toHaveLength(1);
        expect(old.location.evses?.[0]?.connectors).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  it('goes on exactly where a location says that somebody charges or has reserved', () => {
    const world = createWorld({ seed: 'live', locations: 400, now: NOW });
    const going = new Map<string, string>();
    for (let index = 5 * 400; index < world.counts.sessions; index++) {
      const session = world.session(index, '2.2.1');
      const location = world.location(world.indexById('locations', session.location_id) ?? missing(), '2.2.1');
      going.set(session.evse_uid, session.status);
      const changed = Date.parse(location.last_updated) - Date.parse(session.start_date_time);
      expect(changed).toBeGreaterThanOrEqual(0);
      expect(changed).toBeLessThan(9_000);
    }
    expect(going.size).toBe(80);
    let busy = 0;
    for (let index = 0; index < 400; index++) {
      for (const { uid, status } of world.location(index, '2.2.1').evses ?? []) {
        const session = going.get(uid);
        expect(status === 'CHARGING', uid).toBe(session === 'ACTIVE' || session === 'PENDING');
        expect(status === 'RESERVED', uid).toBe(session === 'RESERVATION');
        if (session !== undefined) busy++;
      }
    }
    expect(busy).toBe(80);
  });

  it('never shares a connector with another one at the same time', () => {
    for (const locations of [1, 40]) {
      const world = createWorld({ seed: 'shared', locations, now: NOW });
      const spans = new Map<string, [string, string][]>();
      let compared = 0;
      for (let index = 0; index < world.counts.sessions; index++) {
        const { evse_uid, start_date_time, end_date_time, last_updated } = world.session(index, '2.2.1');
        spans.set(evse_uid, [...(spans.get(evse_uid) ?? []), [start_date_time, end_date_time ?? last_updated]]);
      }
      for (const own of spans.values()) {
        const sorted = own.toSorted(([one], [two]) => one.localeCompare(two));
        for (const [at, [start]] of sorted.slice(1).entries()) {
          expect(start >= (sorted[at]?.[1] ?? '')).toBe(true);
          compared++;
        }
      }
      expect(compared).toBeGreaterThan(locations);
    }
  });

  it('comes five times to every location, with days in between', () => {
    const world = createWorld({ seed: 'turns', locations: 150, now: NOW });
    const starts = new Map<string, number[]>();
    for (let index = 0; index < 5 * 150; index++) {
      const { location_id, start_date_time } = world.session(index, '2.2.1');
      starts.set(location_id, [...(starts.get(location_id) ?? []), Date.parse(start_date_time) / 86_400_000]);
    }
    expect(starts.size).toBe(150);
    for (const own of starts.values()) {
      expect(own).toHaveLength(5);
      own.forEach((day, at) => {
        expect(day - (own[at - 1] ?? 0)).toBeGreaterThan(7);
      });
    }
  });

  it('lies within the opening hours where nobody can charge outside them', () => {
    const world = createWorld({ seed: 'hours', locations: 1_000, now: NOW });
    const ends = new Set<string>();
    for (let index = 0; index < 5_000; index++) {
      const session = world.session(index, '2.2.1');
      const location = world.location(world.indexById('locations', session.location_id) ?? missing(), '2.2.1');
      if (location.charging_when_closed !== false) continue;
      const start = localTime(Date.parse(session.start_date_time), location.country);
      // The moment it ends may be the moment the site closes.
      const end = localTime(Date.parse(session.end_date_time ?? missing()) - 1_000, location.country);
      ends.add(end.time);
      const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
      const open = location.opening_times?.regular_hours?.some(
        ({ weekday, period_begin, period_end }) =>
          days[weekday - 1] === start.weekday &&
          start.weekday === end.weekday &&
          period_begin <= start.time &&
          end.time < period_end,
      );
      expect(open, `${session.id} ${start.weekday} ${start.time} to ${end.time}`).toBe(true);
    }
    // They do not all end when the site closes.
    expect(ends.size).toBeGreaterThan(50);
  });
});

function missing(): never {
  throw new Error('missing');
}
