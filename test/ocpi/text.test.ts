import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ciEqual, ciKey } from '../../core/ocpi/ci-string.ts';
import {
  countCharacters,
  hasControlCharacters,
  isLongerThan,
  isPrintableAscii,
  isTokenText,
} from '../../core/ocpi/text-rules.ts';

describe('case-insensitive strings', () => {
  it('ids that differ only in case are the same id', () => {
    expect(ciEqual('NL', 'nl')).toBe(true);
    expect(ciEqual('DE*ABC*E1', 'de*abc*e1')).toBe(true);
    expect(ciEqual('NL', 'NLX')).toBe(false);
  });

  it('two texts are equal exactly when their keys are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        expect(ciEqual(left, right)).toBe(ciKey(left) === ciKey(right));
        expect(ciEqual(left, left.toUpperCase().toLowerCase())).toBe(ciKey(left) === left.toUpperCase().toLowerCase());
      }),
    );
  });
});

describe('rules about text', () => {
  it('a character outside the basic plane counts once', () => {
    expect(countCharacters('⚡🔌')).toBe(2);
    expect(isLongerThan('🔌🔌', 2)).toBe(false);
    expect(isLongerThan('🔌🔌🔌', 2)).toBe(true);
  });

  it('line breaks and tabs are control characters, blanks and accents are not', () => {
    expect(['a\nb', 'a\tb', 'a\rb', '\u0000', '\u0085', '\u2028'].every(hasControlCharacters)).toBe(true);
    expect(['a b', 'Köln', ''].some(hasControlCharacters)).toBe(false);
  });

  it('printable ASCII includes the blank, a token does not', () => {
    expect(isPrintableAscii('a b~')).toBe(true);
    expect(isPrintableAscii('é')).toBe(false);
    expect(isTokenText('a!~')).toBe(true);
    expect(isTokenText('a b')).toBe(false);
    expect(isTokenText('')).toBe(false);
  });
});
