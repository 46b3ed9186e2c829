import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billFor } from '../../../core/sandbox/world/bill.ts';
import { COUNTRIES } from '../../../core/sandbox/world/geography/countries.ts';
import { divideRounded, grossPrice, roundUp, withTax } from '../../../core/sandbox/world/money.ts';
import { type Period, periodsOf } from '../../../core/sandbox/world/periods.ts';
import type { Component, Dimension, Element, TariffFacts } from '../../../core/sandbox/world/tariff-book.ts';

const sweden = COUNTRIES.find(({ code }) => code === 'SE') ?? fail();
const operator = { countryCode: 'SE', partyId: 'XTT', name: 'Test', website: 'https://test.example', phone: '+46' };

function tariff(elements: readonly Element[], more: Partial<TariffFacts> = {}): TariffFacts {
  const base = { index: 0, id: 'T', operator, country: sweden, sort: 'KWH', text: '', taxIncluded: 'NO' } as const;
  return { ...base, elements, ...more };
}

const price = (dimension: Dimension, euros: number, step = 1): Component => ({
  dimension,
  price: euros * 10_000,
  step,
});

interface Piece {
  readonly kind: Period['kind'];
  readonly minutes?: number;
  readonly kwh?: number;
  readonly prices: readonly Component[];
}

function periods(...pieces: readonly Piece[]): Period[] {
  return pieces.map(({ kind, minutes = 0, kwh = 0, prices }) => ({
    kind,
    start: 0,
    seconds: minutes * 60,
    watts: 0,
    energy: Math.round(kwh * 1_000),
    prices: Object.fromEntries(prices.map(component => [component.dimension, component])),
  }));
}

const none = tariff([]);

describe('step sizes, by the worked values of the specification (digest 6.4)', () => {
  it('4.3 kWh and 1.1 kWh with a step of 500 Wh are 5.5 kWh', () => {
    const energy = price('ENERGY', 1, 500);
    const bill = billFor(
      periods({ kind: 'charging', kwh: 4.3, prices: [energy] }, { kind: 'charging', kwh: 1.1, prices: [energy] }),
      none,
      { limits: true },
    );
    expect(bill.energy?.net).toBe(55_000);
  });

  it('6 and 22 minutes with a step of ten are 30, of which 24 at the second price', () => {
    const bill = billFor(
      periods(
        { kind: 'charging', minutes: 6, prices: [price('TIME', 1, 600)] },
        { kind: 'charging', minutes: 22, prices: [price('TIME', 5, 600)] },
      ),
      none,
      { limits: true },
    );
    expect(bill.time?.net).toBe(10_000 * (6 / 60) + 50_000 * (24 / 60));
  });

  it('21 minutes of charging and 16 of parking with a step of ten are 21 and 20', () => {
    const bill = billFor(
      periods(
        { kind: 'charging', minutes: 21, prices: [price('TIME', 2, 600)] },
        { kind: 'parking', minutes: 16, prices: [price('PARKING_TIME', 3, 600)] },
      ),
      none,
      { limits: true },
    );
    expect(bill.time?.net).toBe(20_000 * (21 / 60));
    expect(bill.parking?.net).toBe(30_000 * (20 / 60));
    expect(bill.total.net).toBe(7_000 + 10_000);
  });
});

describe('a bill', () => {
  const fee = price('FLAT', 0.5);

  it('holds a fee once, however many periods there are', () => {
    const piece: Piece = { kind: 'charging', kwh: 1, prices: [fee, price('ENERGY', 0.4)] };
    const bill = billFor(periods(piece, piece, piece), none, { limits: true });
    expect(bill).toEqual({
      fixed: { net: 5_000, gross: 5_000 },
      energy: { net: 12_000, gross: 12_000 },
      total: { net: 17_000, gross: 17_000 },
    });
  });

  it('adds the tax to each part and the parts to the total', () => {
    const taxed = tariff([], { vat: 25.5 });
    const bill = billFor(periods({ kind: 'charging', kwh: 3.333, prices: [fee, price('ENERGY', 0.33)] }), taxed, {
      limits: true,
    });
    expect(bill.energy).toEqual({ net: 10_999, gross: 13_804 });
    expect(bill.fixed).toEqual({ net: 5_000, gross: 6_275 });
    expect(bill.total).toEqual({ net: 15_999, gross: 20_079 });
  });

  it('stays within the lowest and highest price, before and after tax, but in 2.1.1, which has none', () => {
    const limited = tariff([], { least: 20_000, most: 30_000, vat: 10 });
    const cheap = periods({ kind: 'charging', kwh: 1, prices: [price('ENERGY', 1)] });
    const dear = periods({ kind: 'charging', kwh: 10, prices: [price('ENERGY', 1)] });
    expect(billFor(cheap, limited, { limits: true }).total).toEqual({ net: 20_000, gross: 22_000 });
    expect(billFor(dear, limited, { limits: true }).total).toEqual({ net: 30_000, gross: 33_000 });
    expect(billFor(dear, limited, { limits: false }).total).toEqual({ net: 100_000, gross: 110_000 });
  });

  it('tells apart the time of a reservation and that of charging', () => {
    const bill = billFor(
      periods(
        { kind: 'reservation', minutes: 30, prices: [price('TIME', 2)] },
        { kind: 'charging', minutes: 60, prices: [price('TIME', 5)] },
      ),
      none,
      { limits: true },
    );
    expect(bill.reservation?.net).toBe(10_000);
    expect(bill.time?.net).toBe(50_000);
  });

  it('of a tariff without a price for what was used is nothing', () => {
    expect(billFor(periods({ kind: 'charging', kwh: 5, minutes: 30, prices: [] }), none, { limits: true })).toEqual({
      total: { net: 0, gross: 0 },
    });
  });
});

describe('cutting a session into periods', () => {
  const local = (text: string) => Date.parse(text) / 1_000;
  const hour = { kind: 'charging', watts: 10_000 } as const;

  it('begins a new one at ten in the evening, local time, when the night price begins', () => {
    const night = tariff([
      { components: [price('ENERGY', 2)], when: { fromHour: 7, untilHour: 22 } },
      { components: [price('ENERGY', 1)] },
    ]);
    // Summer: ten in the evening in Sweden is 20:00 UTC.
    const cut = periodsOf([{ ...hour, seconds: 4 * 3_600 }], local('2026-07-01T18:00:00Z'), night);
    expect(cut.map(({ seconds, prices }) => [seconds, prices.ENERGY?.price])).toEqual([
      [2 * 3_600, 20_000],
      [2 * 3_600, 10_000],
    ]);
    expect(cut.map(({ energy }) => energy)).toEqual([20_000, 20_000]);
  });

  it('begins a new one at local midnight, when the weekend begins', () => {
    const weekend = tariff([
      { components: [price('ENERGY', 1)], when: { weekdays: [6, 7] } },
      { components: [price('ENERGY', 2)] },
    ]);
    // Winter: Friday 23:00 in Sweden.
    const cut = periodsOf([{ ...hour, seconds: 2 * 3_600 }], local('2026-01-30T22:00:00Z'), weekend);
    expect(cut.map(({ prices }) => prices.ENERGY?.price)).toEqual([20_000, 10_000]);
  });

  it('begins a new one after two hours, when the longer stay costs more, also while parking', () => {
    const longer = tariff([
      { components: [price('TIME', 1)], when: { mostSeconds: 7_200 } },
      { components: [price('TIME', 3), price('PARKING_TIME', 4)] },
    ]);
    const cut = periodsOf(
      [
        { ...hour, seconds: 3 * 3_600 },
        { kind: 'parking', watts: 0, seconds: 900 },
      ],
      0,
      longer,
    );
    expect(cut.map(({ start, prices }) => [start, prices.TIME?.price])).toEqual([
      [0, 10_000],
      [7_200, 30_000],
      [10_800, 30_000],
    ]);
    expect(cut[2]?.prices.PARKING_TIME?.price).toBe(40_000);
  });

  it('prices power by what is drawn in the period, and a reservation by elements for reservations only', () => {
    const power = tariff([
      { components: [price('FLAT', 9)], when: { reservation: 'RESERVATION_EXPIRES' } },
      { components: [price('TIME', 7)], when: { reservation: 'RESERVATION' } },
      { components: [price('ENERGY', 2)], when: { leastWatts: 60_000 } },
      { components: [price('ENERGY', 1)], when: { mostWatts: 60_000 } },
    ]);
    const cut = periodsOf(
      [
        { kind: 'reservation', watts: 0, seconds: 900 },
        { kind: 'charging', watts: 60_000, seconds: 900 },
        { kind: 'charging', watts: 59_600, seconds: 900 },
      ],
      0,
      power,
    );
    expect(cut.map(({ prices }) => Object.entries(prices).map(([name, found]) => `${name} ${found.price}`))).toEqual([
      ['TIME 70000'],
      ['ENERGY 20000'],
      ['ENERGY 10000'],
    ]);
  });
});

describe('the arithmetic of money', () => {
  const amounts = fc.integer({ min: 0, max: 2 ** 44 });

  it('rounds halves up, exactly as integers of any size do', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 10_000 }), (dividend, divisor) => {
        const exact = (2n * BigInt(dividend) + BigInt(divisor)) / (2n * BigInt(divisor));
        expect(divideRounded(dividend, divisor)).toBe(Number(exact));
      }),
    );
  });

  it('rounds up to the next step and not further', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 1_000 }), (value, step) => {
        const up = roundUp(value, step);
        return up % step === 0 && up >= value && up - value < step;
      }),
    );
  });

  it('adds the tax of every country of the world, and prints gross prices without a tail of digits', () => {
    for (const { vat } of COUNTRIES) {
      expect(withTax(10_000, vat)).toEqual({ net: 10_000, gross: Math.round(100 * (100 + vat)) });
      for (let cents = 1; cents < 2_000; cents++) {
        expect(String(grossPrice(cents * 100, vat)).length).toBeLessThanOrEqual(8);
      }
    }
    expect(withTax(10_000, undefined)).toEqual({ net: 10_000, gross: 10_000 });
  });
});

function fail(): never {
  throw new Error('Sweden is missing');
}
