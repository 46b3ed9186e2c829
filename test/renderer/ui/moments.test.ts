import { describe, expect, it } from 'vitest';
import { readMoment } from '../../../renderer/ui/moments.ts';

const NOW = new Date(2026, 10, 22, 12, 30, 15, 250).getTime();
const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime();

describe('a moment as people type one', () => {
  it('is an age', () => {
    expect(readMoment('90s', NOW)).toBe(NOW - 90_000);
    expect(readMoment('15m', NOW)).toBe(NOW - 15 * 60_000);
    expect(readMoment('2h', NOW)).toBe(NOW - 2 * 3_600_000);
    expect(readMoment('7d', NOW)).toBe(NOW - 7 * 86_400_000);
  });

  it('is a time of today, or the beginning of today, where one is', () => {
    expect(readMoment('10:40', NOW)).toBe(at(2026, 10, 22, 10, 40));
    expect(readMoment('9:05:07', NOW)).toBe(at(2026, 10, 22, 9, 5, 7));
    expect(readMoment('today', NOW)).toBe(at(2026, 10, 22));
  });

  it('is a date from its local midnight on, or with a time, in a zone where one is named', () => {
    expect(readMoment('2026-11-20', NOW)).toBe(at(2026, 10, 20));
    expect(readMoment('2026-11-20T08:15', NOW)).toBe(at(2026, 10, 20, 8, 15));
    expect(readMoment('2026-11-20 08:15:30', NOW)).toBe(at(2026, 10, 20, 8, 15, 30));
    expect(readMoment('2026-11-20T08:15:30.5Z', NOW)).toBe(Date.UTC(2026, 10, 20, 8, 15, 30, 500));
    expect(readMoment('2026-11-20T08:15+02:00', NOW)).toBe(Date.UTC(2026, 10, 20, 6, 15));
  });

  it('is nothing else', () => {
    for (const text of ['', 'soon', '15', '15 m', '24:00', '10:60', '2026-13-40', '2026-11', '-5m', '22/11/2026']) {
      expect(readMoment(text, NOW), text).toBeUndefined();
    }
  });
});
