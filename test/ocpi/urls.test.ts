import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendQuery,
  appendSegments,
  decodeSegment,
  encodeSegment,
  isLoopbackHost,
  readUrl,
  splitPath,
} from '../../core/ocpi/urls.ts';

describe('joining URLs', () => {
  it('there is exactly one slash between endpoint and id, whether the endpoint ends in one or not', () => {
    expect(appendSegments('https://a.example/ocpi/locations', 'L1')).toBe('https://a.example/ocpi/locations/L1');
    expect(appendSegments('https://a.example/ocpi/locations/', 'L1')).toBe('https://a.example/ocpi/locations/L1');
  });

  it('ids are percent-encoded, the asterisk of an EVSE id stays readable', () => {
    expect(appendSegments('https://a.example', 'DE*ABC*E1', 'a/b #%')).toBe(
      'https://a.example/DE*ABC*E1/a%2Fb%20%23%25',
    );
  });

  it('a query of the endpoint stays behind the path', () => {
    expect(appendSegments('https://a.example/x?tenant=1', 'L1')).toBe('https://a.example/x/L1?tenant=1');
  });

  it('without segments an endpoint is left byte for byte', () => {
    expect(appendSegments('https://a.example/x/')).toBe('https://a.example/x/');
  });

  it('any segments appended are found again when the URL is split and decoded', () => {
    const segment = fc.string({ unit: 'binary', minLength: 1 }).filter(text => text.isWellFormed());
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.boolean(), (segments, slash) => {
        const url = appendSegments(`https://a.example/base${slash ? '/' : ''}`, ...segments);
        expect(splitPath(url).segments.map(decodeSegment)).toEqual(['base', ...segments]);
      }),
    );
  });

  it('half a surrogate pair does not throw', () => {
    expect(encodeSegment('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('splitting the target of a request', () => {
  it('path, segments and query are told apart, undecoded', () => {
    expect(splitPath('/ocpi/2.2.1/a%2Fb/?limit=5&x=1?y')).toEqual({
      path: '/ocpi/2.2.1/a%2Fb/',
      segments: ['ocpi', '2.2.1', 'a%2Fb'],
      trailingSlash: true,
      query: 'limit=5&x=1?y',
    });
  });

  it('an absolute URL gives the same as its path', () => {
    expect(splitPath('http://a.example:80/ocpi/versions')).toEqual(splitPath('/ocpi/versions'));
    expect(splitPath('http://a.example')).toMatchObject({ path: '/', segments: [] });
  });

  it('only one trailing slash is forgiven', () => {
    expect(splitPath('/ocpi//').segments).toEqual(['ocpi', '']);
    expect(splitPath('/').segments).toEqual([]);
  });

  it('segments are decoded once, and malformed ones are told', () => {
    expect(decodeSegment('a%252Fb')).toBe('a%2Fb');
    expect(decodeSegment('%zz')).toBeUndefined();
    expect(decodeSegment('%ff')).toBeUndefined();
    expect(decodeSegment('a+b')).toBe('a+b');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), text => void splitPath(text).segments.map(decodeSegment)));
  });
});

describe('appending a query', () => {
  it('parameters are encoded and joined to what is there', () => {
    expect(appendQuery('https://a.example/x', { limit: 5, offset: undefined })).toBe('https://a.example/x?limit=5');
    expect(appendQuery('https://a.example/x?a=1#top', { url: 'http://b/?c=d&e' })).toBe(
      'https://a.example/x?a=1&url=http%3A%2F%2Fb%2F%3Fc%3Dd%26e#top',
    );
    expect(appendQuery('https://a.example/x?', { a: '1' })).toBe('https://a.example/x?a=1');
    expect(appendQuery('https://a.example/x', {})).toBe('https://a.example/x');
  });

  it('any value is read back by a URL parser', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), value => {
        expect(new URL(appendQuery('https://a.example/x?b=c', { v: value })).searchParams.get('v')).toBe(value);
      }),
    );
  });
});

describe('reading a URL', () => {
  it('an absolute URL is usable and worth no finding', () => {
    expect(readUrl('https://a.example:8080/ocpi/versions?x=1').findings).toEqual([]);
    expect(readUrl('http://127.0.0.1:3000/').url?.host).toBe('127.0.0.1:3000');
  });

  it.each([
    ['/ocpi/2.2.1', 'url.relative'],
    ['ocpi/2.2.1', 'url.relative'],
    ['www.example.com', 'url.unusable'],
    ['None', 'url.unusable'],
    ['', 'url.unusable'],
    ['ftp://a.example/', 'url.scheme'],
    ['https:///path', 'url.unusable'],
    ['https://a b.example/', 'url.unusable'],
    ['https://a.example/a b', 'url.unusable'],
    ['http:a.example', 'url.unusable'],
  ])('%j cannot be called, and the finding says why', (text, code) => {
    const { url, findings } = readUrl(text, { pointer: '/url', severity: 'error' });
    expect(url).toBeUndefined();
    expect(findings).toMatchObject([{ code, pointer: '/url', severity: 'error' }]);
  });

  it('over-long URLs stay usable', () => {
    const { url, findings } = readUrl(`https://a.example/${'x'.repeat(300)}`);
    expect(url).toBeDefined();
    expect(findings.map(({ code }) => code)).toEqual(['url.too-long']);
  });

  it('a password in a URL is found and not quoted', () => {
    for (const text of ['https://me:secret@a.example/', 'ftp://me:secret@a.example/']) {
      const { findings } = readUrl(text);
      expect(findings).toHaveLength(1);
      expect(JSON.stringify(findings)).not.toContain('secret');
    }
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map(text => `https://${text}`),
        ),
        text => void readUrl(text),
      ),
    );
  });
});

describe('hosts', () => {
  it('those that only this machine reaches are told from all others', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopbackHost)).toBe(true);
    expect(['a.example', '10.0.0.1', '127.example.com', 'localhost.example', 'fd00::1'].some(isLoopbackHost)).toBe(
      false,
    );
  });
});
