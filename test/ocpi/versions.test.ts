import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast22, compareVersions, isVersion, spokenAs } from '../../core/ocpi/versions.ts';

describe('version numbers', () => {
  it('are ordered by their numbers, not as text', () => {
    const sorted = ['2.10', '2.2.1', '2.1.1', '2.2', '2.0', '3.0'].sort(compareVersions);
    expect(sorted).toEqual(['2.0', '2.1.1', '2.2', '2.2.1', '2.10', '3.0']);
  });

  it('comparing is an order for any texts: reflexive, antisymmetric, transitive', () => {
    const number = fc.oneof(
      fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 4 }).map(parts => parts.join('.')),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0);
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('2.2 is spoken to as 2.2.1, 2.1 is not 2.1.1', () => {
    expect(spokenAs('2.2')).toBe('2.2.1');
    expect(spokenAs('2.1')).toBeUndefined();
    expect(isVersion('2.2')).toBe(false);
    expect(atLeast22('2.1.1')).toBe(false);
    expect(atLeast22('2.2.1')).toBe(true);
  });
});
