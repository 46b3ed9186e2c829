import { beforeAll, describe, expect, it } from 'vitest';
import { doingWords } from '../../../../renderer/features/logs/doing-words.ts';
import { ruleTextOf } from '../../../../renderer/features/logs/log/rule-text.ts';
import { scopeWords } from '../../../../renderer/features/logs/log/scope-words.ts';
import { readyTexts } from '../../../../renderer/texts/language.ts';
import { textsOf } from '../../../../renderer/texts/use-texts.ts';

beforeAll(() => readyTexts('en'));

describe('how far something has come', () => {
  it('is told in the words of the page, and in the core’s own where those are new', () => {
    const t = textsOf('logs');
    expect(doingWords('storing', t)).toBe('Storing what is in it');
    expect(doingWords('polishing', t)).toBe('polishing');
    expect(doingWords('constructor', t)).toBe('constructor');
  });
});

describe('what a file says it was narrowed to', () => {
  const words = (scope: Record<string, unknown>) => scopeWords(scope, textsOf('logs'));

  it('is said shortly', () => {
    expect(words({ link: 'volta', ids: [1, 2, 3], transaction: 12, runId: 5, errors: true, search: '' })).toBe(
      'link: volta · a selection of 3 exchanges · transaction 12 · run 5 · errors',
    );
    expect(words({ chosen: 250 })).toBe('a selection of 250 exchanges');
    expect(words({})).toBe('');
    expect(words({ since: Date.parse('2026-11-22T10:40:00') })).toBe('since: 2026-11-22 10:40:00');
  });

  it('may be anything in a file of somebody else’s', () => {
    expect(words({ since: 1e300, until: 'soon', link: null, open: false, other: { deep: ['x'] } })).toBe(
      'since: 1e+300 · until: soon · other: {"deep":["x"]}',
    );
    expect(words({ list: Array.from({ length: 20 }, (_, at) => at) })).toBe('list: 0, 1, 2, 3, 4, 5, 6, 7, …');
  });
});

describe('a fault rule of a file', () => {
  const rule = {
    name: 'late answers',
    kind: 'transport.delay',
    details: { parameters: { seconds: 3 }, scope: { link: 'volta', module: 'cdrs' }, seed: '7', armed: true },
  };

  it('is taken over switched off, for every link, with the seed it had', () => {
    expect(ruleTextOf(rule)).toEqual({
      name: 'late answers',
      kind: 'transport.delay',
      parameters: { seconds: 3 },
      scope: { module: 'cdrs' },
      when: {},
      seed: '7',
      armed: false,
      reachesRegistration: false,
    });
  });

  it('is not taken over where it is none as we know them', () => {
    expect(ruleTextOf({ ...rule, details: { when: { nth: 0 } } })).toBeUndefined();
    expect(ruleTextOf({ ...rule, details: { something: 'else' } })).toBeUndefined();
    expect(ruleTextOf({ ...rule, details: { scope: 'all' } })?.scope).toEqual({});
  });
});
