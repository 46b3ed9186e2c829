import { describe, expect, it } from 'vitest';
import { ExchangeConditions } from '../../../../core/contract/exchange.ts';
import { readFilter, TOKEN_NAMES } from '../../../../renderer/exchange-filter/conditions.ts';
import {
  type Chosen,
  chosenOf,
  chosenSpan,
  exchangeConditions,
  trafficFilter,
} from '../../../../renderer/features/errors/chosen.ts';
import { columnAddress, columnsOf, rowsOf, spanOf } from '../../../../renderer/features/errors/matrix.ts';
import type { By } from '../../../../renderer/features/errors/search.ts';
import { group } from './made.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const span = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' };
const all = { since: undefined, until: undefined, words: '' };

const groups = [
  group({ count: 2, overTime: [0, 2, 0, 0] }),
  group({ link: 'Ladda AB', module: 'tokens', count: 3, onPurpose: 3, overTime: [0, 0, 3, 0] }),
  group({ link: null, module: null, count: 1, overTime: [1, 0, 0, 0] }),
];

function chosen(by: By, column: string | undefined, of = groups): Chosen {
  const [row] = rowsOf(of, by);
  const found =
    row &&
    chosenOf(
      row,
      columnsOf(of, by, span).find(({ key }) => key === column),
    );
  if (found === undefined) throw new Error('nothing is there');
  return found;
}

/** As the bar of the traffic reads it; its kinds are told by name alone. */
const readThere = (q: string) =>
  readFilter(
    q,
    TOKEN_NAMES.map(name => ({ name })),
    NOW,
  );

describe('what of the grid is looked at', () => {
  it('is a whole line, with its links and modules, the most first', () => {
    expect(chosen('link', undefined)).toMatchObject({
      count: 6,
      onPurpose: 3,
      links: [
        { name: 'Ladda AB', count: 3 },
        { name: 'volta', count: 2 },
        { name: null, count: 1 },
      ],
      modules: [
        { name: 'tokens', count: 3 },
        { name: 'locations', count: 2 },
        { name: null, count: 1 },
      ],
    });
    expect(chosen('link', undefined).link).toBeUndefined();
  });

  it('is what one link, one module or one stretch of time has of it', () => {
    expect(chosen('link', 'link:Ladda AB')).toMatchObject({ link: 'Ladda AB', count: 3, onPurpose: 3 });
    expect(chosen('link', 'link')).toMatchObject({ link: null, count: 1 });
    expect(chosen('module', 'module:locations')).toMatchObject({ module: 'locations', link: 'volta', count: 2 });
    expect(chosen('time', 'time:1')).toMatchObject({ times: 2, span: { from: Date.parse('2026-11-21T00:00:00Z') } });
  });

  it('is a stretch of time still when the columns have moved on, though how often is not known then', () => {
    const [row] = rowsOf(groups, 'time');
    const [, column] = columnsOf(groups, 'time', span);
    const past = spanOf(column && columnAddress(column));
    expect(past).toEqual(column?.span);
    expect(row && past && chosenSpan(row, past)).toMatchObject({ span: past, times: undefined });
    for (const address of [undefined, 'time:5', 'time:9-9', 'time:a-b', 'link:time:1-2']) {
      expect(spanOf(address)).toBeUndefined();
    }
  });

  it('is nothing where the line has nothing in that column', () => {
    const [row] = rowsOf(groups, 'time');
    const [last] = columnsOf(groups, 'time', span).slice(-1);
    expect(row && chosenOf(row, last)).toBeUndefined();
    expect(row && chosenOf(row, { key: 'link:nobody', name: 'nobody' })).toBeUndefined();
  });

  it('of one link alone is spoken of as that link’s', () => {
    expect(chosen('link', undefined, [group(), group({ module: 'tokens' })]).link).toBe('volta');
  });
});

describe('its exchanges', () => {
  it.each([
    ['link', 'link:volta', { link: 'volta', direction: 'out', failedWith: '401' }],
    ['link', 'link', { unlinked: true, direction: 'out', failedWith: '401' }],
    ['module', 'module:tokens', { link: 'Ladda AB', module: 'tokens', direction: 'out', failedWith: '401' }],
    ['link', undefined, { direction: 'out', failedWith: '401' }],
  ] as const)('are asked for by %s %s, here as in Traffic', (by, column, conditions) => {
    const asked = exchangeConditions(chosen(by, column), all, NOW);
    expect(asked).toEqual(conditions);
    expect(ExchangeConditions.parse(asked)).toEqual(asked);
    const there = readThere(trafficFilter(chosen(by, column), all));
    expect(there.conditions).toEqual(conditions);
    expect(there.unknown).toEqual([]);
  });

  it('of a finding are those that did not fail', () => {
    const found = [group({ failed: false, layer: 'object', code: 'field.unknown', direction: 'in' })];
    const conditions = { link: 'volta', direction: 'in', findingCode: 'field.unknown', well: true };
    expect(exchangeConditions(chosen('link', 'link:volta', found), all, NOW)).toEqual(conditions);
    expect(readThere(trafficFilter(chosen('link', 'link:volta', found), all)).conditions).toEqual(conditions);
  });

  it('of a stretch of time are those of that time, within what is looked at at all', () => {
    const [from, to] = [Date.parse('2026-11-21T00:00:00Z'), Date.parse('2026-11-22T00:00:00Z')];
    const stretch = chosen('time', 'time:1');
    expect(exchangeConditions(stretch, all, NOW)).toMatchObject({ since: from, until: to });
    const lately = { ...all, since: '20h' };
    expect(exchangeConditions(stretch, lately, NOW)).toMatchObject({ since: NOW - 20 * 3_600_000, until: to });
    expect(readThere(trafficFilter(stretch, all)).conditions).toMatchObject({ since: from, until: to });
  });

  it('keep how far back was looked, and for which words', () => {
    const filter = { since: '7d', until: '2026-11-22', words: 'LOC1' };
    const asked = exchangeConditions(chosen('link', 'link:volta'), filter, NOW);
    expect(asked).toMatchObject({ since: NOW - 7 * 24 * 3_600_000, search: 'LOC1*' });
    expect(readThere(trafficFilter(chosen('link', 'link:volta'), filter)).conditions).toEqual(asked);
  });
});
