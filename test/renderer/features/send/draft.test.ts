import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendQuery, appendSegments } from '../../../../core/ocpi/urls.ts';
import { draftFrom, draftOf, inputOf, isWrite, readUrl } from '../../../../renderer/features/send/request/draft.ts';
import { findingsBeside, previewText } from '../../../../renderer/features/send/request/preview-text.ts';
import { exchange, LIST_LOCATIONS, PUT_LOCATION } from './made.ts';

const URL_OF_LOC1 = 'https://ocpi.volta.example/2.2.1/locations/NL/WBX/LOC1';

describe('a request that is written', () => {
  it('begins with the example, and with an empty body where one is due and there is none', () => {
    const example = { body: '{"id":"LOC1"}', params: { location_id: 'LOC1' }, query: {}, from: 'of LOC1' };
    expect(draftOf(PUT_LOCATION, example)).toMatchObject({
      body: '{\n  "id": "LOC1"\n}',
      params: { location_id: 'LOC1' },
    });
    expect(draftOf(PUT_LOCATION, undefined).body).toBe('');
    expect(draftOf(LIST_LOCATIONS, undefined).body).toBeUndefined();
  });

  it('asks for a whole URL where the partner has no endpoint for it', () => {
    expect(draftOf({ ...PUT_LOCATION, endpoint: null }, undefined).url).toBe('');
  });

  it('is sent with what was filled in, and nothing else', () => {
    const draft = draftOf(PUT_LOCATION, undefined);
    expect(inputOf('volta', { ...draft, body: undefined })).toEqual({
      name: 'volta',
      operation: 'locations.put',
      params: {},
      query: {},
    });
    expect(
      inputOf('volta', {
        ...draft,
        url: ' https://ocpi.volta.example/x ',
        method: 'PATCH',
        body: '',
        headers: [
          { id: 0, name: ' X-Odd ', value: ' as typed ' },
          { id: 1, name: '', value: 'of nobody' },
        ],
        fromParty: 'NL-WBX ',
        toParty: ' ',
      }),
    ).toEqual({
      name: 'volta',
      operation: 'locations.put',
      params: {},
      query: {},
      url: 'https://ocpi.volta.example/x',
      method: 'PATCH',
      body: '',
      headers: [['X-Odd', ' as typed ']],
      fromParty: 'NL-WBX',
    });
  });

  it('writes unless its method only reads, whatever the operation usually does', () => {
    const draft = draftOf(PUT_LOCATION, undefined);
    expect(isWrite(PUT_LOCATION, draft)).toBe(true);
    expect(isWrite(PUT_LOCATION, { ...draft, method: 'HEAD' })).toBe(false);
    expect(isWrite(LIST_LOCATIONS, draftOf(LIST_LOCATIONS, undefined))).toBe(false);
    expect(isWrite(LIST_LOCATIONS, { ...draft, method: 'DELETE' })).toBe(true);
  });
});

describe('a request that was sent', () => {
  const sent = exchange({
    method: 'PUT',
    operation: 'locations.put',
    url: URL_OF_LOC1,
    body: '{"id": "LOC1"}',
    headers: [
      ['Authorization', 'Token {token:1:base64:24}'],
      ['X-Request-ID', 'one'],
      ['OCPI-to-party-id', 'VOL'],
      ['X-Odd', '1'],
    ],
  });

  it('fills the form in again: parameters out of the URL, lines of our own making left out', () => {
    expect(draftFrom(sent, [LIST_LOCATIONS, PUT_LOCATION])).toEqual({
      operation: 'locations.put',
      params: { country_code: 'NL', party_id: 'WBX', location_id: 'LOC1' },
      query: {},
      url: undefined,
      method: undefined,
      headers: [{ id: 0, name: 'X-Odd', value: '1' }],
      body: '{"id": "LOC1"}',
      fromParty: 'NL-WBX',
      toParty: 'NL-VOL',
    });
  });

  it('keeps its URL and method where they are not those of the operation', () => {
    const odd = { ...sent, url: `${URL_OF_LOC1}?deep=yes`, method: 'POST' };
    expect(draftFrom(odd, [PUT_LOCATION])).toMatchObject({ url: odd.url, method: 'POST', params: {} });
  });

  it('fills in nothing where the link has no such operation', () => {
    expect(draftFrom(sent, [LIST_LOCATIONS])).toBeUndefined();
  });
});

describe('the values in a URL', () => {
  const segment = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter(text => !/^\.{1,2}$/.test(text) && text.isWellFormed());

  it('are those it was made of, whatever they are', () => {
    const query = fc.record({ date_from: segment, limit: segment });
    fc.assert(
      fc.property(segment, segment, segment, query, (country, party, location, asked) => {
        const known = { ...PUT_LOCATION, query: ['date_from', 'limit'] };
        const url = appendQuery(appendSegments(known.endpoint ?? '', country, party, location), asked);
        expect(readUrl(known, url)).toEqual({
          params: { country_code: country, party_id: party, location_id: location },
          query: asked,
        });
      }),
    );
  });

  it('are not read out of another path, another endpoint, or a query with more in it', () => {
    expect(readUrl(PUT_LOCATION, 'https://ocpi.volta.example/2.2.1/locations/NL/WBX')).toBeUndefined();
    expect(readUrl(PUT_LOCATION, 'https://ocpi.volta.example/2.2.1/locationsx/NL/WBX/LOC1')).toBeUndefined();
    expect(readUrl(LIST_LOCATIONS, `${LIST_LOCATIONS.endpoint}?limit=1&page=2`)).toBeUndefined();
    expect(
      readUrl({ ...PUT_LOCATION, path: 'START_SESSION' }, `${PUT_LOCATION.endpoint}/STOP_SESSION`),
    ).toBeUndefined();
    expect(readUrl({ ...PUT_LOCATION, endpoint: null }, URL_OF_LOC1)).toBeUndefined();
  });

  it('stand as they are where they are no percent-encoding', () => {
    expect(readUrl(PUT_LOCATION, 'https://ocpi.volta.example/2.2.1/locations/NL/WBX/5%')?.params).toMatchObject({
      location_id: '5%',
    });
  });
});

describe('the preview', () => {
  const finding = { severity: 'warning', met: 'x', expected: 'y', section: '1.3' } as const;

  it('is the request as text', () => {
    const preview = { method: 'PUT', url: URL_OF_LOC1, headers: [['Host', 'h']] as [string, string][], findings: [] };
    expect(previewText({ ...preview, body: '{}' })).toBe('PUT /2.2.1/locations/NL/WBX/LOC1 HTTP/1.1\nHost: h\n\n{}');
    expect(previewText({ ...preview, url: 'https://ocpi.volta.example', body: null })).toBe(
      'PUT / HTTP/1.1\nHost: h\n',
    );
  });

  it('tells of what is wrong beside the body, and leaves the body to its editor', () => {
    const findings = [
      { ...finding, code: 'header.missing', pointer: 'header:X-Request-ID' },
      { ...finding, code: 'request.method', pointer: '' },
      { ...finding, code: 'id.mismatch', pointer: '/id' },
      { ...finding, code: 'field.missing', pointer: '/name' },
      { ...finding, code: 'body.json', pointer: '' },
    ];
    expect(findingsBeside(findings).map(({ code }) => code)).toEqual([
      'header.missing',
      'request.method',
      'id.mismatch',
    ]);
  });
});
