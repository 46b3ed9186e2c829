import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinkTally } from '../../../core/insight/health/link-tally.ts';

const NOW = Date.parse('2026-11-23T12:30:00Z');
const MINUTE = 60_000;

describe('exchanges of a link', () => {
  it('are counted within the 60 minutes before now, and by the hour of the clock', () => {
    const tally = createLinkTally();
    const ages = [0, 10, 59, 61, 24 * 60, 30 * 60];
    for (const age of ages) tally.add({ startedAt: NOW - age * MINUTE, failed: age === 10, answeredIn: null });
    expect(tally.lastHour(NOW)).toEqual({ exchanges: 3, failed: 1, answers: 0, p95Ms: null });
    const hours = tally.hours(NOW);
    expect(hours).toHaveLength(24);
    expect(hours.at(-1)).toEqual({ at: Date.parse('2026-11-23T12:00:00Z'), exchanges: 2, failed: 1, p95Ms: null });
    expect(hours.at(-2)?.exchanges).toBe(2);
    expect(hours.reduce((sum, { exchanges }) => sum + exchanges, 0)).toBe(4);
  });

  it('are forgotten after a day, and not before', () => {
    const tally = createLinkTally();
    tally.add({ startedAt: NOW, failed: false, answeredIn: 5 });
    tally.forget(NOW + 23 * 60 * MINUTE);
    expect(tally.hours(NOW + 23 * 60 * MINUTE)[0]?.exchanges).toBe(1);
    tally.forget(NOW + 26 * 60 * MINUTE);
    expect(tally.lastHour(NOW).exchanges).toBe(0);
  });

  it('tell the 95th of 100 durations to one in a hundred', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 200 }), durations => {
        const tally = createLinkTally();
        for (const answeredIn of durations) tally.add({ startedAt: NOW, failed: false, answeredIn });
        const exact = durations.toSorted((left, right) => left - right)[Math.ceil(durations.length * 0.95) - 1] ?? 0;
        const told = tally.lastHour(NOW).p95Ms ?? 0;
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.01));
      }),
    );
  });
});
