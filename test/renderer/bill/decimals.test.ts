import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, negated, sumOf } from '../../../renderer/bill/decimals.ts';

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
  .map(([minus, digits, places]) => {
    const text = String(digits).padStart(places + 1, '0');
    const whole = text.slice(0, text.length - places);
    return `${minus ? '-' : ''}${whole}${places === 0 ? '' : `.${text.slice(text.length - places)}`}`;
  });

describe('exact decimals', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['12.50', '-0.45'], '12.05'],
    [['-0.5', '0.25'], '-0.25'],
    [['99999999999999999999.01', '0.99'], '100000000000000000000'],
    [['-0.001'], '-0.001'],
    [['7'], '7'],
    [[], '0'],
  ])('the sum of %j is %s', (decimals, sum) => {
    expect(sumOf(decimals)).toBe(sum);
  });

  it('tells a difference by its sign, and nothing without one', () => {
    expect(difference('12.50', '12.05')).toBe('0.45');
    expect(difference('12.05', '12.50')).toBe('-0.45');
    expect(negated('0.00')).toBe('0');
  });

  it('adds in any order to the same, and takes away what was added', () => {
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 8 }), decimal, (decimals, one) => {
        expect(sumOf([...decimals, one])).toBe(sumOf([one, ...decimals.toReversed()]));
        expect(difference(sumOf([...decimals, one]), one)).toBe(sumOf(decimals));
      }),
    );
  });
});
