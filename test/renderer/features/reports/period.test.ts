import { describe, expect, it } from 'vitest';
import {
  daysOf,
  daysOfKey,
  nextMonth,
  periodOf,
  shiftedDay,
} from '../../../../renderer/features/reports/filter/period.ts';

const NOW = new Date(2026, 2, 1, 9, 30);

describe('the period of a report', () => {
  it.each([
    [{}, { from: '2026-01-31' }],
    [{ period: 'today' }, { from: '2026-03-01' }],
    [{ period: '7d' }, { from: '2026-02-23' }],
    [{ period: '30d' }, { from: '2026-01-31' }],
    [{ period: 'month' }, { from: '2026-03-01' }],
    [{ period: 'all' }, {}],
    [
      { from: '2026-02-01', to: '2026-02-03' },
      { from: '2026-02-01', to: '2026-02-03' },
    ],
    [{ period: 'all', to: '2026-02-03' }, { to: '2026-02-03' }],
    [{ period: 'days' }, { from: '2026-01-31' }],
  ] as const)('%j', (narrowing, days) => {
    expect(daysOf(narrowing, NOW)).toEqual(days);
  });

  it('is the last 30 days unless said, and days where days are said', () => {
    expect(periodOf({})).toBe('30d');
    expect(periodOf({ period: 'days' })).toBe('30d');
    expect(periodOf({ period: '7d', from: '2026-02-01' })).toBe('days');
  });

  it('goes over the ends of months and years', () => {
    expect(shiftedDay('2026-02-28', 1)).toBe('2026-03-01');
    expect(shiftedDay('2028-02-28', 1)).toBe('2028-02-29');
    expect(shiftedDay('2026-01-01', -1)).toBe('2025-12-31');
    expect(nextMonth('2026-12')).toBe('2027-01');
    expect(daysOfKey('month', '2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(daysOfKey('day', '2026-02-03')).toEqual({ from: '2026-02-03', to: '2026-02-03' });
    expect(daysOfKey('location', 'LOC1')).toBeUndefined();
  });
});
