import { describe, expect, it } from 'vitest';
import {
  conditionsOf,
  fits,
  type KindTexts,
  readFilter,
  readSince,
  tokenKinds,
} from '../../../../renderer/features/errors/filter.ts';
import { parseFilter } from '../../../../renderer/ui/filter-text.ts';
import { failure } from './made.ts';

const texts: KindTexts = {
  meanings: { link: 'l', layer: 'y', code: 'c', since: 's' },
  layers: { network: 'n', http: 'h', ocpi: 'o' },
  since: { '1h': 'hour', today: 'today', '7d': 'week', all: 'all' },
  problems: { layer: 'no layer', code: 'no code', since: 'no time' },
};
const kinds = tokenKinds({ links: [], codes: [] }, texts);
const NOW = new Date(2026, 10, 22, 12, 0).getTime();
const HOUR = 3_600_000;

const groups = [
  failure({ code: '401' }),
  failure({ code: '404', link: 'Ladda AB' }),
  failure({ layer: 'ocpi', code: '2001', link: 'Ladda AB' }),
  failure({ layer: 'ocpi', code: '4001' }),
  failure({ layer: 'network', code: 'timeout', link: null }),
];
const left = (text: string) => groups.filter(group => fits(group, readFilter(text, kinds))).map(({ code }) => code);

describe('the filter of the errors', () => {
  it.each([
    ['', ['401', '404', '2001', '4001', 'timeout']],
    ['link:volta', ['401', '4001']],
    ['link:"ladda ab"', ['404', '2001']],
    ['link:volta link:"Ladda AB"', ['401', '404', '2001', '4001']],
    ['layer:ocpi', ['2001', '4001']],
    ['layer:network', ['timeout']],
    ['code:401', ['401']],
    ['code:4xx', ['401', '404']],
    ['code:4xxx', ['4001']],
    ['code:timeout code:2001', ['2001', 'timeout']],
    ['code:4xx link:volta', ['401']],
    ['code:403', []],
  ])('%s leaves %j', (text, codes) => {
    expect(left(text)).toEqual(codes);
  });

  it('narrows nothing by what it cannot read, and says what is wrong with it', () => {
    expect(left('layer:smtp code:?? since:yesterday')).toHaveLength(groups.length);
    expect(readFilter('since:yesterday', kinds).since).toBeUndefined();
    expect(parseFilter('layer:smtp code:?? since:yesterday', kinds).problems.map(({ problem }) => problem)).toEqual([
      'no layer',
      'no code',
      'no time',
    ]);
  });

  it.each([
    ['1h', NOW - HOUR],
    ['90m', NOW - 1.5 * HOUR],
    ['7d', NOW - 7 * 24 * HOUR],
    ['today', NOW - 12 * HOUR],
    ['2026-11-20', NOW - 60 * HOUR],
    ['all', 0],
    ['later', undefined],
    ['2026-13-40', undefined],
  ])('since:%s is read', (text, moment) => {
    expect(readSince(text, NOW)).toBe(moment);
  });

  it('asks the core for times and words only, so that the rest narrows at once', () => {
    const asked = (text: string) => conditionsOf(readFilter(text, kinds), NOW);
    expect(asked('link:volta layer:http code:401')).toEqual({});
    expect(asked('since:1h LOC-7')).toEqual({ since: NOW - HOUR, search: 'LOC-7*' });
    expect(asked('since:all')).toEqual({});
    expect(asked('code: "whole words"')).toEqual({ search: '"whole words"' });
  });
});
