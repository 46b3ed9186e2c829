import { describe, expect, it } from 'vitest';
import { readCdrLocation } from '../../core/ocpi/cdr-location-header.ts';

const requestUrl = 'https://rutt.example/ocpi/receiver/cdrs';

function read(location: string | undefined, data?: unknown) {
  const headers = location === undefined ? [] : ([['location', location]] as const);
  const { url, findings } = readCdrLocation({ headers, data, requestUrl });
  return { url, codes: findings.map(({ code }) => code) };
}

describe('where a CDR is stored', () => {
  it('stands in the Location header, byte for byte', () => {
    expect(read('https://rutt.example/c/%7E1')).toEqual({ url: 'https://rutt.example/c/%7E1', codes: [] });
  });

  it('may be relative to the request, with a warning (T43)', () => {
    expect(read('/c/1')).toEqual({ url: 'https://rutt.example/c/1', codes: ['cdr.location-header-relative'] });
  });

  it('may stand in data instead, with a warning (failures 30)', () => {
    expect(read(undefined, 'https://rutt.example/c/1')).toEqual({
      url: 'https://rutt.example/c/1',
      codes: ['cdr.location-in-body'],
    });
  });

  it('is missed where nothing tells it', () => {
    for (const [header, data] of [
      [undefined, undefined],
      [undefined, { id: 1 }],
      ['', 'CDR-1'],
      ['mailto:a@b', null],
    ] as const) {
      expect(read(header, data)).toEqual({ url: undefined, codes: ['cdr.location-header-missing'] });
    }
  });
});
