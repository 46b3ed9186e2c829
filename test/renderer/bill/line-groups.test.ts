import { describe, expect, it } from 'vitest';
import type { PriceLine } from '../../../core/contract/price.ts';
import { lineGroups } from '../../../renderer/bill/line-groups.ts';

const LINE: PriceLine = {
  kind: 'used',
  part: 'energy',
  period: 0,
  from: '2026-11-22T10:00:00Z',
  to: '2026-11-22T10:15:00Z',
  dimension: 'ENERGY',
  tariff: 'T1',
  component: '/elements/0/price_components/0',
  volume: '2.3',
  unit: 'kWh',
  price: '0.25',
  vat: null,
  stepSize: 1,
  amount: { before: '0.575', after: '0.71875' },
  said: '2.3 kWh x 0.25',
};

describe('the lines of a bill', () => {
  it('come together by period, with exact sums; what is of the whole charge comes last', () => {
    const groups = lineGroups([
      {
        ...LINE,
        period: null,
        kind: 'step',
        from: null,
        to: null,
        volume: '0.7',
        amount: { before: '0.1', after: '0.125' },
      },
      { ...LINE, period: 1, from: '2026-11-22T10:15:00Z', to: '2026-11-22T10:30:00Z' },
      LINE,
      {
        ...LINE,
        part: 'time',
        unit: 'h',
        volume: '0.25',
        from: '2026-11-22T10:05:00Z',
        amount: { before: '0.2', after: '0.25' },
      },
    ]);
    expect(groups.map(({ key, period, lines }) => [key, period, lines.length])).toEqual([
      ['period 0', 0, 2],
      ['period 1', 1, 1],
      ['whole', null, 1],
    ]);
    expect(groups[0]).toMatchObject({
      before: '0.775',
      after: '0.96875',
      energy: '2.3',
      from: '2026-11-22T10:00:00Z',
      to: '2026-11-22T10:15:00Z',
    });
    // What is rounded up to a step was not used.
    expect(groups[2]).toMatchObject({ energy: null, from: null, to: null });
  });

  it('have no sum with taxes where those of one line cannot be told', () => {
    const [group] = lineGroups([LINE, { ...LINE, amount: { before: '1', after: null } }]);
    expect(group).toMatchObject({ before: '1.575', after: null });
  });
});
