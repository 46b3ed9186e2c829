import { describe, expect, it } from 'vitest';
import { type Failure, MOST_TRIES, readRetryAfter, retryOf } from '../../../core/flows/pull/retry.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const complete = (httpStatus: number, ocpiStatus?: number): Failure => ({
  ended: { how: 'complete' },
  httpStatus,
  ...(ocpiStatus === undefined ? {} : { ocpiStatus }),
});
const retry = (failure: Failure, parts: Partial<Parameters<typeof retryOf>[1]> = {}) =>
  retryOf(failure, { tries: 1, now: NOW, chance: 0.5, ...parts });

describe('a failed page', () => {
  it.each<[string, Failure]>([
    ['no connection', { ended: { how: 'refused' } }],
    ['a reset', { ended: { how: 'reset' } }],
    ['an answer cut short', { ended: { how: 'cut' }, httpStatus: 200 }],
    ['a timeout', { ended: { how: 'timeout' } }],
    ['HTTP 500', complete(500)],
    ['HTTP 503', complete(503)],
    ['HTTP 429', complete(429)],
    ['HTTP 200 with OCPI 3000', complete(200, 3000)],
    ['a hub that timed out (4002)', complete(200, 4002)],
    ['a page our own database refused', { ...complete(200, 1000), stored: false }],
  ])('is asked for again after %s', (_, failure) => {
    expect(retry(failure).again).toBe(true);
  });

  it.each<[string, Failure]>([
    ['HTTP 401', complete(401, 2000)],
    ['HTTP 404', complete(404)],
    ['OCPI 2001', complete(200, 2001)],
    ['a hub that does not know the party (4001)', complete(200, 4001)],
    ['a refused certificate', { ended: { how: 'tls' } }],
    ['a page that is too large', { ended: { how: 'too-large' }, httpStatus: 200 }],
    ['a cancellation', { ended: { how: 'cancelled' } }],
  ])('is not asked for again after %s', (_, failure) => {
    expect(retry(failure)).toEqual({ again: false });
  });

  it('is waited for twice as long each time, with jitter, and given up in the end', () => {
    const waits = Array.from({ length: MOST_TRIES - 1 }, (_, at) => retry(complete(500), { tries: at + 1 }));
    expect(waits).toEqual([375, 750, 1500, 3000, 6000].map(waitMs => ({ again: true, waitMs })));
    expect(retry(complete(500), { chance: 0 })).toEqual({ again: true, waitMs: 250 });
    expect(retry(complete(500), { tries: MOST_TRIES })).toEqual({ again: false, because: 'it was tried 6 times' });
  });

  it('is waited for as long as Retry-After says, up to a quarter of an hour', () => {
    expect(retry(complete(503), { retryAfter: '7', chance: 0 })).toEqual({ again: true, waitMs: 7000 });
    expect(retry(complete(429), { retryAfter: 'Sun, 22 Nov 2026 10:00:30 GMT', chance: 0 })).toEqual({
      again: true,
      waitMs: 30_000,
    });
    expect(retry(complete(503), { retryAfter: '3600' })).toEqual({
      again: false,
      because: 'the partner asks to wait 60 minutes (Retry-After)',
    });
    expect(retry(complete(503), { retryAfter: 'soon' })).toEqual(retry(complete(503)));
  });
});

describe('Retry-After', () => {
  it.each<[string, number | undefined]>([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 10:02:00 GMT', 120_000],
    ['Sunday, 22-Nov-26 10:02:00 GMT', 120_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['tomorrow', undefined],
    ['2026-11-22', undefined],
  ])('"%s" is %s milliseconds', (text, wait) => {
    expect(readRetryAfter(text, NOW)).toBe(wait);
  });
});
