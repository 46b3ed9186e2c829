import { describe, expect, it } from 'vitest';
import { matrix, pairsOf } from './matrix.ts';

const dimensions = {
  version: ['2.1.1', '2.2.1', '2.3.0'],
  role: ['CPO', 'EMSP'],
  form: ['raw', 'base64'],
  slash: [0, 1],
};

describe('a sample of a matrix', () => {
  it('holds every pair of values, in fewer cases than the whole', () => {
    const all = matrix(dimensions, { all: true }).cases;
    const some = matrix(dimensions, { all: false, seed: 7 }).cases;
    const pairs = (cases: readonly object[]) => new Set(cases.flatMap(one => pairsOf({ ...one })));
    expect(all).toHaveLength(24);
    expect(pairs(some)).toEqual(pairs(all));
    expect(some.length).toBeLessThan(14);
  });

  it('is the same for the same seed, and another one for another', () => {
    const sample = (seed: number) => matrix(dimensions, { all: false, seed }).cases;
    expect(sample(7)).toEqual(sample(7));
    expect(sample(7)).not.toEqual(sample(8));
  });

  it('leaves out what means nothing', () => {
    const { cases, title } = matrix(dimensions, { all: false, seed: 1, unless: one => one.form === 'raw' });
    expect(cases.every(one => one.form === 'base64')).toBe(true);
    expect(title).toContain('of 12 combinations, OCPI_WORKBENCH_TEST_SEED=1');
  });
});
