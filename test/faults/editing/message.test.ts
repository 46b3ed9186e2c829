import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../core/faults/draft.ts';
import { withBody, withContent } from '../../../core/faults/editing/body.ts';
import { addHeader, dropHeaders, setHeader } from '../../../core/faults/editing/headers.ts';
import { nextPage, plainHttpUrl, relativeUrl, urlEdits, withNextPage } from '../../../core/faults/editing/urls.ts';

const LINES = [
  ['A', '1'],
  ['x-id', '2'],
  ['B', '3'],
  ['X-ID', '4'],
] as const;

describe('header lines', () => {
  it('are set in their place and in their spelling, and are alone of their name then', () => {
    expect(setHeader(LINES, 'X-Id', '5')).toEqual([
      ['A', '1'],
      ['x-id', '5'],
      ['B', '3'],
    ]);
    expect(setHeader(LINES, 'New', '5')).toEqual([...LINES, ['New', '5']]);
  });

  it('are dropped and added without regard to case', () => {
    expect(dropHeaders(LINES, 'x-Id', 'b')).toEqual([['A', '1']]);
    expect(addHeader(LINES, 'x-id', '5').at(-1)).toEqual(['X-ID', '5']);
    expect(addHeader(LINES, 'a', '5')[1]).toEqual(['A', '5']);
  });
});

describe('a body', () => {
  const draft = draftOf({
    side: 'answer',
    status: 200,
    statusText: 'OK',
    headers: [
      ['content-length', '2'],
      ['Content-Encoding', 'gzip'],
      ['Content-Type', 'a/b'],
    ],
    body: Uint8Array.of(1, 2),
  });

  it('is replaced with its length in bytes, and without the coding of the one before', () => {
    const { headers, body } = withBody(draft, 'é!').message;
    expect(headers).toEqual([
      ['content-length', '3'],
      ['Content-Type', 'a/b'],
    ]);
    expect(new TextDecoder().decode(body)).toBe('é!');
    expect(withContent(draft, '', 'text/html').message.headers).toContainEqual(['Content-Type', 'text/html']);
  });
});

describe('URLs of a message', () => {
  it('the next page is read and replaced where it stands', () => {
    const headers = [['Link', '<https://a/1>; rel="first", <https://a/2>; rel="next"']] as const;
    expect(nextPage(headers)).toBe('https://a/2');
    expect(withNextPage(headers, '/3')).toEqual([['Link', '<https://a/1>; rel="first", </3>; rel="next"']]);
    expect(withNextPage([], 'https://a/$1')).toEqual([['Link', '<https://a/$1>; rel="next"']]);
    expect(nextPage([['Link', 'None']])).toBeUndefined();
  });

  it('are made relative and plain', () => {
    expect(relativeUrl('https://a:1/b?c=https://d')).toBe('/b?c=https://d');
    expect(relativeUrl('https://a')).toBe('/');
    expect(plainHttpUrl('https://a')).toBe('http://a');
    expect(plainHttpUrl('http://a')).toBeUndefined();
  });

  it('are found however deep they stand', () => {
    const json = { url: 'a', list: [{ url: 'b' }, { urls: 'c', url: 1, 'x/y': { url: 'd' } }] };
    expect(
      urlEdits(json, '/data', url => `${url}!`)
        .map(({ at }) => at)
        .sort(),
    ).toEqual(['/data/list/0/url', '/data/list/1/x~1y/url', '/data/url']);
  });
});
