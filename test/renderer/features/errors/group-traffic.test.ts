import { describe, expect, it } from 'vitest';
import { ExchangeConditions } from '../../../../core/contract/exchange.ts';
import {
  exampleConditions,
  isOf,
  trafficConditions,
  trafficFilter,
} from '../../../../renderer/features/errors/group-traffic.ts';
import { readFilter } from '../../../../renderer/features/traffic/filter/conditions.ts';
import { exchange, failure } from './made.ts';

const all = { since: undefined, words: '' };
const NOW = Date.parse('2026-11-22T12:00:00Z');

/** As the traffic's own bar reads it; its kinds are told by name alone. */
const NAMES = ['link', 'party', 'module', 'status', 'ocpi', 'is', 'has', 'dir', 'since', 'until', 'run', 'corr'];
const readThere = (q: string) =>
  readFilter(
    q,
    NAMES.map(name => ({ name })),
    NOW,
  );

describe('the way from a group to its exchanges in Traffic', () => {
  it.each([
    [failure(), { link: 'volta', status: '401', errors: true, direction: 'out' }],
    [failure({ layer: 'ocpi', code: '2001' }), { link: 'volta', ocpi: '2001', errors: true, direction: 'out' }],
    [
      failure({ layer: 'network', code: 'refused', link: 'Ladda AB' }),
      { link: 'Ladda AB', status: 'none', errors: true, direction: 'out' },
    ],
    [failure({ layer: 'network', code: 'cut' }), { link: 'volta', errors: true, direction: 'out' }],
    [failure({ link: null, direction: 'in' }), { status: '401', errors: true, direction: 'in' }],
    [failure({ layer: 'ocpi', code: '9999' }), { link: 'volta', errors: true, direction: 'out' }],
  ] as const)('%o', (group, conditions) => {
    const { conditions: read, unknown } = readThere(trafficFilter(group, all));
    expect(read).toEqual(conditions);
    expect(unknown).toEqual([]);
    expect(trafficConditions(group, all, NOW)).toEqual(conditions);
  });

  it('keeps how far back was looked, and for which words', () => {
    const q = trafficFilter(failure(), { since: '7d', words: 'LOC1' });
    expect(readThere(q).conditions).toMatchObject({ since: NOW - 7 * 24 * 3_600_000, search: 'LOC1*' });
  });
});

describe('examples of a group', () => {
  it('are asked for up to its newest, by conditions the contract takes', () => {
    for (const group of [
      failure(),
      failure({ layer: 'ocpi', code: '2001', direction: 'in' }),
      failure({ layer: 'ocpi', code: '9999' }),
      failure({ layer: 'network', code: 'timeout', link: null }),
    ]) {
      const conditions = exampleConditions(group, { since: '1h', words: 'a' }, NOW);
      expect(ExchangeConditions.parse(conditions)).toEqual(conditions);
      expect(conditions.until).toBe(Date.parse(group.last) + 1);
    }
  });

  it('are told from others as the core tells groups: by the innermost layer that failed', () => {
    const answered = exchange({ httpStatus: 404, ocpiStatus: 2003 });
    expect(isOf(answered, failure({ layer: 'ocpi', code: '2003' }))).toBe(true);
    expect(isOf(answered, failure({ layer: 'http', code: '404' }))).toBe(false);
    const odd = exchange({ httpStatus: 404, ocpiStatus: 1000 });
    expect(isOf(odd, failure({ layer: 'http', code: '404' }))).toBe(true);
    const cut = exchange({ httpStatus: 401, ended: 'cut' });
    expect(isOf(cut, failure({ layer: 'network', code: 'cut' }))).toBe(true);
    expect(isOf(cut, failure())).toBe(false);
    expect(isOf(exchange({ link: null }), failure())).toBe(false);
    expect(isOf(exchange({ link: null }), failure({ link: null }))).toBe(true);
    expect(isOf(exchange({ direction: 'in' }), failure())).toBe(false);
  });
});
