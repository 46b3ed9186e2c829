import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evsesOf, tariffsOf } from '../../../../renderer/features/locations/reading/evses.ts';
import { hoursOf } from '../../../../renderer/features/locations/reading/hours.ts';
import { tariffOf } from '../../../../renderer/features/locations/reading/tariffs.ts';

describe('reading what a partner sent', () => {
  it('never throws, whatever it is', () => {
    const members = ['evses', 'connectors', 'opening_times', 'regular_hours', 'elements', 'price_components', 'status'];
    const anything = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, true, 3, '', 'x'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...members), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(anything, json => {
        evsesOf(json);
        tariffsOf(json);
        hoursOf(json);
        tariffOf(json, 'en');
      }),
    );
  });

  it('reads a connector of 2.1.1 and one of 2.2.1 alike, power computed over the phases where it is not stated', () => {
    const connectors = [
      { id: '1', standard: 'IEC_62196_T2', power_type: 'AC_3_PHASE', voltage: 230, amperage: 32, tariff_id: 'T1' },
      {
        id: '2',
        power_type: 'DC',
        max_voltage: 920,
        max_amperage: 400,
        max_electric_power: 150_000,
        tariff_ids: ['T1', 'T2'],
      },
    ];
    const location = { evses: [{ uid: 'E1', status: 'CHARGING', connectors }] };
    const [evse] = evsesOf(location);
    expect(evse?.connectors.map(({ watts, wattsStated }) => [watts, wattsStated])).toEqual([
      [22_080, false],
      [150_000, true],
    ]);
    expect(evse?.connectors[1]?.pointer).toBe('/evses/0/connectors/1');
    expect(tariffsOf(location)).toEqual(['T1', 'T2']);
  });

  it('lays a week out from Monday, a day without hours closed', () => {
    const regular_hours = [
      { weekday: 7, period_begin: '10:00', period_end: '16:00' },
      { weekday: 1, period_begin: '13:00', period_end: '18:00' },
      { weekday: 1, period_begin: '08:00', period_end: '12:00' },
      { weekday: '2', period_begin: '08:00' },
    ];
    const hours = hoursOf({ opening_times: { twentyfourseven: false, regular_hours } });
    expect(hours?.week[0]).toEqual([
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '18:00' },
    ]);
    expect(hours?.week.map(day => day.length)).toEqual([2, 0, 0, 0, 0, 0, 1]);
    expect(hoursOf({})).toBeUndefined();
  });

  it('reads the limits of a tariff of 2.2.1 and of 2.3.0', () => {
    const element = {
      price_components: [{ type: 'ENERGY', price: 0.25, vat: 21, step_size: 1 }],
      restrictions: { max_power: 32, day_of_week: ['MONDAY', 'SUNDAY'] },
    };
    const tariff = tariffOf(
      { id: 'T1', currency: 'EUR', min_price: { excl_vat: 0.5 }, max_price: { before_taxes: 50 }, elements: [element] },
      'en',
    );
    expect([tariff.least, tariff.most]).toEqual([0.5, 50]);
    expect(tariff.elements[0]?.prices).toEqual([{ type: 'ENERGY', price: 0.25, vat: 21, step: 1 }]);
    expect(tariff.elements[0]?.restrictions).toEqual([
      { name: 'max_power', value: '32' },
      { name: 'day_of_week', value: 'MONDAY, SUNDAY' },
    ]);
  });
});
