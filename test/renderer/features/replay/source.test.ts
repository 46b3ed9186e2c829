import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printIds, readIds } from '../../../../renderer/exchange/id-ranges.ts';
import { ReplaySearch, RunSearch } from '../../../../renderer/features/replay/search.ts';
import { type NamedSource, printSource, readSource } from '../../../../renderer/features/replay/source.ts';

const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
const id = fc.integer({ min: 1, max: 10 ** 12 });
const source: fc.Arbitrary<NamedSource> = fc.oneof(
  fc.record({ kind: fc.constant('scenario' as const), name: word }),
  fc.record({ kind: fc.constant('link' as const), name: word }),
  fc.record({ kind: fc.constant('transaction' as const), id }),
  fc.record({ kind: fc.constant('again' as const), runId: id }),
  fc.record({
    kind: fc.constant('exchanges' as const),
    ids: fc
      .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 80 })
      .map(ids => ids.toSorted((a, b) => a - b)),
  }),
  fc.record({
    kind: fc.constant('object' as const),
    link: word,
    module: word,
    key: fc.stringMatching(/^[A-Z0-9/ ]{1,20}$/),
  }),
);

describe('the source of a replay in an address', () => {
  it('is read as it was written, whatever it is', () => {
    fc.assert(
      fc.property(source, one => {
        expect(readSource(printSource(one) ?? '')).toEqual(one);
      }),
    );
  });

  it.each([
    ['transaction:12', { kind: 'transaction', id: 12 }],
    ['exchanges:3,1,2', { kind: 'exchanges', ids: [3, 1, 2] }],
    ['exchanges:1-4,9', { kind: 'exchanges', ids: [1, 2, 3, 4, 9] }],
    ['link:volta test', { kind: 'link', name: 'volta test' }],
    ['object:volta/sessions/NL/TNM/S1', { kind: 'object', link: 'volta', module: 'sessions', key: 'NL/TNM/S1' }],
    ['run:7', { kind: 'again', runId: 7 }],
  ])('%s names what it says', (text, expected) => expect(readSource(text)).toEqual(expected));

  it.each([
    '',
    'charge',
    'scenario:',
    'transaction:0',
    'transaction:12a',
    'run:-1',
    'exchanges:',
    'exchanges:1,,2',
    'exchanges:5-2',
    'exchanges:1-2-3',
    'exchanges:1-200000',
    'object:volta/sessions',
    'object:/sessions/S1',
    'file:log.har',
  ])('“%s” names nothing', text => expect(readSource(text)).toBeUndefined());

  it('does not hold the text of a scenario or a file', () => {
    expect(printSource({ kind: 'written', name: 'mine', text: '{}' })).toBeUndefined();
    expect(printSource({ kind: 'file', name: 'log.har', format: 'auto' })).toBeUndefined();
  });

  it('writes ids in a row as a range, in their order and each once', () => {
    expect(printIds([9, 3, 1, 2, 2, 10])).toBe('1-3,9,10');
    expect(readIds('1-3, 9')).toEqual([1, 2, 3, 9]);
  });

  it('leaves out what an address has that cannot be read', () => {
    expect(ReplaySearch.parse({ source: 12, to: '' })).toEqual({ source: '12', to: undefined });
    expect(RunSearch.parse({ tab: 'nonsense', step: 'x', different: true, earlier: 3 })).toEqual({
      tab: undefined,
      step: undefined,
      different: true,
      earlier: 3,
    });
  });
});
