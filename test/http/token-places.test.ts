import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenPlaces } from '../../core/http/token-places.ts';

/** A key in one pattern, as a reader would write it: what is found must be what this finds. */
const KEY = /(?:(\\{0,31}["'])token\1|(?<=[{,\s])token)\s*[:=]\s*/gi;

const PIECES = ['token', 'TOKEN', 'tok', '"', "'", '\\', '\\"', '{', ',', ' ', '\n', ':', '"token":', "'token' = "];
const LONG = ['"secret"', '\\"secret\\"', 'secret', '12', '\\"token\\":', '\\'.repeat(31), '\\'.repeat(32), 'é'];

describe('keys called token', () => {
  it('are found as one pattern finds them, however quotes and backslashes stand around them', () => {
    const piece = fc.oneof(...[...PIECES, ...LONG].map(text => fc.constant(text)));
    let found = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join('');
        const due: number[] = [];
        for (const { index, 0: key, 1: quote } of text.matchAll(KEY)) {
          const end = index + key.length;
          const opening = /^\\*["']/.exec(text.slice(end))?.[0];
          if (opening !== undefined) due.push(end + opening.length);
          else if (quote !== undefined && /^-?\d/.test(text.slice(end))) due.push(end);
        }
        const places = tokenPlaces(text, { isKnown: () => false });
        found += places.length;
        // A text in quotes that holds nothing is no token.
        const empty = due.filter(start => !places.some(place => place.start === start));
        expect(places.map(({ start }) => start)).toEqual(due.filter(start => !empty.includes(start)));
        for (const start of empty) expect(text.slice(start)).toMatch(/^(?:\\*["']|$)/);
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(100);
  });
});
