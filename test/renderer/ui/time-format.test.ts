import { describe, expect, it } from 'vitest';
import { bytesText, durationText, localTime, utcText } from '../../../renderer/ui/time-format.ts';

describe('figures', () => {
  it('of time are short and never jump back a unit', () => {
    const said = [0, 0.04, 9.94, 84.4, 999.4, 999.5, 1204, 59_949, 59_950, 125_000, 4_320_000].map(durationText);
    expect(said).toEqual([
      '0 ms',
      '0 ms',
      '9.9 ms',
      '84 ms',
      '999 ms',
      '1.0 s',
      '1.2 s',
      '59.9 s',
      '1 min 00 s',
      '2 min 05 s',
      '1 h 12 min',
    ]);
  });

  it('of size are counted as file managers count', () => {
    expect([0, 1023, 1024, 1_572_864, 64 * 1024 ** 2].map(bytesText)).toEqual([
      '0 B',
      '1023 B',
      '1.0 kB',
      '1.5 MB',
      '64 MB',
    ]);
  });

  it('of moments are local, with UTC beside them', () => {
    const moment = new Date(2026, 10, 22, 9, 5, 7, 18);
    expect(localTime(moment)).toBe('09:05:07.018');
    expect(utcText(new Date(Date.UTC(2026, 10, 22, 9, 42, 7, 118)))).toBe('2026-11-22 09:42:07.118 UTC');
  });
});
