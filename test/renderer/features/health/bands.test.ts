import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bandAt,
  bandsOf,
  type StatusSpan,
  shownOf,
  ticksOf,
} from '../../../../renderer/features/health/location/bands.ts';

const TO = Date.parse('2026-03-02T00:00:00Z');
const HOUR = 3_600_000;
const shown = { from: TO - 24 * HOUR, to: TO };

function span(fromHour: number, toHour: number, status: string | null): StatusSpan {
  const at = (hour: number) => new Date(shown.from + hour * HOUR).toISOString();
  return { from: at(fromHour), to: at(toHour), status };
}

describe('what an EVSE said over time as a band', () => {
  it('is cut at the edges of the time that is shown', () => {
    const bands = bandsOf([span(-5, 6, 'AVAILABLE'), span(6, 12, 'CHARGING'), span(12, 30, null)], shown);
    expect(bands.map(({ status, left, width }) => [status, left, width])).toEqual([
      ['AVAILABLE', 0, 25],
      ['CHARGING', 25, 25],
      [null, 50, 50],
    ]);
  });

  it('leaves out what was before, and what ends before it begins', () => {
    expect(bandsOf([span(-5, -1, 'AVAILABLE'), span(8, 7, 'CHARGING')], shown)).toEqual([]);
  });

  it('joins what is too short to be seen, as the most urgent of it', () => {
    const minute = 1 / 60;
    const flapping = [
      span(0, 12, 'AVAILABLE'),
      span(12, 12 + minute, 'CHARGING'),
      span(12 + minute, 12 + 2 * minute, 'OUTOFORDER'),
      span(12 + 2 * minute, 12 + 3 * minute, 'AVAILABLE'),
      span(12 + 3 * minute, 24, 'AVAILABLE'),
    ];
    const bands = bandsOf(flapping, shown);
    expect(bands.map(({ status, several }) => [status, several])).toEqual([
      ['AVAILABLE', 1],
      ['OUTOFORDER', 3],
      ['AVAILABLE', 1],
    ]);
  });

  it('shows what goes on now by itself, however short', () => {
    const minute = 1 / 60;
    const spans = [
      span(0, 24 - 3 * minute, null),
      span(24 - 3 * minute, 24 - 2 * minute, 'AVAILABLE'),
      span(24 - 2 * minute, 24 - minute, 'BLOCKED'),
      span(24 - minute, 24, 'OUTOFORDER'),
    ];
    expect(bandsOf(spans, shown).map(({ status }) => status)).toEqual([null, 'BLOCKED', 'OUTOFORDER']);
  });

  it('covers what the spans cover, without a gap or an overlap, however short they are', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 4 * HOUR }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(lengths, given => {
        let from = shown.from;
        const spans = given.map((length, at): StatusSpan => {
          const begin = from;
          from += length;
          return {
            from: new Date(begin).toISOString(),
            to: new Date(from).toISOString(),
            status: at % 2 === 0 ? 'AVAILABLE' : 'CHARGING',
          };
        });
        const bands = bandsOf(spans, shown);
        bands.slice(1).forEach((band, at) => {
          expect(band.from).toBe(bands[at]?.to);
        });
        expect(bands[0]?.from).toBe(shown.from);
        expect(bands.at(-1)?.to).toBe(Math.min(shown.to, from));
        expect(bands.length).toBeLessThanOrEqual(given.length);
      }),
    );
  });

  it('is found by a moment, the nearest piece where there is none', () => {
    const bands = bandsOf([span(2, 6, 'AVAILABLE'), span(6, 8, 'CHARGING'), span(20, 22, 'BLOCKED')], shown);
    const at = (hour: number) => bandAt(bands, shown.from + hour * HOUR);
    expect([at(0), at(3), at(6), at(9), at(19), at(24)]).toEqual([0, 0, 1, 1, 2, 2]);
    expect(bandAt([], TO)).toBe(-1);
  });

  it('reaches to what was said last, also where the clock was looked at before', () => {
    const now = TO - 20_000;
    expect(shownOf([{ spans: [] }], 24, now)).toEqual({ from: now - 24 * HOUR, to: now });
    expect(shownOf([{ spans: [span(0, 24, 'CHARGING')] }, { spans: [] }], 24, now)).toEqual(shown);
  });

  it('has its time beneath it in equal steps', () => {
    expect(ticksOf(shown, 6).map(moment => (moment - shown.from) / HOUR)).toEqual([0, 4, 8, 12, 16, 20]);
  });
});
