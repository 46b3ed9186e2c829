import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  ceiling,
  compare,
  divide,
  multiply,
  ratio,
  readDecimal,
  roundTo,
  subtract,
  write,
  writeAmount,
} from '../../../core/insight/tariff/ratio.ts';

const decimal = fc
  .tuple(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => digits / 10 ** scale);

describe('an exact number', () => {
  it('is read as it is written, exponents and texts included', () => {
    const read = (value: unknown) => {
      const number = readDecimal(value);
      return number === undefined ? undefined : write(number);
    };
    expect([0.1, 1e-7, 1e10, -2.5, '2.00', '1.5E-3'].map(read)).toEqual([
      '0.1',
      '0.0000001',
      '10000000000',
      '-2.5',
      '2',
      '0.0015',
    ]);
    expect(['', 'x', '1,5', null, Number.NaN, Number.POSITIVE_INFINITY, 1e300, '1e999', {}].map(read)).toEqual(
      Array.from({ length: 9 }, () => undefined),
    );
  });

  it('comes back as the text of the number it was', () => {
    fc.assert(
      fc.property(decimal, value => {
        // Zero has no sign.
        expect(Number(write(readDecimal(value) ?? ratio(1)))).toBe(value + 0);
      }),
    );
  });

  it('adds up without drifting, and in any order', () => {
    fc.assert(
      fc.property(decimal, decimal, decimal, (one, two, three) => {
        const [a, b, c] = [one, two, three].map(value => readDecimal(value) ?? ratio(0));
        if (a === undefined || b === undefined || c === undefined) return;
        expect(compare(add(add(a, b), c), add(a, add(c, b)))).toBe(0);
        expect(compare(subtract(add(a, b), b), a)).toBe(0);
        expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(0);
      }),
    );
  });

  it('divides without losing anything', () => {
    expect(write(divide(ratio(1), ratio(3)))).toBe('0.333333333333');
    expect(write(multiply(divide(ratio(1), ratio(3)), ratio(3)))).toBe('1');
    expect(write(divide(ratio(1), ratio(-8)))).toBe('-0.125');
  });

  it('is rounded half away from zero, up and down', () => {
    const rounded = (value: string, way: 'half' | 'up' | 'down') =>
      write(roundTo(readDecimal(value) ?? ratio(0), 2, way));
    expect(['0.125', '-0.125', '0.124', '1'].map(value => rounded(value, 'half'))).toEqual([
      '0.13',
      '-0.13',
      '0.12',
      '1',
    ]);
    expect(['0.121', '-0.121', '0.12'].map(value => rounded(value, 'up'))).toEqual(['0.13', '-0.13', '0.12']);
    expect(['0.129', '-0.129'].map(value => rounded(value, 'down'))).toEqual(['0.12', '-0.12']);
    expect([ratio(7, 3), ratio(-7, 3), ratio(6, 3)].map(ceiling)).toEqual([3n, -2n, 2n]);
    expect([ratio(3), ratio(1, 3), ratio(-5, 2)].map(value => writeAmount(value))).toEqual(['3.00', '0.3333', '-2.50']);
  });
});
