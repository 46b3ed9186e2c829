import { describe, expect, it } from 'vitest';
import { priceBill, tariffsWithin } from '../../../core/insight/tariff/price-bill.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import { createWorld } from '../../../core/sandbox/world/world.ts';
import { played } from './played.ts';

type Json = Readonly<Record<string, unknown>>;

/** A CDR that is told to bill steps more than were used. */
function overcharged(cdr: Json, version: Version, steps = 1): Json {
  const json = JSON.stringify(cdr);
  const { applied, text } = played(
    'money.step-size',
    { direction: 'send', operation: 'cdrs.post', version, json },
    { steps },
  );
  expect(applied).toBe(true);
  return JSON.parse(text) as Json;
}

const period = (at: string, volumes: Json): Json => ({
  start_date_time: `2026-03-02T${at}:00Z`,
  dimensions: Object.entries(volumes).map(([type, volume]) => ({ type, volume })),
});
const element = (type: string, price: number, size: number, more: Json = {}, restrictions?: Json): Json => ({
  price_components: [{ type, price, step_size: size, ...more }],
  ...(restrictions && { restrictions }),
});
const cdr = (total: unknown, elements: readonly Json[], more: Json = {}): Json => ({
  id: 'C1',
  start_date_time: '2026-03-02T10:00:00Z',
  total_cost: total,
  tariffs: [{ id: 'T1', elements, ...(more['tariff'] as Json | undefined) }],
  charging_periods: more['periods'] ?? [period('10:00', { TIME: 1, ENERGY: 7 })],
});
const taxed = (before: number, ...taxes: readonly (readonly [percentage: number, amount: number])[]) => ({
  before_taxes: before,
  taxes: taxes.map(([percentage, amount]) => ({ name: 'VAT', percentage, amount })),
});
const total = (bill: Json) => bill['total_cost'];

describe('one step more costs what one step costs', () => {
  // 6 an hour in steps of 10 min: 1.00 a step.
  const TIME = [element('TIME', 6, 600, { vat: 25 })];

  it('where taxes come on top, at the rate of the price, whatever the rates of the rest', () => {
    expect(total(overcharged(cdr(taxed(10, [25, 1], [10, 0.6]), TIME), '2.3.0'))).toEqual(
      taxed(11, [25, 1.25], [10, 0.6]),
    );
    expect(total(overcharged(cdr({ excl_vat: 10, incl_vat: 11 }, TIME), '2.2.1', 2))).toEqual({
      excl_vat: 12,
      incl_vat: 13.5,
    });
    expect(total(overcharged(cdr(10, TIME), '2.1.1'))).toBe(11);
    // 2.2.1: a price without VAT has none.
    const free = [element('TIME', 6, 600)];
    expect(total(overcharged(cdr({ excl_vat: 10, incl_vat: 11 }, free), '2.2.1'))).toEqual({
      excl_vat: 11,
      incl_vat: 12,
    });
  });

  it('where the price holds them: 1.00 are 0.80 and 25 %', () => {
    const included = { tariff: { tax_included: 'YES' } };
    expect(total(overcharged(cdr(taxed(8, [25, 2]), TIME, included), '2.3.0'))).toEqual(taxed(8.8, [25, 2.2]));
    // Nobody tells the rate: the total does, and 10 become 11.
    const untold = [element('TIME', 6, 600)];
    expect(total(overcharged(cdr(taxed(8, [25, 2]), untold, included), '2.3.0'))).toEqual(taxed(8.8, [25, 2.2]));
    const none = { tariff: { tax_included: 'N/A' } };
    expect(total(overcharged(cdr(taxed(8), TIME, none), '2.3.0'))).toEqual(taxed(9));
  });

  it('by the price that was in force at the end: not that of a reservation, nor of the hours before, nor of what was not used', () => {
    const elements = [
      element('TIME', 60, 600, {}, { reservation: 'RESERVATION' }),
      element('TIME', 6, 600, {}, { max_duration: 7200 }),
      element('TIME', 12, 600),
      element('PARKING_TIME', 18, 600),
    ];
    const billed = (...periods: readonly Json[]) => total(overcharged(cdr(10, elements, { periods }), '2.1.1'));
    const first = period('10:00', { TIME: 2 });
    expect(billed(first)).toBe(11);
    expect(billed(first, period('12:00', { TIME: 1 }))).toBe(12);
    expect(billed(first, period('12:00', { TIME: 1 }), period('13:00', { PARKING_TIME: 1 }))).toBe(13);
    const tiers = [element('ENERGY', 1, 500, {}, { max_kwh: 10 }), element('ENERGY', 2, 500)];
    const energies = [period('10:00', { ENERGY: 10 }), period('11:00', { ENERGY: 1 })];
    expect(total(overcharged(cdr(10, tiers, { periods: energies }), '2.1.1'))).toBe(11);
    expect(total(overcharged(cdr(10, tiers, { periods: energies.slice(0, 1) }), '2.1.1'))).toBe(10.5);
  });

  it('by the tariff that the last period names', () => {
    const named = { ...cdr(10, TIME), charging_periods: [{ ...period('10:00', { TIME: 1 }), tariff_id: 't2' }] };
    const tariffs = [
      { id: 'T1', elements: TIME },
      { id: 'T2', elements: [element('TIME', 3, 600)] },
    ];
    expect(total(overcharged({ ...named, total_cost: { excl_vat: 10 }, tariffs }, '2.2.1'))).toEqual({
      excl_vat: 10.5,
    });
  });
});

it('whatever CDR of the built-in partner has a step that shows is found to be wrong by exactly that, and why', () => {
  const world = createWorld({ seed: 'steps', locations: 60, now: Date.UTC(2026, 10, 20) });
  const found = new Set<string>();
  for (const version of ['2.2.1', '2.3.0'] as const) {
    for (let index = 0; index < world.counts.cdrs; index++) {
      const bill = world.cdr(index, version) as unknown as Json;
      const [tariff] = tariffsWithin(bill);
      const sort = /-(HOUR|LONGER|PARKING)$/.exec(String(tariff?.['id']))?.[1];
      if (tariff === undefined || sort === undefined) continue;
      const priced = (one: Json) => {
        const zone = { name: 'UTC', from: 'asked', said: 'as asked' } as const;
        const outcome = priceBill({ bill: one, kind: 'cdr', version, tariffs: [tariff], tariffsFrom: 'within', zone });
        if (!outcome.ok) throw new Error(outcome.failure.message);
        return outcome.value;
      };
      const right = priced(bill);
      const wrong = priced(overcharged(bill, version));
      expect([right.verdict, wrong.verdict], String(bill['id'])).toEqual(['right', 'wrong']);
      // Of the group that has the dearer step, the price of what was used last.
      const lines = right.lines.filter(({ dimension, kind }) => dimension !== 'FLAT' && kind === 'used');
      const timed = lines.findLast(({ unit }) => unit === 'h') ?? lines.at(-1);
      const step = (Number(timed?.price) * (timed?.stepSize ?? 0)) / (timed?.unit === 'h' ? 3600 : 1000);
      const isIncluded = tariff['tax_included'] === 'YES';
      const net = isIncluded ? step / (1 + Number(timed?.vat) / 100) : step;
      const ofTotal = wrong.departures.find(({ field, taxes }) => field === 'total_cost' && taxes === 'before');
      // What is stated was rounded to four decimals before.
      expect(Math.abs(Number(ofTotal?.by) - net)).toBeLessThan(0.0003);
      expect(ofTotal?.reasons.map(({ code }) => code)).toContain('step-size-one-more');
      found.add(`${version} ${sort} ${isIncluded}`);
    }
  }
  expect([...found]).toEqual(
    expect.arrayContaining(['2.2.1 HOUR false', '2.3.0 HOUR true', '2.3.0 LONGER false', '2.3.0 PARKING false']),
  );
});
