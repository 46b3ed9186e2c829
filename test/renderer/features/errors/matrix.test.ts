import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TroubleGroup } from '../../../../core/contract/errors.ts';
import { columnsOf, rowsOf } from '../../../../renderer/features/errors/matrix.ts';
import { parseRow, printRow } from '../../../../renderer/features/errors/search.ts';
import { group } from './made.ts';

const span = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' };
const DAY = 86_400_000;

const anyGroup: fc.Arbitrary<TroubleGroup> = fc
  .record({
    link: fc.constantFrom('volta', 'Ladda AB', null),
    module: fc.constantFrom('locations', 'tokens', null),
    layer: fc.constantFrom('network', 'http', 'ocpi', 'object'),
    code: fc.constantFrom('timeout', '401', '2001', 'field.unknown'),
    failed: fc.boolean(),
    direction: fc.constantFrom('in', 'out'),
    versions: fc.subarray(['2.1.1', '2.2.1', null], { minLength: 1 }),
    overTime: fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }),
    fresh: fc.boolean(),
    newestId: fc.integer({ min: 1 }),
  })
  .map(one => {
    const count = one.overTime.reduce((sum, some) => sum + some, 0);
    return group({ ...one, count, onPurpose: Math.floor(count / 3) });
  });

describe('the grid of what went wrong', () => {
  it('puts links and modules of one code together, and keeps what tells lines apart', () => {
    const rows = rowsOf(
      [
        group({ count: 2, newestId: 7, fresh: true, overTime: [0, 2, 0, 0] }),
        group({
          link: 'ladda',
          count: 3,
          onPurpose: 1,
          newestId: 9,
          versions: ['2.1.1', null],
          overTime: [0, 0, 3, 0],
        }),
        group({ module: 'tokens', count: 4, newestId: 3, overTime: [4, 0, 0, 0] }),
        group({ direction: 'in', count: 1 }),
        group({ failed: false, layer: 'object', code: 'field.unknown', count: 50 }),
      ],
      'link',
    );
    expect(rows.map(({ key, count }) => [key, count])).toEqual([
      ['failed/out/http/401', 9],
      ['failed/in/http/401', 1],
      ['found/out/object/field.unknown', 50],
    ]);
    expect(rows[0]).toMatchObject({
      onPurpose: 1,
      newestId: 9,
      fresh: false,
      versions: ['2.2.1', '2.1.1', null],
      overTime: [4, 2, 3, 0],
    });
    expect([...(rows[0]?.cells ?? [])]).toEqual([
      ['link:volta', { count: 6, onPurpose: 0, fresh: false }],
      ['link:ladda', { count: 3, onPurpose: 1, fresh: false }],
    ]);
  });

  it('is new only where nothing of it is older', () => {
    const rows = (by: 'link' | 'module') =>
      rowsOf([group({ fresh: true }), group({ fresh: true, link: 'ladda' }), group({ module: 'tokens' })], by);
    expect(rows('link')[0]?.fresh).toBe(false);
    expect([...(rows('link')[0]?.cells.values() ?? [])].map(({ fresh }) => fresh)).toEqual([false, true]);
    expect([...(rows('module')[0]?.cells.values() ?? [])].map(({ fresh }) => fresh)).toEqual([true, false]);
  });

  it('has the link first where most failed and what has none last; time from the oldest on', () => {
    const groups = [
      group({ link: null, count: 99 }),
      group({ link: 'volta', count: 2 }),
      group({ link: 'ladda', count: 3 }),
      group({ link: 'tidy', count: 1000, failed: false }),
    ];
    expect(columnsOf(groups, 'link', span).map(({ key }) => key)).toEqual([
      'link:ladda',
      'link:volta',
      'link:tidy',
      'link',
    ]);
    const times = columnsOf(groups, 'time', span);
    expect(times.map(({ key }) => key)).toEqual(['time:0', 'time:1', 'time:2', 'time:3']);
    const from = Date.parse(span.from);
    expect(times.map(column => column.span)).toEqual([
      { from, to: from + DAY },
      { from: from + DAY, to: from + 2 * DAY },
      { from: from + 2 * DAY, to: from + 3 * DAY },
      { from: from + 3 * DAY, to: from + 4 * DAY + 1 },
    ]);
    expect(columnsOf([], 'time', span)).toEqual([]);
  });

  it('loses nothing, whatever the columns are', () => {
    fc.assert(
      fc.property(
        fc.array(anyGroup, { maxLength: 40 }),
        fc.constantFrom('link' as const, 'module' as const, 'time' as const),
        (groups, by) => {
          const rows = rowsOf(groups, by);
          const known = new Set(columnsOf(groups, by, span).map(({ key }) => key));
          const sum = (all: readonly { readonly count: number }[]) =>
            all.reduce((total, { count }) => total + count, 0);
          expect(sum(rows)).toBe(sum(groups));
          expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
          for (const { cells, count, failed } of rows) {
            expect(sum([...cells.values()])).toBe(count);
            for (const key of cells.keys()) expect(known).toContain(key);
            expect(typeof failed).toBe('boolean');
          }
          // Failures stand above what was found.
          const firstFound = rows.findIndex(({ failed }) => !failed);
          if (firstFound >= 0) expect(rows.slice(firstFound).some(({ failed }) => failed)).toBe(false);
        },
      ),
    );
  });
});

describe('the address of a line', () => {
  it('reads as what was written', () => {
    fc.assert(
      fc.property(anyGroup, ({ failed, direction, layer, code }) => {
        const name = { failed, direction, layer, code };
        expect(parseRow(printRow(name))).toEqual(name);
      }),
    );
  });

  it.each([
    '',
    'failed',
    'out/http/401',
    'lost/out/http/401',
    'failed/up/http/401',
    'failed/out/smtp/401',
    'failed/out/http/',
  ])('%j names none', text => {
    expect(parseRow(text)).toBeUndefined();
  });
});
