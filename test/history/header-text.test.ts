import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headersFromText, headersToText } from '../../core/history/header-text.ts';

const part = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\n', '\0', '\r\n', 'Set-Cookie', '\ud800', '\0[["a","b"]]'),
);

describe('headers as text', () => {
  it('come back in their order and case, duplicates, empty ones and odd characters included', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { maxLength: 8 }), headers => {
        expect(headersFromText(headersToText(headers))).toEqual(headers);
      }),
      { numRuns: 2000 },
    );
  });

  it('hold no more than names, values and line feeds, as a rule', () => {
    expect(headersToText([['Accept', 'application/json']])).toBe('Accept\napplication/json\n');
  });
});
