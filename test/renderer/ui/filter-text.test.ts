import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FilterToken,
  parseFilter,
  printFilter,
  printToken,
  splitTyped,
  suggest,
  type TokenKind,
} from '../../../renderer/ui/filter-text.ts';

const kinds: readonly TokenKind[] = [
  { name: 'link', meaning: 'of this link', values: [{ value: 'volta-test' }, { value: 'Ladda prod' }] },
  { name: 'status', check: value => (/^[1-5](\d\d|xx)$/.test(value) ? undefined : 'an HTTP status, as 404 or 4xx') },
  { name: 'is', values: [{ value: 'error' }, { value: 'open' }] },
];

const token: fc.Arbitrary<FilterToken> = fc.record({
  name: fc.constantFrom('link', 'status', 'is'),
  value: fc.string({ minLength: 1, unit: 'grapheme' }),
});
const word = fc.stringMatching(/^[a-z0-9/.?=&*-]{1,12}$/);

describe('the text of a filter', () => {
  it('reads as tokens and words, in any order', () => {
    expect(parseFilter('link:volta-test some status:4xx words', kinds)).toEqual({
      tokens: [
        { name: 'link', value: 'volta-test' },
        { name: 'status', value: '4xx' },
      ],
      words: 'some words',
      problems: [],
    });
  });

  it('keeps blanks and quotes within double quotes', () => {
    expect(parseFilter('link:"Ladda \\"prod\\" AB"', kinds).tokens).toEqual([
      { name: 'link', value: 'Ladda "prod" AB' },
    ]);
  });

  it('takes names that are not known, addresses and tokens without a value for words', () => {
    const { tokens, words } = parseFilter('http://a.example/x colour:red link: STATUS:404', kinds);
    expect(tokens).toEqual([{ name: 'status', value: '404' }]);
    expect(words).toBe('http://a.example/x colour:red link:');
  });

  it('says what is wrong with a value and keeps the token', () => {
    const { tokens, problems } = parseFilter('status:four', kinds);
    expect(tokens).toEqual([{ name: 'status', value: 'four' }]);
    expect(problems).toEqual([{ token: tokens[0], problem: 'an HTTP status, as 404 or 4xx' }]);
  });

  it('comes back the same after printing, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 5 }), fc.array(word, { maxLength: 4 }), (tokens, words) => {
        const parsed = parseFilter(printFilter({ tokens, words: words.join(' ') }), kinds);
        expect(parsed.tokens).toEqual(tokens);
        expect(parsed.words).toBe(words.join(' '));
      }),
    );
  });

  it('means the same after reading and printing, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('link:', 'is:', '"', '\\', ' ', 'a', ':', '\n') }), text => {
        const once = parseFilter(text, kinds);
        const twice = parseFilter(printFilter(once), kinds);
        expect(new Set(twice.tokens.map(printToken))).toEqual(new Set(once.tokens.map(printToken)));
        expect(twice.words).toBe(once.words);
      }),
    );
  });
});

describe('what is still being typed', () => {
  it('is the last piece, with the blanks of an open quote', () => {
    expect(splitTyped('status:404 lin')).toEqual({ before: 'status:404 ', piece: 'lin' });
    expect(splitTyped('x link:"Ladda pr')).toEqual({ before: 'x ', piece: 'link:"Ladda pr' });
    expect(splitTyped('link:"Ladda prod" ')).toEqual({ before: 'link:"Ladda prod" ', piece: '' });
  });

  it('is completed by names first, then by values', () => {
    expect(suggest('li', kinds)).toEqual([{ text: 'link:', meaning: 'of this link', whole: false }]);
    expect(suggest('link:', kinds).map(({ text }) => text)).toEqual(['link:volta-test', 'link:"Ladda prod"']);
    expect(suggest('link:"ladda p', kinds).map(({ text }) => text)).toEqual(['link:"Ladda prod"']);
    expect(suggest('nothing', kinds)).toEqual([]);
  });
});
