import { describe, expect, it } from 'vitest';
import { Layer } from '../../../../core/contract/explanation.ts';
import {
  conditionsOf,
  fits,
  type KindTexts,
  readFilter,
  readMoment,
  tokenKinds,
} from '../../../../renderer/features/errors/filter.ts';
import { parseFilter } from '../../../../renderer/ui/filter-text.ts';
import { group } from './made.ts';

const layers = Object.fromEntries(Layer.options.map(layer => [layer, layer])) as KindTexts['layers'];
const texts: KindTexts = {
  meanings: { link: 'l', module: 'm', layer: 'y', code: 'c', is: 'i', dir: 'd', since: 's', until: 'u' },
  layers,
  is: { new: 'n', purpose: 'p' },
  directions: { out: 'o', in: 'i' },
  since: { '1h': 'hour', today: 'today', '24h': 'day', '7d': 'week', all: 'all' },
  problems: { layer: 'no layer', code: 'no code', is: 'no mark', dir: 'no side', moment: 'no time' },
};
const kinds = tokenKinds({ links: [], modules: [], codes: [] }, texts);
const NOW = new Date(2026, 10, 22, 12, 0).getTime();
const HOUR = 3_600_000;

const groups = [
  group({ code: '401', fresh: true }),
  group({ code: '404', link: 'Ladda AB', module: 'tokens', direction: 'in' }),
  group({ layer: 'ocpi', code: '2001', link: 'Ladda AB', onPurpose: 1 }),
  group({ layer: 'ocpi', code: '4001', module: null }),
  group({ layer: 'network', code: 'timeout', link: null }),
  group({ layer: 'envelope', code: 'envelope.no-data', failed: false, fresh: true }),
];
const left = (text: string) => groups.filter(group => fits(group, readFilter(text, kinds))).map(({ code }) => code);

describe('the filter of the errors', () => {
  it.each([
    ['', ['401', '404', '2001', '4001', 'timeout', 'envelope.no-data']],
    ['link:volta', ['401', '4001', 'envelope.no-data']],
    ['link:"ladda ab"', ['404', '2001']],
    ['link:volta link:"Ladda AB"', ['401', '404', '2001', '4001', 'envelope.no-data']],
    ['module:tokens', ['404']],
    ['module:Locations dir:out', ['401', '2001', 'timeout', 'envelope.no-data']],
    ['dir:in', ['404']],
    ['layer:ocpi', ['2001', '4001']],
    ['layer:network', ['timeout']],
    ['code:401', ['401']],
    ['code:4xx', ['401', '404']],
    ['code:4xxx', ['4001']],
    ['code:timeout code:2001', ['2001', 'timeout']],
    ['code:envelope.no-data', ['envelope.no-data']],
    ['code:4xx link:volta', ['401']],
    ['is:new', ['401', 'envelope.no-data']],
    ['is:purpose', ['2001']],
    ['is:new is:purpose', []],
    ['code:403', []],
  ])('%s leaves %j', (text, codes) => {
    expect(left(text)).toEqual(codes);
  });

  it('narrows nothing by what it cannot read, and says what is wrong with it', () => {
    expect(left('layer:smtp code:?? is:odd dir:up since:yesterday')).toHaveLength(groups.length);
    expect(readFilter('since:yesterday', kinds).since).toBeUndefined();
    expect(
      parseFilter('layer:smtp code:?? is:odd dir:up since:yesterday', kinds).problems.map(({ problem }) => problem),
    ).toEqual(['no layer', 'no code', 'no mark', 'no side', 'no time']);
  });

  it.each([
    ['1h', NOW - HOUR],
    ['90m', NOW - 1.5 * HOUR],
    ['7d', NOW - 7 * 24 * HOUR],
    ['today', NOW - 12 * HOUR],
    ['2026-11-20', NOW - 60 * HOUR],
    ['2026-11-22T10:30', NOW - 1.5 * HOUR],
    ['all', 0],
    ['later', undefined],
    ['2026-13-40', undefined],
  ])('since:%s is read', (text, moment) => {
    expect(readMoment(text, NOW)).toBe(moment);
  });

  it('asks the core for times and words only, so that the rest narrows at once', () => {
    const asked = (text: string) => conditionsOf(readFilter(text, kinds), NOW);
    expect(asked('link:volta layer:http code:401')).toEqual({});
    expect(asked('since:1h LOC-7')).toEqual({ since: NOW - HOUR, search: 'LOC-7*' });
    expect(asked('since:all')).toEqual({});
    expect(asked('until:2026-11-22T10:30 since:today')).toEqual({ since: NOW - 12 * HOUR, until: NOW - 1.5 * HOUR });
    expect(asked('code: "whole words"')).toEqual({ search: '"whole words"' });
  });
});
