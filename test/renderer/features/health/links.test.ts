import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkHealth } from '../../../../core/contract/health.ts';
import { barsOf, pathOf, totalOf } from '../../../../renderer/features/health/links/hour-bars.ts';
import { heaviest, lastPullOf, oldestToken, worstFirst } from '../../../../renderer/features/health/links/link-line.ts';
import { partyOf, partySegment } from '../../../../renderer/features/health/location-address.ts';
import { linkHealth, notice } from './made.ts';

function hour(exchanges: number, failed: number) {
  return { at: '2026-03-01T10:00:00Z', exchanges, failed, p95Ms: null };
}

function pull(part: Partial<LinkHealth['pulls'][number]>): LinkHealth['pulls'][number] {
  return { module: 'locations', lastGood: null, last: null, lastOk: null, runId: null, schedule: null, ...part };
}

const SIZE = { width: 96, height: 18 };

describe('the hours of a link as bars', () => {
  it('are as high as they were busy, and one failure among thousands is still seen', () => {
    const [quiet, busy, silent] = barsOf([hour(50, 0), hour(10_000, 1), hour(0, 0)], SIZE);
    expect(busy).toMatchObject({ height: 18, failed: 2, x: 32 });
    expect(quiet).toMatchObject({ height: 2, failed: 0 });
    expect(silent).toMatchObject({ height: 0, failed: 0 });
  });

  it('never show more failures than exchanges, nor leave their room', () => {
    const hours = fc.array(
      fc.nat(5000).chain(exchanges => fc.nat(exchanges).map(failed => hour(exchanges, failed))),
      { maxLength: 24 },
    );
    fc.assert(
      fc.property(hours, given => {
        for (const { x, width, height, failed } of barsOf(given, SIZE)) {
          expect(failed).toBeLessThanOrEqual(height);
          expect(height).toBeLessThanOrEqual(SIZE.height);
          expect(x + width).toBeLessThanOrEqual(SIZE.width);
        }
      }),
    );
  });

  it('are one path, without a piece for hours in which nothing was', () => {
    const bars = barsOf([hour(0, 0), hour(4, 2)], { width: 20, height: 10 });
    expect(pathOf(bars, 'height', 10)).toBe('M10.00 10v-10.00h9.00v10.00z');
    expect(pathOf(bars, 'failed', 10)).toBe('M10.00 10v-5.00h9.00v5.00z');
    expect(pathOf(barsOf([], SIZE), 'height', 18)).toBe('');
  });

  it('are counted together in words', () => {
    expect(totalOf([hour(4, 2), hour(6, 1)])).toEqual({ exchanges: 10, failed: 3 });
  });
});

describe('the table of links', () => {
  it('begins with what is worst, then goes by name, whatever the figures are', () => {
    const links = [
      linkHealth({ link: 'beta' }),
      linkHealth({ link: 'alpha', notices: [notice({ severity: 'note' })] }),
      linkHealth({ link: 'gamma', notices: [notice({ severity: 'error' }), notice({ severity: 'note' })] }),
      linkHealth({ link: 'aare', notices: [notice({ severity: 'error', until: '2026-03-01T11:00:00Z' })] }),
    ];
    expect(worstFirst(links).map(({ link }) => link)).toEqual(['gamma', 'alpha', 'aare', 'beta']);
  });

  it('says how heavy what goes on is, not what is over', () => {
    const over = notice({ severity: 'error', until: '2026-03-01T11:00:00Z' });
    expect(heaviest([over])).toBeUndefined();
    expect(heaviest([over, notice({ severity: 'note' }), notice({ severity: 'warning' })])).toBe('warning');
  });

  it('tells the newest pull that went well, and beside it every module whose newest did not', () => {
    expect(lastPullOf({ pulls: [pull({})] })).toBeUndefined();
    const [early, late] = ['2026-03-01T09:00:00Z', '2026-03-01T10:00:00Z'];
    const pulls = [
      pull({ lastGood: early, last: early, lastOk: true }),
      pull({ module: 'tariffs', lastGood: late, last: late, lastOk: false }),
      pull({ module: 'cdrs', last: late, lastOk: false }),
    ];
    expect(lastPullOf({ pulls })).toEqual({ good: late, failing: ['tariffs', 'cdrs'] });
    expect(lastPullOf({ pulls: [pull({ last: late, lastOk: false })] })).toEqual({
      good: null,
      failing: ['locations'],
    });
  });

  it('tells the age of the oldest token', () => {
    const token = (days: number) => ({ label: 'token B', issuedBy: 'us' as const, issuedAt: '', days });
    expect(oldestToken({ tokens: [token(3.2), token(400.9)] })).toBe(400.9);
    expect(oldestToken({ tokens: [] })).toBeUndefined();
  });
});

it('a location without a party has an address all the same', () => {
  expect(partyOf(partySegment(''))).toBeUndefined();
  expect(partyOf(partySegment('NL-TNM'))).toBe('NL-TNM');
});
