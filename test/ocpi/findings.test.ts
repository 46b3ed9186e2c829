import { describe, expect, it } from 'vitest';
import { finding, shorten } from '../../core/ocpi/findings.ts';

describe('what a partner wrote, quoted', () => {
  it('is whole where it is short, else its beginning and its length', () => {
    expect(shorten('abc', 3)).toBe('abc');
    expect(shorten('abcd', 3)).toBe('abc… (4 characters)');
  });

  it('turns the direction of nothing that stands beside it', () => {
    expect(shorten('\u202egnp.exe\u202c \u2066x\u2069')).toBe('\\u202egnp.exe\\u202c \\u2066x\\u2069');
    expect(finding('body.json', { met: '<\u200f>', expected: 'JSON' }).met).toBe('<\\u200f>');
  });
});
