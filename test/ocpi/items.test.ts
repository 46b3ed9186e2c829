import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileItemsChecker, listChecker } from '../../core/ocpi/check.ts';
import { Location } from '../../core/ocpi/v2_2_1/locations.ts';
import { fixture } from './fixtures.ts';

const checkItems = compileItemsChecker(Location);
const good = fixture('2.2.1', 'Location');
const broken = { ...good, coordinates: 5 };
const context = { version: '2.2.1', pointer: '/data' } as const;

describe('a page of objects', () => {
  it('a broken object never spoils its page (failures 25)', () => {
    const { items, findings } = checkItems([good, broken, null, good], context);
    expect(findings).toEqual([]);
    expect(items.map(({ index, view }) => [index, view === undefined])).toEqual([
      [0, false],
      [1, true],
      [2, true],
      [3, false],
    ]);
    expect(items[0]?.view).toBe(good);
    expect(items[1]?.findings).toMatchObject([{ code: 'type.mismatch', pointer: '/data/1/coordinates' }]);
    expect(items[2]?.findings).toMatchObject([{ code: 'type.mismatch', pointer: '/data/2' }]);
  });

  it('absent or null is an empty page (T6)', () => {
    for (const value of [null, undefined, []]) expect(checkItems(value, context)).toEqual({ items: [], findings: [] });
  });

  it('a single object is a page of one, anything else is a mismatch', () => {
    const single = checkItems(good, context);
    expect(single.items.map(({ view }) => view)).toEqual([good]);
    expect(single.findings).toMatchObject([{ code: 'list.single', pointer: '/data' }]);
    expect(checkItems('x', context)).toMatchObject({ items: [], findings: [{ code: 'type.mismatch' }] });
  });

  it('checked as one value holds the usable objects', () => {
    const check = listChecker(checkItems);
    const { view, findings } = check([good, broken, good], context);
    expect(view).toEqual([good, good]);
    expect(findings).toMatchObject([{ pointer: '/data/1/coordinates' }]);
    expect(check('x', context).view).toBeUndefined();
    expect(check(null, context)).toEqual({ view: [], findings: [] });
  });

  it('is checked without a throw and without being changed, whatever it is', () => {
    const item = fc.oneof(fc.jsonValue(), fc.constant(good), fc.constant(broken));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(item, { maxLength: 4 })), value => {
        const before = JSON.stringify(value);
        const { items } = checkItems(value, context);
        expect(JSON.stringify(value)).toBe(before);
        if (Array.isArray(value)) expect(items).toHaveLength(value.length);
      }),
    );
  });
});
