import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogScope } from '../../../../core/contract/session-log.ts';
import { printIds } from '../../../../renderer/exchange/id-ranges.ts';
import { partOf, readFilter, TOKEN_NAMES } from '../../../../renderer/exchange-filter/conditions.ts';
import {
  barOf,
  fieldMoment,
  periodOf,
  scopeOf,
  tokenOf,
  withBar,
  withTokens,
} from '../../../../renderer/features/logs/export/scope.ts';
import { ExportSearch, LogsSearch, logIdOf } from '../../../../renderer/features/logs/search.ts';
import { printToken } from '../../../../renderer/ui/filter-text.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const KINDS = TOKEN_NAMES.map(name => ({
  name,
  check: (value: string) => (partOf({ name, value }, 0) === undefined ? 'cannot be read' : undefined),
}));
const search = (asked: Record<string, unknown>) => ExportSearch.parse(asked);
const scope = (asked: Record<string, unknown>) => scopeOf(search(asked), KINDS, NOW);

describe('what is exported, as the address says it', () => {
  it('is everything where it says nothing', () => {
    expect(scope({})).toEqual({});
  });

  it('is what the filter of Traffic shows, with ages counted from now', () => {
    expect(scope({ q: 'link:"Volta test" is:error since:1h tariffs' })).toEqual({
      link: 'Volta test',
      errors: true,
      since: NOW - 3_600_000,
      search: 'tariffs*',
    });
  });

  it('is a selection, a transaction or a run, and all of it holds at once', () => {
    expect(scope({ ids: '1,2,5-7', transaction: 12, run: 5, q: 'module:cdrs' })).toEqual({
      ids: [1, 2, 5, 6, 7],
      transaction: 12,
      runId: 5,
      module: 'cdrs',
    });
    // An address has a lonely number as a number.
    expect(scope({ ids: 7 })).toEqual({ ids: [7] });
  });

  it('is nothing where its selection cannot be read: rather that than everything', () => {
    expect(scope({ ids: '1,x' })).toBeUndefined();
    expect(scope({ ids: '9-1' })).toBeUndefined();
    expect(scope({ ids: '' })).toBeUndefined();
    expect(scope({ ids: [1] })).toBeUndefined();
    expect(scope({ run: 'x' })).toBeUndefined();
    expect(scope({ run: -1 })).toBeUndefined();
    expect(scope({ transaction: { id: 1 }, link: 'volta' })).toBeUndefined();
    expect(scope({ q: 'link:volta since:someday' })).toBeUndefined();
  });

  it('is not narrowed, nor kept from opening, by what an old address says besides', () => {
    expect(search({ other: 1 })).toEqual({});
    expect(LogsSearch.parse({ open: '', choose: 'yes' })).toEqual({});
    expect(LogsSearch.parse({ open: ['', 7] })).toEqual({});
    expect(LogsSearch.parse({ open: ['/a.ocpilog', '/b.ocpilog'] }).open).toHaveLength(2);
  });

  it('is one the core takes, whatever was selected or typed', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }),
        fc.string(),
        (ids, q) => {
          const read = scopeOf(search({ ids: printIds(ids), q }), KINDS, NOW);
          if (readFilter(q, KINDS, NOW).problems.length > 0) {
            expect(read).toBeUndefined();
            return;
          }
          expect(LogScope.safeParse(read).success).toBe(true);
          expect(read?.ids).toEqual(ids.toSorted((left, right) => left - right));
        },
      ),
    );
  });
});

describe('the fields beside the filter bar', () => {
  it('show the partner and the time of the filter, and the bar the rest', () => {
    const q = 'link:volta since:24h is:error some words';
    expect(tokenOf(q, 'link', KINDS)).toBe('volta');
    expect(periodOf(q, KINDS)).toBe('24h');
    expect(barOf(q, KINDS)).toBe('is:error some words');
    expect(periodOf('', KINDS)).toBe('');
    expect(periodOf('since:3h', KINDS)).toBe('between');
    expect(periodOf('since:1h until:15m', KINDS)).toBe('between');
  });

  it('change their token alone', () => {
    const q = 'is:error link:volta words';
    expect(withTokens(q, { link: 'Nordic "hub"' }, KINDS)).toBe('link:"Nordic \\"hub\\"" is:error words');
    expect(withTokens(q, { link: undefined, since: '1h' }, KINDS)).toBe('since:1h is:error words');
  });

  it('take what is typed for them in the bar', () => {
    expect(withBar('link:volta is:error', 'module:cdrs', KINDS)).toBe('link:volta module:cdrs');
    expect(withBar('link:volta is:error', 'link:hub well', KINDS)).toBe('link:hub well');
    expect(withBar('link:volta is:error', '', KINDS)).toBe('link:volta');
  });

  it('and the bar together are the whole filter, whatever it says', () => {
    const token = fc
      .oneof(
        fc.tuple(fc.constantFrom('link', 'since', 'until', 'is', 'module'), fc.string({ minLength: 1, maxLength: 12 })),
        fc.tuple(fc.constantFrom('since', 'until'), fc.constantFrom('1h', 'today', '2026-11-22T10:40:00')),
        fc.tuple(fc.constantFrom('is'), fc.constantFrom('error', 'slow')),
      )
      .map(([name, value]) => printToken({ name, value }));
    fc.assert(
      fc.property(fc.array(token, { maxLength: 5 }), q => {
        const text = q.join(' ');
        const before = scope({ q: text });
        expect(scope({ q: withBar(text, barOf(text, KINDS), KINDS) })).toEqual(before);
      }),
    );
  });

  it('show a moment as it is on this computer, and the same moment is read from them again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), seconds => {
        const field = fieldMoment(new Date(seconds * 1000).toISOString(), NOW);
        expect(partOf({ name: 'since', value: field }, NOW)).toEqual({ since: seconds * 1000 });
      }),
    );
    expect(fieldMoment('1h', NOW)).toBe(fieldMoment(new Date(NOW - 3_600_000).toISOString(), NOW));
    expect(fieldMoment(undefined, NOW)).toBe('');
    expect(fieldMoment('nonsense', NOW)).toBe('');
  });
});

describe('the address of an imported log', () => {
  it('is its number, and nothing else', () => {
    expect(logIdOf('12')).toBe(12);
    for (const text of ['0', '-1', '1.5', 'export', '']) expect(logIdOf(text)).toBeUndefined();
  });
});
