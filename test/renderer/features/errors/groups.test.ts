import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorGroup } from '../../../../core/contract/exchange.ts';
import { listed, mergeVersions } from '../../../../renderer/features/errors/groups.ts';
import { parseGroup, printGroup } from '../../../../renderer/features/errors/search.ts';
import { failure, group } from './made.ts';

const anyGroup: fc.Arbitrary<ErrorGroup> = fc.record({
  link: fc.constantFrom('volta', 'Ladda AB', null),
  layer: fc.constantFrom('network', 'http', 'ocpi'),
  code: fc.constantFrom('timeout', '401', '2001'),
  version: fc.constantFrom('2.1.1', '2.2.1', '2.3.0', null),
  direction: fc.constantFrom('in', 'out'),
  count: fc.integer({ min: 1, max: 1_000_000 }),
  first: fc.constantFrom('2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z'),
  last: fc.constantFrom('2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
  newestId: fc.integer({ min: 1 }),
});

describe('the list of what failed', () => {
  it('puts together what differs by version alone, and keeps the versions, newest first', () => {
    const merged = mergeVersions([
      group({ version: null, count: 2, first: '2026-11-19T10:00:00.000Z', newestId: 7 }),
      group({ version: '2.1.1', count: 3, last: '2026-11-22T10:00:00.000Z', newestId: 5 }),
      group({ version: '2.2.1', count: 1, newestId: 6 }),
      group({ direction: 'in' }),
    ]);
    expect(merged).toEqual([
      failure({
        versions: ['2.2.1', '2.1.1', null],
        count: 6,
        first: '2026-11-19T10:00:00.000Z',
        last: '2026-11-22T10:00:00.000Z',
        newestId: 7,
      }),
      failure({ direction: 'in' }),
    ]);
  });

  it('stands code by code, the most frequent first, and knows shares', () => {
    const rows = listed([
      failure({ code: '404', count: 6 }),
      failure({ code: '401', link: 'ladda', count: 5 }),
      failure({ code: '401', link: 'volta', count: 8 }),
      failure({ code: '401', link: 'volta', direction: 'in', count: 1 }),
    ]);
    expect(rows.map(({ code, link, newCode, ofCode, share }) => [code, link, newCode, ofCode, share])).toEqual([
      ['401', 'volta', true, 14, 0.4],
      ['401', 'ladda', false, 14, 0.25],
      ['401', 'volta', true, 14, 0.05],
      ['404', 'volta', true, 6, 0.3],
    ]);
  });

  it('loses no failure and names no group twice', () => {
    fc.assert(
      fc.property(fc.array(anyGroup, { maxLength: 40 }), groups => {
        const rows = listed(mergeVersions(groups));
        const sum = (all: readonly { readonly count: number }[]) => all.reduce((total, { count }) => total + count, 0);
        expect(sum(rows)).toBe(sum(groups));
        expect(new Set(rows.map(printGroup)).size).toBe(rows.length);
        if (rows.length > 0) expect(rows.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1);
        const codes = rows.map(({ layer, code }) => `${layer} ${code}`);
        expect(codes.filter((code, at) => code !== codes[at - 1])).toHaveLength(new Set(codes).size);
      }),
    );
  });
});

describe('the address of a group', () => {
  it('reads as what was written, also without a link', () => {
    fc.assert(
      fc.property(anyGroup, ({ direction, layer, code, link }) => {
        const name = { direction, layer, code, link };
        expect(parseGroup(printGroup(name))).toEqual(name);
      }),
    );
  });

  it.each(['', 'out', 'out/http/401', 'up/http/401/volta', 'out/smtp/401/volta', 'out/http//volta', 'out/http/4/a/b'])(
    '%j names none',
    text => {
      expect(parseGroup(text)).toBeUndefined();
    },
  );
});
