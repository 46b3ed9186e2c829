import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonDiff } from '../../core/ocpi/json-diff.ts';

describe('the difference of two JSON values', () => {
  it('names the places, down to the scalars', () => {
    const before = { id: 'L', city: 'Gent', tags: ['a', 'b'], gone: { x: 1 }, 'a/b~c': 1 };
    const after = { id: 'L', city: 'Gand', tags: ['a', 'c', 'd'], more: null, 'a/b~c': 2 };
    expect(jsonDiff(before, after)).toEqual([
      { pointer: '/city', kind: 'changed', before: 'Gent', after: 'Gand' },
      { pointer: '/tags/1', kind: 'changed', before: 'b', after: 'c' },
      { pointer: '/tags/2', kind: 'added', after: 'd' },
      { pointer: '/gone', kind: 'removed', before: { x: 1 } },
      { pointer: '/a~1b~0c', kind: 'changed', before: 1, after: 2 },
      { pointer: '/more', kind: 'added', after: null },
    ]);
  });

  it('follows EVSEs and connectors by their ids, wherever they stand', () => {
    const before = {
      evses: [
        { uid: 'A', status: 'CHARGING' },
        { uid: 'B', status: 'BLOCKED' },
      ],
    };
    const after = { evses: [{ uid: 'B', status: 'BLOCKED' }, { uid: 'C' }, { uid: 'a', status: 'AVAILABLE' }] };
    expect(jsonDiff(before, after)).toEqual([
      { pointer: '/evses/1', kind: 'added', after: { uid: 'C' } },
      { pointer: '/evses/2/uid', kind: 'changed', before: 'A', after: 'a' },
      { pointer: '/evses/2/status', kind: 'changed', before: 'CHARGING', after: 'AVAILABLE' },
      { pointer: '/evses', kind: 'changed', before: ['a', 'b'], after: ['b', 'c', 'a'] },
    ]);
  });

  it('goes by place where ids are missing or not unique', () => {
    expect(jsonDiff([{ id: 1 }, { id: 1 }], [{ id: 1 }, { id: 2 }])).toEqual([
      { pointer: '/1/id', kind: 'changed', before: 1, after: 2 },
    ]);
    expect(jsonDiff([{ id: 1 }, 7], [{ id: 1 }])).toEqual([{ pointer: '/1', kind: 'removed', before: 7 }]);
  });

  it('is empty exactly for equal values', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const named = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), x: fc.integer({ max: 3, min: 0 }) }));
    const value = fc.oneof(json, named, fc.record({ evses: named }));
    fc.assert(
      fc.property(value, value, (left, right) => {
        const [before, after] = [JSON.parse(JSON.stringify(left)), JSON.parse(JSON.stringify(right))];
        expect(jsonDiff(before, structuredClone(before))).toEqual([]);
        let equal = true;
        try {
          expect(before).toEqual(after);
        } catch {
          equal = false;
        }
        expect(jsonDiff(before, after).length === 0).toBe(equal);
      }),
      { numRuns: 500 },
    );
  });

  it('of values nested as deep as a text can be does not run out of stack', () => {
    const deep = (inside: string) => JSON.parse(`${'['.repeat(5000)}${inside}${']'.repeat(5000)}`);
    expect(jsonDiff(deep('1'), deep('2'))).toHaveLength(1);
  });
});
