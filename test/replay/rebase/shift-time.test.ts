import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentOf, shiftTime } from '../../../core/replay/rebase/shift-time.ts';

const HOUR = 3_600_000;
const ALL = { shiftMs: 26 * HOUR, from: Number.NEGATIVE_INFINITY };

describe('a time', () => {
  it.each([
    ['2025-12-31T23:30:00Z', '2026-01-02T01:30:00Z'],
    ['2025-12-31T23:30:00', '2026-01-02T01:30:00'],
    ['2025-12-31T23:30:00.1234567Z', '2026-01-02T01:30:00.1234567Z'],
    ['2025-12-31T23:30:00+05:30', '2026-01-02T01:30:00+05:30'],
    ['2025-12-31 23:30:00z', '2026-01-02 01:30:00z'],
    ['2025-12-31T23:30', '2026-01-02T01:30'],
    ['2025-1-1T00:00:00Z', '2025-1-2T02:00:00Z'],
    ['2024-02-28T23:00:00,5+0100', '2024-03-01T01:00:00,5+0100'],
  ])('%s a day and two hours later is spelled alike: %s', (before, after) => {
    expect(shiftTime(before, ALL, '2.2.1')).toBe(after);
  });

  it.each(['yesterday', '2025-02-30T00:00:00Z', '2025-01-05T24:00:00Z', '', '2025-12-31'])(
    'that is none stays: "%s"',
    text => {
      expect(shiftTime(text, ALL, '2.2.1')).toBe(text);
    },
  );

  it('before the flow stays', () => {
    const from = Date.UTC(2025, 0, 1);
    expect(shiftTime('2024-12-31T23:59:59Z', { shiftMs: HOUR, from }, '2.2.1')).toBe('2024-12-31T23:59:59Z');
    expect(shiftTime('2025-01-01T00:00:00Z', { shiftMs: HOUR, from }, '2.2.1')).toBe('2025-01-01T01:00:00Z');
  });

  it('moves by exactly the shift, however it is spelled', () => {
    const spelled = fc
      .tuple(
        fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2090, 0) }),
        fc.constantFrom('Z', '', '+02:00', '-11:30', '+00:00'),
        fc.constantFrom('', '.5', '.000', '.123456'),
      )
      .map(([at, zone, fraction]) => `${new Date(at).toISOString().slice(0, 19)}${fraction}${zone}`);
    fc.assert(
      fc.property(spelled, fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (text, seconds) => {
        const shiftMs = seconds * 1000;
        const after = shiftTime(text, { shiftMs, from: Number.NEGATIVE_INFINITY }, '2.2.1');
        const [then, now] = [momentOf(text, '2.2.1'), momentOf(after, '2.2.1')];
        expect((now ?? 0) - (then ?? 0)).toBe(shiftMs);
        expect(after.replace(/\d/g, '0')).toBe(text.replace(/\d/g, '0'));
      }),
    );
  });
});
