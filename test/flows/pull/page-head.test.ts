import { describe, expect, it } from 'vitest';
import { readPageHead, withSmallerOffset } from '../../../core/flows/pull/page-head.ts';
import { lostByLink } from '../../../core/ocpi/link-losses.ts';
import type { RawHeaders } from '../../../core/ocpi/raw-headers.ts';

const URL_ASKED = 'https://p.example/ocpi/locations?date_from=2026-01-01T00%3A00%3A00Z&limit=50';
const head = (headers: RawHeaders, routing?: Parameters<typeof readPageHead>[1]['routing']) =>
  readPageHead(headers, { url: URL_ASKED, version: '2.2.1', routing });

describe('the head of a page', () => {
  it('tells the next page byte for byte, the counts and the clock of the partner', () => {
    const next = 'https://p.example/ocpi/locations?limit=50&offset=50&date_from=2026-01-01T00:00:00Z';
    expect(
      head([
        ['link', `<${next}>; rel="next"`],
        ['X-Total-Count', '120'],
        ['x-limit', '50'],
        ['Date', 'Sun, 22 Nov 2026 10:00:00 GMT'],
      ]),
    ).toEqual({ next, total: 120, limit: 50, at: Date.parse('2026-11-22T10:00:00Z'), findings: [] });
  });

  it.each([
    ['http for https', 'http://p.example/ocpi/locations?offset=50'],
    ['another host', 'https://internal.p.example/ocpi/locations?offset=50'],
    ['another port', 'https://p.example:8443/ocpi/locations?offset=50'],
  ])('keeps a Link to another origin apart: %s', (_, foreign) => {
    const read = head([['Link', `<${foreign}>; rel="next"`]]);
    expect(read).toMatchObject({ foreign });
    expect(read.next).toBeUndefined();
    expect(read.findings.map(({ code }) => code)).toContain('paging.link.origin');
  });

  it.each(['None', '', '<>; rel="next"', '<null>; rel="next"', 'ftp://p.example/x'])(
    'finds a Link of "%s" unusable',
    value => {
      const read = head([['Link', value]]);
      expect(read.next).toBeUndefined();
      expect(read.findings.map(({ code }) => code)).toContain('paging.link.unusable');
    },
  );

  it('resolves a relative Link, with a finding', () => {
    const read = head([['Link', '</ocpi/locations?offset=50>; rel="next"']]);
    expect(read.next).toBe('https://p.example/ocpi/locations?offset=50');
    expect(read.findings.map(({ code }) => code)).toContain('paging.link.relative');
  });

  it('tells when request or answer are addressed to their own sender', () => {
    const own = { countryCode: 'NL', partyId: 'WBX' };
    const partner = { countryCode: 'DE', partyId: 'ABC' };
    const answered = (to: string, from: string): RawHeaders => [
      ['OCPI-to-party-id', to],
      ['OCPI-to-country-code', 'DE'],
      ['OCPI-from-party-id', from],
      ['OCPI-from-country-code', 'DE'],
    ];
    expect(head([], { to: own, from: own }).selfAddressed).toBe('NL-WBX');
    expect(head(answered('ABC', 'abc'), { to: partner, from: own }).selfAddressed).toBe('DE-ABC');
    expect(head(answered('ABC', 'XYZ'), { to: partner, from: own }).selfAddressed).toBe('DE-ABC');
    expect(head(answered('WBX', 'ABC'), { to: partner, from: own }).selfAddressed).toBeUndefined();
    expect(head([], { to: partner, from: own }).selfAddressed).toBeUndefined();
  });
});

describe('a Link', () => {
  const codes = (next: string) => lostByLink(URL_ASKED, next).map(({ code }) => code);

  it('may write the filters it keeps in its own way', () => {
    expect(codes('https://p.example/x?limit=50&offset=50&date_from=2026-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('is found to lose filters and page size', () => {
    expect(codes('https://p.example/x?offset=50')).toEqual(['paging.link.filters-lost', 'paging.link.limit-lost']);
    expect(codes('https://p.example/x?offset=50&limit=50&date_from=2025-01-01T00:00:00Z')).toEqual([
      'paging.link.filters-lost',
    ]);
  });

  it('without an offset pages in its own way, and is not judged', () => {
    expect(codes('https://p.example/x?cursor=abc')).toEqual([]);
  });

  it('is changed in its offset only, when an earlier page is needed', () => {
    expect(withSmallerOffset('https://p.example/x?limit=5&offset=50&sig=a%2Fb', 2)).toBe(
      'https://p.example/x?limit=5&offset=48&sig=a%2Fb',
    );
    expect(withSmallerOffset('https://p.example/x?offset=1#f', 7)).toBe('https://p.example/x?offset=0#f');
    expect(withSmallerOffset('https://p.example/x?my_offset=5', 1)).toBeUndefined();
    expect(withSmallerOffset('https://p.example/x?cursor=5', 1)).toBeUndefined();
    expect(withSmallerOffset('https://p.example/x?offset=0', 1)).toBeUndefined();
  });
});
