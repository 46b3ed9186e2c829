import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRedirect } from '../../core/ocpi/redirects.ts';

const judged = (location: string, url: string) =>
  judgeRedirect({ status: 302, headers: [['Location', location]] }, { method: 'GET', url, followed: 0 });

describe('a redirect', () => {
  it('is refused where it leads nowhere, or elsewhere', () => {
    const url = 'https://acme.example/ocpi/versions';
    expect(judged('/ocpi/versions/', url)).toMatchObject({ kind: 'follow', url: `${url}/` });
    expect(judged('A:', url)).toMatchObject({ kind: 'refuse', reason: expect.stringContaining('another origin') });
    expect(judged('https://', url)).toMatchObject({
      kind: 'refuse',
      reason: expect.stringContaining('that is no URL'),
    });
  });

  it('is refused where the URL that was asked is none, as in recordings of others', () => {
    const refused = judged('A:', 'null/');
    expect(refused).toMatchObject({
      kind: 'refuse',
      finding: { code: 'wire.redirect-refused', expected: 'an answer, or a redirect within null/' },
    });
  });

  it('is judged whatever was asked and whatever was answered', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('A:', '//', '?', 'http://')),
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('null/', '', 'A:')),
        (location, url) => {
          const redirect = judged(location, url);
          if (redirect.kind === 'follow') expect(new URL(redirect.url).origin).toBe(new URL(url).origin);
        },
      ),
    );
  });
});
