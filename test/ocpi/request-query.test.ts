import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryValue, readResponseUrl, readTokenType } from '../../core/ocpi/request-query.ts';

const codes = (query: string) => readResponseUrl(query).findings.map(({ code }) => code);

describe('response_url in a query', () => {
  it('is decoded once where it is encoded', () => {
    const query = 'duration=900&response_url=https%3A%2F%2Fa.example%2Fcb%3Frequest_id%3D7%26x%3D%252F';
    expect(readResponseUrl(query)).toEqual({ url: 'https://a.example/cb?request_id=7&x=%2F', findings: [] });
    expect(readResponseUrl('response_url=https%3A%2F%2Fa.example&duration=900').url).toBe('https://a.example');
  });

  it('that is not encoded owns everything behind it (T14)', () => {
    const query = 'duration=900&response_url=https://a.example/cb?request_id=7&more=1';
    expect(readResponseUrl(query).url).toBe('https://a.example/cb?request_id=7&more=1');
    expect(codes(query)).toEqual(['response-url.unencoded']);
  });

  it('is told when it is missing or cannot be called', () => {
    expect(codes('duration=900')).toEqual(['response-url.missing']);
    expect(codes('my_response_url=https://a.example')).toEqual(['response-url.missing']);
    expect(readResponseUrl('response_url=callback')).toMatchObject({ findings: [{ severity: 'error' }] });
    expect(readResponseUrl('response_url=callback').url).toBeUndefined();
    expect(readResponseUrl('response_url=%E0%A4%A').url).toBeUndefined();
  });

  it('comes back as it was encoded, whatever its own query', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.nat(), (url, duration) => {
        const query = `duration=${duration}&response_url=${encodeURIComponent(url)}`;
        expect(readResponseUrl(query)).toEqual({ url, findings: [] });
        expect(readResponseUrl(`duration=${duration}&response_url=${url}`).url).toBe(url);
        expect(queryValue(query, 'duration')).toBe(String(duration));
      }),
    );
  });
});

describe('the type of a token in a query', () => {
  it('is RFID unless told, under either of its names (T44)', () => {
    expect(readTokenType('')).toBe('RFID');
    expect(readTokenType('type=APP_USER')).toBe('APP_USER');
    expect(readTokenType('a=1&token_type=OTHER')).toBe('OTHER');
  });
});
