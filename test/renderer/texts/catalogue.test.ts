import { describe, expect, it } from 'vitest';
import { en, sv } from '../../../renderer/texts/catalogue.ts';
import { spoken } from '../../../renderer/texts/language.ts';

type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;

function texts(catalogue: Areas): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([area, texts]) =>
      Object.entries(texts).map(([key, text]): [string, string] => [`${area}.${key}`, text]),
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^}\s]+)\s*\}\}/g)].map(([, name]) => name ?? '').sort();
}

const english = texts(en);
const swedish = texts(sv);

describe('the texts of the page', () => {
  it('are the same ones in English and Swedish', () => {
    expect([...swedish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('take the same values in both', () => {
    const differing = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(swedish.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('are never empty, and have both numbers where they have one', () => {
    expect([...english, ...swedish].filter(([, text]) => text.trim() === '')).toEqual([]);
    const alone = [...english.keys()].filter(key => {
      const [, base, number] = /^(.*)_(one|other)$/.exec(key) ?? [];
      return base !== undefined && !english.has(`${base}_${number === 'one' ? 'other' : 'one'}`);
    });
    expect(alone).toEqual([]);
  });
});

describe('the language of the page', () => {
  it('is the one that was chosen', () => {
    expect(spoken('sv', ['en-GB'])).toBe('sv');
  });

  it('is the first of the system that we have, English where it has none', () => {
    expect(spoken('system', ['sv-SE', 'en'])).toBe('sv');
    expect(spoken('system', ['de-DE', 'en-US', 'sv'])).toBe('en');
    expect(spoken('system', ['de-DE', 'sv-FI'])).toBe('sv');
    expect(spoken('system', ['de-DE'])).toBe('en');
  });
});
