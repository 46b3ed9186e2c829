import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PricedBill } from '../../../core/contract/price.ts';
import { type BillPrice, priceBill } from '../../../core/insight/tariff/price-bill.ts';
import { add, compare, type Ratio, readDecimal, subtract, write, ZERO } from '../../../core/insight/tariff/ratio.ts';
import { component, element, from, tariff } from './worked-cases/worked-case.ts';

const START = Date.UTC(2026, 2, 2, 6);
const MINUTE = 60_000;

interface Stretch {
  /** Whole minutes. */
  readonly minutes: number;
  /** Wh, whole; those of parking are none. */
  readonly wattHours: number;
  readonly isParked: boolean;
}

/** Charging, and perhaps parking after it. */
const stretches: fc.Arbitrary<readonly Stretch[]> = fc
  .tuple(
    fc.array(
      fc.record({
        minutes: fc.integer({ min: 2, max: 300 }).map(count => count * 2),
        wattHours: fc.integer({ min: 0, max: 40_000 }).map(count => count * 2),
        isParked: fc.constant(false),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.array(
      fc.record({
        minutes: fc.integer({ min: 2, max: 300 }).map(count => count * 2),
        wattHours: fc.constant(0),
        isParked: fc.constant(true),
      }),
      { maxLength: 2 },
    ),
  )
  .map(([charging, parking]) => [...charging, ...parking]);

const cents = fc.integer({ min: 0, max: 999 }).map(count => count / 100);
const vat = fc.constantFrom(undefined, 0, 5.5, 19, 21);
const time = fc.integer({ min: 0, max: 23 }).map(hour => `${String(hour).padStart(2, '0')}:00`);
const restrictions = fc.oneof(
  fc.constant(undefined),
  fc.record({ start_time: time, end_time: time }),
  fc.record({ min_duration: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({ max_duration: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ day_of_week: fc.constantFrom(['MONDAY'], ['TUESDAY'], ['MONDAY', 'TUESDAY']) }),
);
const elements = (step: fc.Arbitrary<number>, when: fc.Arbitrary<object | undefined> = restrictions) =>
  fc.array(
    fc
      .tuple(cents, cents, cents, vat, step, when)
      .map(([energy, charging, parking, rate, size, restricted]) =>
        element(
          [
            component('ENERGY', energy, rate, size),
            component('TIME', charging, rate, size),
            component('PARKING_TIME', parking, rate, size),
          ],
          restricted,
        ),
      ),
    { minLength: 1, maxLength: 3 },
  );

function billOf(used: readonly Stretch[]): Readonly<Record<string, unknown>> {
  let at = START;
  const periods = used.map(({ minutes, wattHours, isParked }) => {
    const begin = at;
    at += minutes * MINUTE;
    return {
      start_date_time: new Date(begin).toISOString(),
      dimensions: [
        { type: isParked ? 'PARKING_TIME' : 'TIME', volume: minutes / 60 },
        ...(isParked ? [] : [{ type: 'ENERGY', volume: wattHours / 1000 }]),
      ],
    };
  });
  return {
    ...from('00:00', '00:00', periods),
    start_date_time: new Date(START).toISOString(),
    end_date_time: new Date(at).toISOString(),
  };
}

/** Priced by a tariff: what is due is known. */
type Priced = BillPrice & { readonly due: NonNullable<BillPrice['due']> };

function priced(used: readonly Stretch[], priceElements: readonly object[], more: object = {}): Priced {
  const outcome = priceBill({
    bill: billOf(used),
    kind: 'cdr',
    version: '2.2.1',
    tariffs: [tariff(priceElements, more) as Readonly<Record<string, unknown>>],
    tariffsFrom: 'within',
    zone: { name: 'Europe/Amsterdam', from: 'location', said: 'as its location says' },
  });
  if (!outcome.ok) throw new Error(outcome.failure.message);
  const { due } = outcome.value;
  if (due === null) throw new Error('a tariff was given, and nothing is due');
  return { ...outcome.value, due };
}

function amount(text: string | null): Ratio {
  const read = text === null ? undefined : readDecimal(text);
  if (read === undefined) throw new Error(`no amount: ${text}`);
  return read;
}

/** Each stretch as two halves. */
const halved = (used: readonly Stretch[]): Stretch[] =>
  used.flatMap(one => {
    const half = { ...one, minutes: one.minutes / 2, wattHours: one.wattHours / 2 };
    return [half, half];
  });

describe('whatever the charge and the tariff', () => {
  it('splitting periods never changes the price where no step size counts', () => {
    fc.assert(
      fc.property(stretches, elements(fc.constant(0)), (used, terms) => {
        const [whole, split] = [priced(used, terms), priced(halved(used), terms)];
        // Energy is spread evenly over a period either way: halves of it are the same.
        expect(split.due.total).toEqual(whole.due.total);
        expect(split.due.parts).toEqual(whole.due.parts);
      }),
      { numRuns: 150 },
    );
  });

  it('with step sizes, splitting periods changes nothing either where one price holds for all of it', () => {
    fc.assert(
      fc.property(stretches, elements(fc.constantFrom(0, 1, 60, 500, 900), fc.constant(undefined)), (used, terms) => {
        expect(priced(halved(used), terms).due.total).toEqual(priced(used, terms).due.total);
      }),
      { numRuns: 100 },
    );
  });

  it('more energy never costs less, where prices are not negative and none falls with the energy', () => {
    // Which price holds depends on the clock alone, so that more energy at the same moments only adds to it.
    fc.assert(
      fc.property(
        stretches,
        elements(fc.constantFrom(0, 1, 500)),
        fc.integer({ min: 1, max: 20_000 }),
        fc.nat(),
        (used, terms, extra, which) => {
          const place = which % used.filter(({ isParked }) => !isParked).length;
          const more = used.map((one, at) => (at === place ? { ...one, wattHours: one.wattHours + extra } : one));
          const [less, greater] = [priced(used, terms), priced(more, terms)];
          // A step that was filled at a dear last price may be filled by cheap energy instead: only the energy itself is compared then.
          const isStepped = [less, greater].some(({ lines }) =>
            lines.some(({ kind, part }) => kind === 'step' && part === 'energy'),
          );
          const cost = (bill: BillPrice) =>
            bill.lines
              .filter(({ kind }) => !isStepped || kind !== 'step')
              .reduce<Ratio>((sum, line) => add(sum, amount(line.amount.before)), ZERO);
          expect(compare(cost(greater), subtract(cost(less), amount('0.000000001')))).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('the lines are the total exactly, and those of a part are the part', () => {
    fc.assert(
      fc.property(
        stretches,
        elements(fc.constantFrom(0, 1, 60, 500, 900)),
        fc.option(fc.record({ min_price: fc.record({ excl_vat: cents, incl_vat: cents }) }), { nil: {} }),
        (used, terms, limits) => {
          const { lines, due } = priced(used, terms, limits);
          for (const taxes of ['before', 'after'] as const) {
            const sum = lines.reduce<Ratio>((all, line) => add(all, amount(line.amount[taxes])), ZERO);
            expect(write(sum)).toBe(due.total[taxes]);
            for (const [part, money] of Object.entries(due.parts)) {
              const ofPart = lines.filter(line => line.part === part);
              expect(write(ofPart.reduce<Ratio>((all, line) => add(all, amount(line.amount[taxes])), ZERO))).toBe(
                money[taxes],
              );
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('what is used is billed once: the volumes of all lines are those of the periods', () => {
    fc.assert(
      fc.property(stretches, elements(fc.constantFrom(0, 500)), (used, terms) => {
        const { lines, energy } = priced(used, terms);
        const sum = lines
          .filter(({ kind, dimension }) => kind !== 'step' && dimension === 'ENERGY')
          .reduce<Ratio>((all, { volume }) => add(all, amount(volume)), ZERO);
        // Volumes of a stretch may have no end; each is written to twelve decimals.
        expect(Math.abs(Number(write(subtract(sum, amount(energy)))))).toBeLessThan(1e-9);
      }),
      { numRuns: 80 },
    );
  });

  it('priced twice it is the same', () => {
    fc.assert(
      fc.property(stretches, elements(fc.constantFrom(0, 60)), (used, terms) => {
        expect(priced(used, terms)).toEqual(priced(used, terms));
      }),
      { numRuns: 50 },
    );
  });

  it('nothing that is sent makes it throw', () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const names = fc.constantFrom(
      'elements',
      'charging_periods',
      'dimensions',
      'restrictions',
      'price_components',
      'type',
    );
    const odd = fc.dictionary(fc.oneof(names, fc.constantFrom('id', 'start_date_time', 'total_cost', 'kwh')), anything);
    fc.assert(
      fc.property(odd, fc.array(odd, { maxLength: 2 }), fc.array(odd, { maxLength: 3 }), (bill, tariffs, periods) => {
        const outcome = priceBill({
          bill: {
            ...bill,
            charging_periods: periods.map(one => ({ ...one, dimensions: [{ type: 'ENERGY', volume: 1 }, one] })),
          },
          kind: 'session',
          version: '2.3.0',
          tariffs: tariffs.map(one => ({ ...one, elements: [{ price_components: [one], restrictions: one }] })),
          tariffsFrom: 'within',
          zone: { name: 'UTC', from: 'assumed', said: 'assumed' },
        });
        expect(typeof outcome.ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });

  it('no number that JSON can hold makes it throw, wherever it stands', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(1e-320, '1e-999', '0.1e-30', 1.1, 1e-5, 0.5, 1e11, 9.99e11, -1e11, -100, 3, 5, 7200.3),
    );
    const moments = fc.constantFrom(
      '2026-03-02T10:00:00Z',
      '2026-03-02T11:00:00.1234567Z',
      '2026-03-02T12:00:00Z',
      '9999-12-31T23:59:59Z',
      '0001-01-01T00:00:00Z',
    );
    const bound = fc.constantFrom(
      ...['min_kwh', 'max_kwh', 'min_duration', 'max_duration', 'min_power', 'max_power', 'min_current'],
    );
    const priced = fc.record({
      start_time: fc.constantFrom('08:00', '23:59', undefined),
      of: fc.dictionary(bound, number),
    });
    const dimension = fc.record({
      type: fc.constantFrom('ENERGY', 'TIME', 'PARKING_TIME', 'MAX_POWER'),
      volume: number,
    });
    const periods = fc.array(
      fc.record({ start_date_time: moments, dimensions: fc.array(dimension, { maxLength: 3 }) }),
      { minLength: 1, maxLength: 3 },
    );
    const components = fc.array(
      fc.record({
        type: fc.constantFrom('ENERGY', 'TIME', 'PARKING_TIME'),
        price: number,
        vat: number,
        step_size: number,
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(
        fc.record({ start_date_time: moments, end_date_time: moments, total_time: number, total_energy: number }),
        fc.record({ excl_vat: number, incl_vat: number }),
        periods,
        fc.array(fc.tuple(components, priced), { minLength: 1, maxLength: 3 }),
        (bill, total_cost, charging_periods, listed) => {
          const outcome = priceBill({
            bill: { ...bill, total_cost, charging_periods, id: 'C1', currency: 'EUR' },
            kind: 'cdr',
            version: '2.2.1',
            tariffs: [
              tariff(
                listed.map(([priceComponents, { start_time, of }]) => element(priceComponents, { start_time, ...of })),
                { min_price: total_cost },
              ) as Readonly<Record<string, unknown>>,
            ],
            tariffsFrom: 'within',
            zone: { name: 'Europe/Amsterdam', from: 'location', said: 'as its location says' },
          });
          expect(outcome.ok && PricedBill.safeParse({ ...outcome.value, credit: null }).error).toBeFalsy();
        },
      ),
      { numRuns: 300 },
    );
  });
});
