import { describe, expect, it } from 'vitest';
import {
  beginning,
  conditionsKey,
  partOf,
  readFilter,
  TOKEN_NAMES,
  unknownTokens,
} from '../../../renderer/exchange-filter/conditions.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const KINDS = TOKEN_NAMES.map(name => ({
  name,
  check: (value: string) => (partOf({ name, value }, 0) === undefined ? 'cannot be read' : undefined),
}));
const read = (text: string) => readFilter(text, KINDS, NOW);

describe('the filter of the traffic table', () => {
  it('is conditions that hold at once, and words', () => {
    expect(read('link:"Volta test" party:nl-tnm module:Locations dir:in status:4XX ocpi:2001').conditions).toEqual({
      link: 'Volta test',
      party: 'nl-tnm',
      module: 'locations',
      direction: 'in',
      status: '4xx',
      ocpi: '2001',
    });
    expect(read('is:error is:open is:noted run:7 corr:abc-1 since:1h').conditions).toEqual({
      errors: true,
      open: true,
      noted: true,
      runId: 7,
      correlationId: 'abc-1',
      since: NOW - 3_600_000,
    });
    expect(read('Köln  Rathaus').conditions).toEqual({ search: 'Köln Rathaus*' });
  });

  it('finds exchanges with findings by severity or by code', () => {
    expect(read('has:finding').conditions).toEqual({ finding: 'any' });
    expect(read('has:warning').conditions).toEqual({ finding: 'warning' });
    expect(read('has:field.missing').conditions).toEqual({ findingCode: 'field.missing' });
    expect(read('has:nonsense').problems).toHaveLength(1);
  });

  it('leaves out what cannot be read, and says so', () => {
    const { conditions, problems } = read('status:abc ocpi:9000 is:late dir:up since:soon run:x module:cdrs');
    expect(conditions).toEqual({ module: 'cdrs' });
    expect(problems.map(({ token }) => token.name)).toEqual(['status', 'ocpi', 'is', 'dir', 'since', 'run']);
  });

  it('tells of tokens there are none of, and takes URLs for words', () => {
    expect(read('partner:acme https://cpo.example/ocpi').unknown).toEqual(['partner']);
    expect(unknownTokens('10:40 a: :b http://x')).toEqual([]);
  });

  it('looks for beginnings of the word that is being typed', () => {
    expect(beginning('lo')).toBe('lo*');
    expect(beginning('"whole words"')).toBe('"whole words"');
    expect(beginning('')).toBe('');
  });

  it('has one key however it is written', () => {
    expect(conditionsKey(read('is:open link:a').conditions)).toBe(conditionsKey(read('link:a is:open').conditions));
  });
});
