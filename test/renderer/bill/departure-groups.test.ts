import { describe, expect, it } from 'vitest';
import type { PriceDeparture } from '../../../core/contract/price.ts';
import { departureGroups } from '../../../renderer/bill/departure-groups.ts';

const departure = (field: string, taxes: PriceDeparture['taxes'], ...codes: readonly string[]): PriceDeparture => ({
  field,
  pointer: `/${field}/${taxes}_taxes`,
  taxes,
  stated: '1.08',
  due: '0.9',
  by: '0.18',
  reasons: codes.map(code => ({ code, sentence: `${code} of ${field} ${taxes}` })),
});

describe('where a bill departs', () => {
  it('is told a field at a time, each reason once and the likeliest first', () => {
    const groups = departureGroups([
      departure('total_cost', 'before', 'step-size-one-more', 'rounded'),
      departure('total_cost', 'after', 'step-size-one-more', 'vat-twice'),
      departure('total_time', 'none'),
    ]);
    expect(groups.map(({ field, departures }) => [field, departures.map(({ taxes }) => taxes)])).toEqual([
      ['total_cost', ['before', 'after']],
      ['total_time', ['none']],
    ]);
    expect(groups[0]?.reasons).toEqual([
      { code: 'step-size-one-more', sentence: 'step-size-one-more of total_cost before' },
      { code: 'rounded', sentence: 'rounded of total_cost before' },
      { code: 'vat-twice', sentence: 'vat-twice of total_cost after' },
    ]);
    expect(groups[1]?.reasons).toEqual([]);
  });

  it('refers to the reasons above where they are the same, and never where there are none', () => {
    const groups = departureGroups([
      departure('total_cost', 'before', 'rounded', 'vat-twice'),
      departure('total_time_cost', 'before', 'vat-twice', 'rounded'),
      departure('total_energy_cost', 'before', 'rounded'),
      departure('total_time', 'none'),
      departure('total_energy', 'none'),
    ]);
    expect(groups.map(({ asAbove }) => asAbove)).toEqual([false, true, false, false, false]);
  });
});
