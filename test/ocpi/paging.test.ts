import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLink, readPagingHeaders, writePagingHeaders } from '../../core/ocpi/paging.ts';

const page = 'https://a.example/ocpi/locations?limit=5';
const next = 'https://a.example/ocpi/locations?limit=5&offset=5';
const codes = (...values: string[]) => readLink(values, page).findings.map(({ code }) => code);

describe('the Link header of a page', () => {
  it.each([
    [`<${next}>; rel="next"`],
    [`<${next}>;rel=next`],
    [`<${next}>; title="a, b; c"; rel="next"`],
    [`<https://a.example/first>; rel="first", <${next}>; rel="next"`],
    [`<${next}>; rel="last next"`],
  ])('%s leads to the next page', value => {
    expect(readLink([value], page)).toEqual({ next, findings: [] });
  });

  it('the URL is taken byte for byte, commas and odd characters included', () => {
    const odd = 'https://a.example/ocpi/%6Cocations/?b=1,2;3&offset=5&A=%2f';
    expect(readLink([`<${odd}>; rel="next"`], page).next).toBe(odd);
  });

  it('any URL written by us is read back', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), url => {
        const lines = writePagingHeaders({ next: url, totalCount: 1, limit: 1 });
        expect(readPagingHeaders(lines, url)).toEqual({ next: url, totalCount: 1, limit: 1, findings: [] });
      }),
    );
  });

  it('several header lines are read as one', () => {
    expect(readLink(['<https://a.example/p>; rel="prev"', `<${next}>; rel="next"`], page).next).toBe(next);
  });

  it('no header, or links to other pages only, means that there is no next page', () => {
    expect(readLink([], page)).toEqual({ findings: [] });
    expect(readLink(['<https://a.example/p>; rel="prev"'], page)).toEqual({ findings: [] });
  });

  it.each([[`${next}; rel="next"`], [`<${next}>`], [`<${next}>; rel='next'`], [`<${next}>; rel="NEXT"`], [next]])(
    '%s is misspelled but can be read',
    value => {
      expect(readLink([value], page).next).toBe(next);
      expect(codes(value)).toEqual(['paging.link.spelling']);
    },
  );

  it.each([
    [''],
    ['None'],
    ['null'],
    ['<>; rel="next"'],
    ['<None>; rel="next"'],
    ['<ftp://a.example/>; rel="next"'],
    ['<'],
  ])('%j cannot be followed', value => {
    expect(readLink([value], page).next).toBeUndefined();
    expect(codes(value)).toEqual(['paging.link.unusable']);
  });

  it('a relative URL is resolved against the page', () => {
    const read = readLink(['</ocpi/locations?offset=5>; rel="next"'], page);
    expect(read.next).toBe('https://a.example/ocpi/locations?offset=5');
    expect(read.findings.map(({ code }) => code)).toEqual(['paging.link.relative']);
    expect(readLink(['<?offset=5>; rel="next"'], page).next).toBe('https://a.example/ocpi/locations?offset=5');
  });

  it('another scheme, host or port is found', () => {
    expect(codes('<http://a.example/x>; rel="next"')).toEqual(['paging.link.origin']);
    expect(codes('<https://internal:8080/x>; rel="next"')).toEqual(['paging.link.origin']);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.array(fc.string()), values => void readLink(values, page)));
  });
});

describe('counts of a page', () => {
  it('absent counts are noted, unusable ones warned of', () => {
    expect(readPagingHeaders([], page).findings.map(({ code }) => code)).toEqual([
      'paging.count.missing',
      'paging.count.missing',
    ]);
    const read = readPagingHeaders(
      [
        ['x-total-count', 'many'],
        ['X-Limit', ' 50 '],
      ],
      page,
    );
    expect(read).toMatchObject({ limit: 50, findings: [{ code: 'paging.count.unusable', met: 'many' }] });
    expect(read.totalCount).toBeUndefined();
    expect(
      readPagingHeaders(
        [
          ['X-Total-Count', '-1'],
          ['X-Limit', '5'],
        ],
        page,
      ).totalCount,
    ).toBeUndefined();
  });

  it('the last page has no Link', () => {
    expect(writePagingHeaders({ totalCount: 7, limit: 50 })).toEqual([
      ['X-Total-Count', '7'],
      ['X-Limit', '50'],
    ]);
  });
});
