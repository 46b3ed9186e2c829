import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportFigures, ReportRow } from '../../../../core/contract/reports.ts';
import { axisOf, placeOf } from '../../../../renderer/features/reports/counted/axis.ts';
import {
  figureOf,
  measureOf,
  measuresOf,
  measureText,
} from '../../../../renderer/features/reports/counted/measures.ts';
import { slotsOf } from '../../../../renderer/features/reports/counted/slots.ts';

const FIGURES: ReportFigures = {
  charges: 3,
  kwh: 40.5,
  hours: 5,
  idleHours: 1,
  averageKw: 10.125,
  costs: [
    { currency: 'EUR', before: 12, after: 15 },
    { currency: 'NOK', before: 100, after: null },
  ],
  credits: 0,
  failedStarts: null,
};
const row = (key: string): ReportRow => ({ ...FIGURES, key, label: key, link: null, party: null });
const keysOf = (...given: Parameters<typeof slotsOf>) => slotsOf(...given).map(({ key }) => key);

describe('the axis of a chart', () => {
  it.each([
    [[3, 17], true, [0, 5, 10, 15, 20]],
    [[1, 2], true, [0, 1, 2]],
    [[0.02, 0.07], false, [0, 0.02, 0.04, 0.06, 0.08]],
    [[-10, 30], false, [-10, 0, 10, 20, 30]],
    [[], true, [0, 1]],
    [[0], false, [0, 1]],
  ])('%j', (values, whole, ticks) => {
    expect(axisOf(values, whole).ticks).toEqual(ticks);
  });

  it('has room for every value, few round lines, and 0 among them', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value.filter(one => one === 0 || Math.abs(one) > 1e-6)), fc.boolean(), (values, whole) => {
        const axis = axisOf(values, whole);
        expect(axis.ticks).toContain(0);
        expect(axis.ticks.length).toBeLessThanOrEqual(8);
        for (const one of values) {
          expect(placeOf(one, axis)).toBeGreaterThanOrEqual(-1e-9);
          expect(placeOf(one, axis)).toBeLessThanOrEqual(1 + 1e-9);
        }
        if (whole) for (const tick of axis.ticks) expect(Number.isInteger(tick)).toBe(true);
      }),
    );
  });
});

describe('the places of a chart', () => {
  it('are days in their order, with those on which nothing began, until today', () => {
    const days = { from: '2026-02-26', today: '2026-03-02' };
    expect(keysOf('day', [row('2026-03-01'), row('2026-02-27')], days)).toEqual([
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
  });

  it('go on past today where a charger is ahead of its time, and begin with the first charge where no day is asked for', () => {
    expect(keysOf('day', [row('2026-03-04'), row('2026-03-03')], { today: '2026-03-02' })).toEqual([
      '2026-03-03',
      '2026-03-04',
    ]);
    expect(keysOf('day', [row('2026-03-03')], { from: '2026-03-02', today: '2026-03-02' })).toEqual([
      '2026-03-02',
      '2026-03-03',
    ]);
  });

  it('are only days with charges where there are years between them', () => {
    expect(keysOf('day', [row('2026-03-01'), row('2016-02-27')], { today: '2026-03-02' })).toEqual([
      '2016-02-27',
      '2026-03-01',
    ]);
  });

  it('are months, the hours of a day, or whatever order rows have', () => {
    const today = '2026-03-02';
    expect(keysOf('month', [row('2026-02'), row('2025-11')], { today })).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(keysOf('month', [row('2026-02')], { from: '2026-01-15', today })).toEqual(['2026-01', '2026-02', '2026-03']);
    const hours = slotsOf('hour', [row('7'), row('13')], { today });
    expect(hours).toHaveLength(24);
    expect(hours.filter(slot => slot.row !== undefined).map(({ key }) => key)).toEqual(['07', '13']);
    expect(keysOf('location', [row('LOC2'), row('LOC1')], { today })).toEqual(['LOC2', 'LOC1']);
    const same = ['NL-TNM', 'NL-OTH'].map(party => ({ ...row('LOC1'), link: 'volta', party }));
    expect(new Set(slotsOf('location', same, { today }).map(({ id }) => id)).size).toBe(2);
  });

  it('have one for what does not tell when it began', () => {
    expect(keysOf('day', [row(''), row('2026-03-02')], { today: '2026-03-02' })).toEqual(['2026-03-02', '']);
    expect(keysOf('day', [row('')], { today: '2026-03-02' })).toEqual(['']);
  });
});

describe('the measures of a report', () => {
  it('are one for each currency, and failed starts only where they can be told', () => {
    expect(measuresOf(FIGURES).map(({ id }) => id)).toEqual([
      'charges',
      'kwh',
      'hours',
      'idle',
      'kw',
      'cost:EUR',
      'cost:NOK',
    ]);
    expect(measuresOf({ ...FIGURES, failedStarts: 0 })[5]?.id).toBe('failed');
  });

  it('tell their figure, and null where a row has none', () => {
    const figures = Object.fromEntries(measuresOf(FIGURES).map(one => [one.id, figureOf(FIGURES, one)]));
    expect(figures).toEqual({ charges: 3, kwh: 40.5, hours: 5, idle: 1, kw: 10.125, 'cost:EUR': 12, 'cost:NOK': 100 });
    const nok = measureOf('cost:NOK', measuresOf(FIGURES));
    expect(figureOf({ ...FIGURES, costs: [] }, nok)).toBeNull();
    expect(measureOf('cost:SEK', measuresOf(FIGURES)).id).toBe('charges');
  });

  it('are written as exactly as they are looked at', () => {
    expect(measureText(12345.67, { what: 'kwh' }, 'en')).toBe('12,345.7');
    expect(measureText(3, { what: 'cost' }, 'en')).toBe('3.00');
    expect(measureText(1234, { what: 'charges' }, 'sv')).toBe('1\u00a0234');
  });
});
