import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compileChecker, compilePatchChecker } from '../../core/ocpi/check.ts';
import { findType } from '../../core/ocpi/types.ts';
import { VERSIONS, type Version } from '../../core/ocpi/versions.ts';
import { fixturesOf } from './fixtures.ts';

type Container = Record<string, unknown> | unknown[];

/** Every place in a JSON value that something else could stand at. */
function places(value: unknown): { container: Container; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  return Object.entries(container).flatMap(([key, inner]) => [{ container, key }, ...places(inner)]);
}

/** What partners might send instead of something: any JSON, things of our own, nothing. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, null, '', '#NA', 0, -1, 1e300, 'RESERVED', '24:00', [], {}, [{}], [null]),
  fc.constantFrom({ excl_vat: 1 }, { before_taxes: 'x', taxes: [3] }, { data: { result: 'x' } }, { id: 7 }),
);

function spoiled(version: Version) {
  const change = fc.record({ at: fc.nat(), to: anything });
  return fc
    .record({
      known: fc.constantFrom(...fixturesOf(version)),
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    })
    .map(({ known, changes }) => {
      const root = { value: structuredClone(known.value) };
      for (const { at, to } of changes) {
        const all = places(root);
        const place = all[at % all.length];
        if (place) Object.assign(place.container, { [place.key]: structuredClone(to) });
      }
      return { type: known.type, value: root.value };
    });
}

describe.each(VERSIONS)('objects of %s that partners got wrong', version => {
  it('are checked without a throw and without being changed, whole or as parts', () => {
    fc.assert(
      fc.property(spoiled(version), ({ type, value }) => {
        const schema = findType(version, type)?.schema ?? z.never();
        const before = structuredClone(value);
        const { view, findings } = compileChecker(schema)(value, { version });
        if (schema instanceof z.ZodObject) compilePatchChecker(schema)(value, { version });
        expect(value).toEqual(before);
        if (view === undefined) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('have views that are right in every required respect', () => {
    fc.assert(
      fc.property(spoiled(version), ({ type, value }) => {
        const check = compileChecker(findType(version, type)?.schema ?? z.never());
        const { view } = check(value, { version });
        if (view === undefined) return;
        const again = check(view, { version });
        expect(again.view).toEqual(view);
        expect(again.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
