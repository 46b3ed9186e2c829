import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from '../../../../renderer/ui/editor/pretty-json.ts';

/** Everything but blanks outside of strings. */
function tokens(text: string): string {
  return (text.match(/"(?:\\[\s\S]|[^"\\])*\\?"?|\S/g) ?? []).join('');
}

describe('JSON with a member a line', () => {
  it('looks as JSON.stringify would lay it out', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
      }),
    );
  });

  it('keeps numbers, escapes and doubled members as they were sent', () => {
    expect(prettyJson('{"a":1.50e+02,"a":"\\u00e5\\/"}')).toBe('{\n  "a": 1.50e+02,\n  "a": "\\u00e5\\/"\n}');
  });

  it('changes nothing but blanks of text that is no JSON or was cut off', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', ' ', 'a', '1', '\n') }),
        text => {
          expect(tokens(prettyJson(text))).toBe(tokens(text));
        },
      ),
    );
  });
});
