import { describe, expect, it } from 'vitest';
import { pricingOf, standardOffsetOf } from '../../../core/sandbox/life/pricing.ts';
import { billFor } from '../../../core/sandbox/world/bill.ts';
import { localMoment } from '../../../core/sandbox/world/local-time.ts';
import { periodsOf } from '../../../core/sandbox/world/periods.ts';
import { createWorld } from '../../../core/sandbox/world/world.ts';

const owner = { countryCode: 'NL', partyId: 'WBX' };
/** A Monday, 11:00 UTC. */
const AT = Date.UTC(2026, 10, 23, 11) / 1000;
const read = (elements: readonly unknown[], extra: Record<string, unknown> = {}, timeZone = 'Europe/Amsterdam') =>
  pricingOf(
    {
      country_code: 'NL',
      party_id: 'WBX',
      id: 'T',
      currency: 'EUR',
      tax_included: 'NO',
      elements,
      last_updated: '2026-01-01T00:00:00Z',
      ...extra,
    },
    { owner, timeZone, at: AT },
  );
const energy = (price: number, restrictions?: unknown) => ({
  price_components: [{ type: 'ENERGY', price, vat: 21, step_size: 1 }],
  ...(restrictions === undefined ? {} : { restrictions }),
});
const HOUR_AT_10_KW = [{ kind: 'charging', seconds: 3_600, watts: 10_000 } as const];
const costOf = (pricing: ReturnType<typeof read>, at = AT) =>
  billFor(periodsOf(HOUR_AT_10_KW, at, pricing), pricing, { limits: true }).total.net / 10_000;

/** Those without a zone, or with one that nobody knows, are read by UTC. */
describe('a tariff of ours', () => {
  it('prices a session by the first element that fits, hours over midnight and fractions of hours included', () => {
    expect(costOf(read([energy(0.5)]))).toBe(5);
    const halves = read([energy(0.4, { start_time: '12:30', end_time: '13:30' }), energy(0.2)]);
    // 12:00 in Amsterdam: half an hour at each price.
    expect(costOf(halves)).toBe(3);
    const night = read([energy(0.1, { start_time: '22:00', end_time: '06:00' }), energy(0.3)]);
    expect(costOf(night)).toBe(3);
    expect(costOf(night, AT + 11 * 3_600)).toBe(1);
    expect(costOf(night, AT + 16 * 3_600)).toBe(1);
    expect(costOf(read([energy(0.1, { day_of_week: ['SUNDAY'] }), energy(0.3)]))).toBe(3);
  });

  it('leaves out what is of another date or needs what is not simulated, and keeps limits', () => {
    const dated = [energy(0.9, { start_date: '2026-11-24' }), energy(0.8, { end_date: '2026-11-23' }), energy(0.2)];
    expect(costOf(read(dated))).toBe(2);
    expect(costOf(read([energy(0.9, { min_kwh: 0 }), energy(0.9, { max_current: 32 }), energy(0.2)]))).toBe(2);
    expect(costOf(read([energy(0.2)], { max_price: { before_taxes: 1.5 } }))).toBe(1.5);
    expect(costOf(read([energy(0.2)], { min_price: { before_taxes: 4, after_taxes: 4.84 } }))).toBe(4);
    // With the tax in the price: 0.242 is 0.20 and 21 %.
    expect(costOf(read([energy(0.242)], { tax_included: 'YES' }))).toBeCloseTo(2, 3);
    // Nothing of it can be read: it costs nothing, and nothing breaks.
    expect(read([{ price_components: 'none' }]).elements).toEqual([]);
  });

  it('comes to the same as the world it was made in', () => {
    const world = createWorld({ seed: 'pricing', locations: 40, now: AT * 1000 });
    let compared = 0;
    for (let index = 0; index < world.counts.cdrs; index++) {
      const cdr = world.cdr(index, '2.3.0');
      const [tariff] = cdr.tariffs ?? [];
      const steps = cdr.charging_periods.map(({ dimensions }) => {
        const volume = (type: string) => dimensions.find(one => one.type === type)?.volume ?? 0;
        const hours = volume('TIME') + volume('PARKING_TIME');
        const kind = volume('PARKING_TIME') > 0 ? ('parking' as const) : ('charging' as const);
        return { kind, seconds: Math.round(hours * 3_600), watts: Math.round(volume('MAX_POWER') * 1000) };
      });
      if (tariff === undefined || cdr.total_reservation_cost || steps.some(({ seconds }) => seconds === 0)) continue;
      const { time_zone: timeZone } = world.location(world.locationIndexById(cdr.cdr_location.id) ?? 0, '2.3.0');
      const start = Date.parse(cdr.start_date_time) / 1000;
      const pricing = pricingOf({ ...tariff }, { owner, timeZone, at: start });
      const { total } = billFor(periodsOf(steps, start, pricing), pricing, { limits: true });
      expect(total.net / 10_000).toBeCloseTo(cdr.total_cost.before_taxes, 2);
      compared++;
    }
    expect(compared).toBeGreaterThan(100);
  });

  it.each(['Europe/Amsterdam', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Nowhere/Atall', undefined])(
    'is read by the clock of its location: %s',
    timeZone => {
      for (const at of [AT, AT - 150 * 86_400]) {
        const shown = localMoment(at, standardOffsetOf(timeZone, at));
        const zone = timeZone === undefined || timeZone === 'Nowhere/Atall' ? 'UTC' : timeZone;
        const hour = new Intl.DateTimeFormat('en', {
          timeZone: zone,
          hourCycle: 'h23',
          hour: 'numeric',
          minute: 'numeric',
        });
        const [hours, minutes] = hour
          .format(at * 1000)
          .split(':')
          .map(Number);
        expect(shown.second).toBe((hours ?? 0) * 3_600 + (minutes ?? 0) * 60);
      }
    },
  );
});
