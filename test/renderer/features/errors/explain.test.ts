import { describe, expect, it } from 'vitest';
import { explain, meaningOf } from '../../../../renderer/features/errors/explain.ts';
import { errorsExplained } from '../../../../renderer/texts/en/errors-explained.ts';
import { failure } from './made.ts';

const ENDINGS = [
  'interrupted',
  'cut',
  'too-large',
  'timeout',
  'refused',
  'reset',
  'dns',
  'unreachable',
  'tls',
  'malformed',
  'proxy',
  'cancelled',
] as const;
const STATUSES = [400, 401, 403, 404, 405, 406, 409, 411, 413, 415, 422, 426, 429, 500, 501, 502, 503, 504] as const;

const text = (words: { readonly key: keyof typeof errorsExplained } | { readonly english: string } | undefined) =>
  words === undefined ? '' : 'key' in words ? errorsExplained[words.key] : words.english;

describe('what a failure means', () => {
  it.each(ENDINGS)('an ending in %s has words of its own, both ways', code => {
    for (const direction of ['in', 'out'] as const) {
      const told = explain(failure({ layer: 'network', code, direction }));
      expect(told.meanings[0]?.words).toMatchObject({ key: expect.stringMatching(`^means-${code}(-in|-out)?$`) });
      expect(told.advice).toMatchObject([{ key: expect.stringMatching(`^try-${code}(-in|-out)?$`) }]);
    }
  });

  it.each(STATUSES)('HTTP %s has words of its own, both ways', status => {
    for (const direction of ['in', 'out'] as const) {
      const told = explain(failure({ layer: 'http', code: String(status), direction }));
      expect(told.meanings[0]?.words).toMatchObject({ key: expect.stringMatching(`^means-${status}(-in|-out)?$`) });
      expect(told.advice).toMatchObject([{ key: expect.stringMatching(`^try-${status}(-in|-out)?$`) }]);
    }
  });

  it('rarer statuses are read by their class, unheard-of endings are said to be', () => {
    expect(meaningOf(failure({ code: '418' }))).toEqual({ key: 'means-4xx' });
    expect(meaningOf(failure({ code: '599' }))).toEqual({ key: 'means-5xx' });
    expect(meaningOf(failure({ layer: 'network', code: 'evaporated' }))).toEqual({ key: 'means-other' });
  });

  it('an OCPI status is read in the version that was spoken', () => {
    const in211 = explain(failure({ layer: 'ocpi', code: '2004', versions: ['2.1.1'] }));
    const in221 = explain(failure({ layer: 'ocpi', code: '2004', versions: ['2.2.1'] }));
    expect(text(in221.meanings[0]?.words)).toBe('unknown token');
    expect(text(in211.meanings[0]?.words)).toContain('a code of 2.2 and later');
    expect(text(in211.advice[0])).toContain('2.1.1 does not define this code');
  });

  it('where versions differ each has its meaning; where they agree it is said once', () => {
    const differ = explain(failure({ layer: 'ocpi', code: '4001', versions: ['2.3.0', '2.2.1', '2.1.1', null] }));
    expect(differ.meanings.map(({ version }) => version)).toEqual(['2.3.0, 2.2.1', '2.1.1']);
    expect(differ.advice).toHaveLength(2);
    const agree = explain(failure({ layer: 'ocpi', code: '2001', versions: ['2.2.1', '2.1.1', null] }));
    expect(agree.meanings).toEqual([{ words: { english: 'invalid or missing parameters' }, version: undefined }]);
    expect(agree.advice).toHaveLength(1);
  });
});

describe('who is probably at fault', () => {
  it.each([
    ['http', '401', 'out', 'us'],
    ['http', '401', 'in', 'them'],
    ['http', '404', 'out', 'either'],
    ['http', '503', 'out', 'them'],
    ['http', '500', 'in', 'us'],
    ['ocpi', '2001', 'out', 'us'],
    ['ocpi', '2001', 'in', 'them'],
    ['ocpi', '3000', 'out', 'them'],
    ['ocpi', '3000', 'in', 'us'],
    ['ocpi', '3001', 'out', 'us'],
    ['ocpi', '3001', 'in', 'them'],
    ['ocpi', '3002', 'out', 'either'],
    ['ocpi', '4001', 'out', 'us'],
    ['ocpi', '4003', 'out', 'hub'],
    ['ocpi', '200', 'out', 'them'],
    ['network', 'refused', 'out', 'them'],
    ['network', 'unreachable', 'out', 'between'],
    ['network', 'proxy', 'out', 'us'],
    ['network', 'dns', 'out', 'either'],
    ['network', 'timeout', 'in', 'them'],
    ['network', 'interrupted', 'in', 'us'],
  ] as const)('%s %s, %s: %s', (layer, code, direction, blamed) => {
    expect(explain(failure({ layer, code, direction })).blamed).toBe(blamed);
  });

  it('advice that speaks of "our" side is turned round where the partner asked', () => {
    for (const code of ['3001', '3003']) {
      expect(text(explain(failure({ layer: 'ocpi', code, direction: 'out' })).advice[0])).toMatch(/\bour\b/);
      const turned = text(explain(failure({ layer: 'ocpi', code, direction: 'in' })).advice[0]);
      expect(turned).toContain('{{link}}');
      expect(turned).not.toMatch(/\bour (versions|version) /);
    }
  });
});
