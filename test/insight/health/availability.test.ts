import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf, spansBetween, usableIn } from '../../../core/insight/health/availability.ts';

describe('what an EVSE said over time', () => {
  const begins = [
    { began: 100, status: 'AVAILABLE' },
    { began: 200, status: 'OUTOFORDER' },
    { began: 250, status: 'CHARGING' },
  ];

  it('is cut to the time asked for; before its first word nothing is known', () => {
    expect(spansBetween(begins, 50, 300)).toEqual([
      { from: 50, to: 100, status: null },
      { from: 100, to: 200, status: 'AVAILABLE' },
      { from: 200, to: 250, status: 'OUTOFORDER' },
      { from: 250, to: 300, status: 'CHARGING' },
    ]);
    expect(spansBetween(begins, 150, 220).map(({ status }) => status)).toEqual(['AVAILABLE', 'OUTOFORDER']);
    expect(spansBetween([], 0, 10)).toEqual([{ from: 0, to: 10, status: null }]);
  });

  it('covers the time without gap, in order', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 1000 })).map(all => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 100 }), (all, from, length) => {
        const spans = spansBetween(
          all.map(began => ({ began, status: 'AVAILABLE' })),
          from,
          from + length,
        );
        expect(spans[0]?.from).toBe(from);
        expect(spans.at(-1)?.to).toBe(from + length);
        for (const [place, { to }] of spans.slice(0, -1).entries()) expect(spans[place + 1]?.from).toBe(to);
      }),
    );
  });

  it('is usable while free, charging or reserved, unusable while blocked or broken, and neither while nobody can tell', () => {
    const share = (...statuses: readonly (string | null)[]) =>
      availabilityOf(statuses.map((status, at) => usableIn([{ from: at, to: at + 1, status }])));
    expect(share('AVAILABLE', 'CHARGING', 'RESERVED')).toBe(1);
    expect(share('BLOCKED', 'INOPERATIVE', 'OUTOFORDER')).toBe(0);
    expect(share('UNKNOWN', 'PLANNED', 'REMOVED', null)).toBeNull();
    expect(share('AVAILABLE', 'OUTOFORDER', 'UNKNOWN')).toBe(0.5);
  });
});
