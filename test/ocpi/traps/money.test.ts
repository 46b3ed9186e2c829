import { describe, expect, it } from 'vitest';
import { changed, check, without } from './checking.ts';

describe('money', () => {
  it('2.3.0 reads the prices of 2.2.1 (T21)', () => {
    const { view, findings } = changed('2.3.0', 'CDR', { total_cost: { excl_vat: 10.1, incl_vat: 12.63 } });
    expect(findings).toEqual(['warning price.other-shape /total_cost']);
    expect(view?.['total_cost']).toEqual({ before_taxes: 10.1, taxes: [{ name: 'VAT', amount: 2.53 }] });
    expect(check('2.3.0', 'PriceLimit', { excl_vat: 4, incl_vat: 5 }).view).toEqual({
      before_taxes: 4,
      after_taxes: 5,
    });
    expect(check('2.3.0', 'Price', { excl_vat: 4 }).view).toEqual({ before_taxes: 4 });
  });

  it('2.2.1 reads the prices of 2.3.0', () => {
    const price = { before_taxes: 10.1, taxes: [{ name: 'VAT', amount: 2.53 }] };
    expect(check('2.2.1', 'Price', price)).toEqual({
      view: { excl_vat: 10.1, incl_vat: 12.63 },
      findings: ['warning price.other-shape '],
    });
    expect(check('2.2.1', 'Price', { before_taxes: 4, after_taxes: 5 }).view).toEqual({ excl_vat: 4, incl_vat: 5 });
    expect(check('2.2.1', 'Price', { before_taxes: 4, taxes: [{}] }).view).toEqual({ excl_vat: 4 });
  });

  it('a number where a price is due, and the reverse, are read as amounts without taxes', () => {
    expect(changed('2.2.1', 'Session', { total_cost: 4.5 })).toMatchObject({
      view: { total_cost: { excl_vat: 4.5 } },
      findings: ['warning price.other-shape /total_cost'],
    });
    expect(check('2.3.0', 'Price', 4.5).view).toEqual({ before_taxes: 4.5 });
    expect(check('2.3.0', 'PriceLimit', 4.5).view).toEqual({ before_taxes: 4.5 });
    expect(changed('2.1.1', 'Session', { total_cost: { excl_vat: 4.5 } }).view?.['total_cost']).toBe(4.5);
    expect(changed('2.1.1', 'Session', { total_cost: { before_taxes: 4.5 } }).view?.['total_cost']).toBe(4.5);
  });

  it('what has no amount in any shape is rejected', () => {
    expect(check('2.2.1', 'Price', { incl_vat: 5 })).toEqual({
      view: undefined,
      findings: ['error field.missing /excl_vat'],
    });
    expect(check('2.3.0', 'Price', {}).view).toBeUndefined();
    expect(changed('2.1.1', 'CDR', { total_cost: {} }).view).toBeUndefined();
  });

  it('a tariff that does not tell about taxes is read as of 2.2.1 (T20b)', () => {
    expect(without('2.3.0', 'Tariff', 'tax_included')).toMatchObject({
      view: { tax_included: 'NO' },
      findings: ['warning tariff.tax-included-missing /tax_included'],
    });
  });

  it('a tariff whose price cannot be understood cannot be used (T30a)', () => {
    const elements = [{ price_components: [{ type: 'MOOD', price: 1, step_size: 1 }] }];
    expect(changed('2.2.1', 'Tariff', { elements })).toEqual({
      view: undefined,
      findings: ['error enum.undecidable /elements/0/price_components/0/type'],
    });
  });

  it('an element for reservations prices FLAT and TIME only', () => {
    const price_components = [
      { type: 'FLAT', price: 1, step_size: 1 },
      { type: 'ENERGY', price: 1, step_size: 1 },
    ];
    const reserved = [{ price_components, restrictions: { reservation: 'RESERVATION' } }];
    const place = '/elements/0/price_components/1/type';
    expect(changed('2.2.1', 'Tariff', { elements: reserved }).findings).toEqual([
      `warning tariff.reservation-dimension ${place}`,
    ]);
    const booked = [{ price_components, restrictions: { booking: 'BOOKING' } }];
    expect(changed('2.3.0', 'Tariff', { elements: booked }).findings).toEqual([
      `warning tariff.reservation-dimension ${place}`,
    ]);
  });

  it('local times and dates of restrictions are spelled', () => {
    const price_components = [{ type: 'FLAT', price: 1, step_size: 0 }];
    const restrictions = { start_time: '9:00', start_date: '2026-1-1', end_date: '2026-12-31' };
    expect(changed('2.1.1', 'Tariff', { elements: [{ price_components, restrictions }] }).findings).toEqual([
      'warning time.spelling /elements/0/restrictions/start_time',
      'warning date.spelling /elements/0/restrictions/start_date',
    ]);
  });

  it('objects that samples show without last_updated can be used without (T20a, T32)', () => {
    for (const [version, type] of [
      ['2.1.1', 'Tariff'],
      ['2.2.1', 'Tariff'],
      ['2.2.1', 'ClientInfo'],
      ['2.3.0', 'ClientInfo'],
      ['2.3.0', 'Terminal'],
    ] as const) {
      const { view, findings } = without(version, type, 'last_updated');
      expect(findings).toEqual(['warning last-updated.missing /last_updated']);
      expect(view).toBeDefined();
    }
    expect(without('2.2.1', 'Location', 'last_updated').view).toBeUndefined();
  });
});
