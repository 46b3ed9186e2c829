import { describe, expect, it } from 'vitest';
import type { CurvePoint } from '../../../../core/contract/transaction.ts';
import { type CurveSeries, curveSeries, nearestTo } from '../../../../renderer/features/transactions/curve/series.ts';

const BEGAN = Date.parse('2026-11-22T09:00:00Z');

function told(source: CurvePoint['source'], minute: number, kwh: number | null, kw: number | null): CurvePoint {
  return { at: new Date(BEGAN + minute * 60_000).toISOString(), kwh, kw, source, exchangeId: minute + 1 };
}

const minutes = ({ moments }: CurveSeries) => moments.map(at => (at - BEGAN) / 60_000);
const line = ({ lines }: CurveSeries, name: string) =>
  lines.find(({ teller, what }) => `${teller} ${what}` === name)?.values;

describe('the charging curve', () => {
  it('has a place for each moment once, in the order of time', () => {
    const series = curveSeries([
      told('session', 10, 2, null),
      told('session', 0, 0, 12),
      told('cdr', 10, 2.1, null),
      told('cdr-period', 5, 1, 13),
    ]);
    expect(minutes(series)).toEqual([0, 5, 10]);
    expect(line(series, 'session kwh')).toEqual([0, undefined, 2]);
    expect(line(series, 'cdr kwh')).toEqual([undefined, 1, 2.1]);
  });

  it('holds power until another one is told, and knows nothing of what follows the last word', () => {
    const series = curveSeries([
      told('session', 0, 0, 11),
      told('session', 10, 2, 7),
      told('session', 20, 3, null),
      told('cdr', 5, 1, null),
      told('cdr', 30, 3, null),
    ]);
    expect(minutes(series)).toEqual([0, 5, 10, 20, 30]);
    expect(line(series, 'session kw')).toEqual([11, 11, 7, null, null]);
    expect(line(series, 'cdr kw')).toBeUndefined();
  });

  it('takes power from periods where they tell as much of it, and energy from the totals that make a line', () => {
    const series = curveSeries([
      told('session', 0, 0, 10),
      told('session-period', 0, 0, 11),
      told('session-period', 10, 1.9, 0),
      told('session', 10, 2, null),
    ]);
    expect(line(series, 'session kw')).toEqual([11, 0]);
    expect(line(series, 'session kwh')).toEqual([0, 2]);
  });

  it('takes power from the totals where they tell it in finer steps', () => {
    const series = curveSeries([
      told('session-period', 0, 0, 5),
      told('session', 0, 0, 11),
      told('session', 10, 2, 3),
      told('session', 20, 2.5, null),
    ]);
    expect(line(series, 'session kw')).toEqual([11, 3, null]);
  });

  it('draws no line of what nobody told, and leaves out moments that are none', () => {
    expect(curveSeries([])).toEqual({ moments: [], lines: [] });
    const series = curveSeries([told('meter', 0, null, 4), { ...told('session', 0, 1, null), at: 'yesterday' }]);
    expect(minutes(series)).toEqual([0]);
    expect(series.lines.map(({ teller, what }) => `${teller} ${what}`)).toEqual(['session kw']);
  });

  it('finds the point that a moment is nearest to', () => {
    const curve = [told('session', 0, 0, null), told('session', 10, 1, null), told('cdr', 30, 2, null)];
    expect(nearestTo(curve, BEGAN + 6 * 60_000)).toBe(1);
    expect(nearestTo(curve, BEGAN + 60 * 60_000)).toBe(2);
    expect(nearestTo([], BEGAN)).toBe(-1);
  });
});
