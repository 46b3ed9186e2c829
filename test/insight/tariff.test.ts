import { describe, expect, it } from 'vitest';
import { costsOf, millionths, simpleTariff, totalOf, type Use, writeMillionths } from '../../core/insight/tariff.ts';

const component = (type: string, price: number, step = 1) => ({ type, price, step_size: step });
const tariff = (...components: object[]) => ({ elements: [{ price_components: components }] });
const use = (dimension: Use['dimension'], volume: number): Use => ({ dimension, volume: millionths(volume) ?? 0n });

/** Net cost of each dimension, to the middle of what rounding allows. */
function billed(terms: object, uses: readonly Use[], stepping: Parameters<typeof costsOf>[2] = 'once') {
  const simple = simpleTariff(terms);
  if (simple === undefined) return undefined;
  const costs = costsOf(simple, uses, stepping);
  return Object.fromEntries(
    Object.entries(costs).map(([name, { low, high }]) => [name, Math.round(Number(low + high) / 20_000) / 100]),
  );
}

describe('what a tariff gives', () => {
  it('a step size rounds the whole session up, once', () => {
    // Digest 6.4: 4.3 kWh and 1.1 kWh with steps of 500 Wh are 5.5 kWh.
    const uses = [use('ENERGY', 4.3), use('ENERGY', 1.1)];
    expect(billed(tariff(component('ENERGY', 1, 500)), uses)).toEqual({ ENERGY: 5.5 });
    expect(billed(tariff(component('ENERGY', 1, 500)), uses, 'never')).toEqual({ ENERGY: 5.4 });
    expect(billed(tariff(component('ENERGY', 1, 500)), uses, 'each-period')).toEqual({ ENERGY: 6 });
  });

  it('of time and parking only what was used last is rounded', () => {
    // 21 minutes of charging and 16 of parking, with steps of 10 minutes, are 21 and 20.
    const terms = tariff(component('TIME', 60, 600), component('PARKING_TIME', 60, 600));
    expect(billed(terms, [use('TIME', 0.35), use('PARKING_TIME', 0.26667)])).toEqual({ TIME: 21, PARKING_TIME: 20 });
  });

  it('a flat fee is due once, and the limits of the tariff hold', () => {
    const terms = { ...tariff(component('FLAT', 2.5), component('ENERGY', 0.4)), min_price: { excl_vat: 10 } };
    expect(billed(terms, [use('ENERGY', 10)])).toEqual({ FLAT: 2.5, ENERGY: 4 });
    const simple = simpleTariff(terms);
    const total = simple && totalOf(costsOf(simple, [use('ENERGY', 10)], 'once'), simple);
    expect(writeMillionths(total?.low ?? 0n)).toBe('10');
  });

  it('is not told where prices depend on the moment, or hold taxes', () => {
    const night = { elements: [{ price_components: [component('ENERGY', 1)], restrictions: { start_time: '20:00' } }] };
    expect(billed(night, [])).toBeUndefined();
    expect(billed({ ...tariff(component('ENERGY', 1)), tax_included: 'YES' }, [])).toBeUndefined();
    expect(billed({ elements: [{ price_components: [{ type: 'ENERGY', price: '1' }] }] }, [])).toBeUndefined();
    expect(billed({}, [])).toBeUndefined();
  });

  it('money is counted in whole millionths, so that no sum drifts', () => {
    const tenth = millionths(0.1) ?? 0n;
    expect(tenth + tenth + tenth).toBe(millionths(0.3));
    expect([millionths('1'), millionths(Number.NaN), millionths(1e12)]).toEqual([undefined, undefined, undefined]);
  });
});
