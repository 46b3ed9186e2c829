import { describe, expect, it } from 'vitest';
import { ReportConditions } from '../../../../core/contract/reports.ts';
import {
  narrowedTo,
  readFilter,
  TOKENS,
  tokenKinds,
  withToken,
} from '../../../../renderer/features/reports/filter/filter.ts';
import { ChargeSearch, parseOrder, printOrder, ReportsSearch } from '../../../../renderer/features/reports/search.ts';
import { parseFilter } from '../../../../renderer/ui/filter-text.ts';

const said = <Name extends string>(...names: readonly Name[]): Readonly<Record<Name, string>> =>
  Object.fromEntries(names.map(name => [name, name as string])) as Record<Name, string>;
const KINDS = tokenKinds({ link: [{ value: 'volta' }] }, { meanings: said(...TOKENS), wrong: said('party', 'hour') });
const ROW = { link: null, party: null };
const conditions = (text: string) => readFilter(text, KINDS).conditions;

describe('the filter of the reports', () => {
  it.each([
    ['', {}],
    ['link:volta location:LOC1', { link: 'volta', location: 'LOC1' }],
    ['link:-', { link: '-' }],
    ['location:- tariff:-', { location: '', tariff: '' }],
    ['party:NL-TNM hour:7', { party: 'NL-TNM', hour: '7' }],
    ['location:"LOC 1" location:LOC2', { location: 'LOC2' }],
  ])('%s', (text, expected) => {
    expect(conditions(text)).toEqual(expected);
    expect(ReportConditions.safeParse(conditions(text)).success).toBe(true);
  });

  it('says which words narrow nothing, and leaves out what it cannot read', () => {
    expect(readFilter('volta link:volta party:', KINDS)).toEqual({ conditions: { link: 'volta' }, words: 'volta' });
    for (const text of ['party:TNM', 'hour:24', 'hour:noon']) {
      expect(conditions(text)).toEqual({});
      expect(parseFilter(text, KINDS).problems).toHaveLength(1);
    }
  });

  it('gives the charges behind a row: its days, or its name in place of another one', () => {
    expect(narrowedTo({ period: '7d', q: 'link:volta' }, 'day', { ...ROW, key: '2026-02-03' })).toEqual({
      from: '2026-02-03',
      to: '2026-02-03',
      zone: undefined,
      q: 'link:volta',
    });
    expect(
      narrowedTo({ period: '7d', zone: 'UTC', q: 'location:LOC1' }, 'location', { ...ROW, key: 'LOC 2' }),
    ).toMatchObject({
      period: '7d',
      zone: 'UTC',
      q: 'location:"LOC 2"',
    });
    const whose = { key: 'E 1', link: 'volta', party: 'NL-TNM' };
    const { q = '' } = narrowedTo({ q: 'link:other token:A' }, 'evse', whose);
    expect(conditions(q)).toEqual({ token: 'A', link: 'volta', party: 'NL-TNM', evse: 'E 1' });
    const ours = narrowedTo({}, 'tariff', { key: 'T1', link: '-', party: '' });
    expect(conditions(ours.q ?? '')).toEqual({ link: '-', party: '', tariff: 'T1' });
    expect(narrowedTo({}, 'hour', { ...ROW, key: '07' })).toMatchObject({ q: 'hour:07' });
  });

  it('finds the charges that do not tell what they are counted by', () => {
    const { q = '' } = narrowedTo({}, 'token', { ...ROW, key: '' });
    expect(conditions(q)).toEqual({ token: '' });
  });

  it('keeps a name with anything in it readable', () => {
    for (const value of ['a b', '"', 'x:y', '\\', 'ÅÄÖ 1']) {
      expect(conditions(withToken('link:volta', { name: 'location', value }))).toEqual({
        link: 'volta',
        location: value,
      });
    }
  });
});

describe('an address of the reports', () => {
  it('leads there although it was mistyped', () => {
    const typed = {
      tab: 'nothing',
      by: 'planet',
      period: '3d',
      from: 'yesterday',
      source: 'cdr',
      zone: '',
      state: 'x',
    };
    expect(ReportsSearch.parse(typed)).toEqual({});
    expect(ChargeSearch.parse({ id: 12, kind: 'bill' })).toEqual({ id: '12' });
  });

  it('holds the order of the table', () => {
    expect(parseOrder('-kwh')).toEqual({ order: 'kwh', descending: true });
    expect(parseOrder('key')).toEqual({ order: 'key', descending: false });
    expect(parseOrder('-name')).toBeUndefined();
    expect(parseOrder(undefined)).toBeUndefined();
    expect(printOrder({ order: 'cost', descending: true })).toBe('-cost');
  });
});
