import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFinder } from '../../../core/session-log/redact/finder.ts';
import { folded } from '../../../core/session-log/redact/pseudonym.ts';

function finderOf(...values: readonly string[]) {
  const finder = createFinder<string>();
  for (const value of values) finder.add(folded(value), value);
  return finder;
}

function foundIn(text: string, ...values: readonly string[]): string[] {
  return finderOf(...values)
    .find(text, false)
    .sort((left, right) => left.start - right.start)
    .map(({ start, end }) => text.slice(start, end));
}

describe('known values in a text', () => {
  it.each([
    ['a short one', 'Karla'],
    ['of middle length', 'A1B2C3D4'],
    ['a long one', 'NL-TNM-C12345678-X'],
    ['one with umlauts', 'Jürgen Müller'],
    ['one that has another byte in upper case', 'ÿÿÿÿÿ'],
    ['one of which only the end is Latin', 'Łukasz Żak'],
    ['one in Greek', 'Παπαδόπουλος'],
    ['one in Chinese', '王小明李大山'],
    ['one with signs beyond the first plane', '𠀀𠀁𠀂𠀃𠀄'],
  ])('are found in any case, wherever they stand: %s', (_what, value) => {
    const upper = value.toUpperCase();
    const like = folded(upper) === folded(value) ? upper : value;
    expect(foundIn(`(${value}) and, once more, "${like}".`, value)).toEqual([value, like]);
  });

  it('are all found, whether short, long or in other letters, each with the others', () => {
    const values = ['Karla', 'A1B2C3D4', 'NL-TNM-C12345678-X', 'Παπαδόπουλος', '04AABBCCDDEE11'];
    expect(foundIn(values.join(' | '), ...values)).toEqual(values);
  });

  it('are found as well where one that is shorter came to be known later', () => {
    const finder = finderOf('NL-TNM-C12345678-X');
    const text = 'NL-TNM-C12345678-X, 12345ABC, Karla';
    expect(finder.find(text, false)).toHaveLength(1);
    finder.add('12345abc', 'uid');
    expect(finder.find(text, false)).toHaveLength(2);
    finder.add('karla', 'name');
    expect(finder.find(text, false)).toHaveLength(3);
  });

  it('are found at every place of a long text', () => {
    const value = 'DE-BET-C97119265-X';
    const piece = 64 * 1024;
    for (const at of [0, 1, 7, piece - 19, piece - 9, piece - 1, piece, piece + 5, 3 * piece - 4]) {
      const text = `${' '.repeat(at)}${value}${' '.repeat(40)}`;
      expect(finderOf(value, '1971BF65FD3C0D').find(text, false)).toEqual([
        { start: at, end: at + value.length, value },
      ]);
    }
  });

  it('are all found where they stand alone, whatever else is sought', () => {
    const character = fc.constantFrom(...'abAB01-ü Üÿłš');
    const value = fc.string({ unit: character, minLength: 5, maxLength: 24 }).filter(text => /[a-zü]/i.test(text));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 12 }),
        fc.string({ unit: character, maxLength: 60 }),
        (values, between) => {
          const text = values.flatMap(one => ['  ', one, '  ', between]).join('');
          const finder = finderOf(...values);
          const places = new Set(
            finder.find(text, false).map(({ start, value: found }) => `${start} ${folded(found)}`),
          );
          for (const key of new Set(values.map(folded))) {
            // Alone between blanks it is found, whatever else it may be a part of.
            const alone = folded(text).indexOf(`  ${key}  `) + 2;
            expect(places).toContain(`${alone} ${key}`);
          }
          for (const { start, end, value: found } of finder.find(text, false)) {
            expect(folded(text.slice(start, end))).toBe(folded(found));
          }
        },
      ),
    );
  });
});
