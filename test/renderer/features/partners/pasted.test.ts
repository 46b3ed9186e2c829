import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackUrl, pastedToken, pastedUrl, suggestedName } from '../../../../renderer/features/partners/pasted.ts';

describe('a pasted versions URL', () => {
  it.each([
    ['  https://acme.example/ocpi/versions\n'],
    ['<https://acme.example/ocpi/versions>,'],
    ['"https://acme.example/\nocpi/versions"'],
    ['\u200bhttps://acme.example/ocpi/versions\u00a0'],
  ])('loses what stands around it: %j', text => {
    expect(pastedUrl(text)).toEqual({ ok: true, url: 'https://acme.example/ocpi/versions' });
  });

  it('keeps a query, a trailing slash and its spelling: those may matter', () => {
    expect(pastedUrl('HTTPS://Acme.example/OCPI/versions/?key=a%20b')).toEqual({
      ok: true,
      url: 'HTTPS://Acme.example/OCPI/versions/?key=a%20b',
    });
  });

  it('is pointed out where it looks like the details of one version', () => {
    expect(pastedUrl('https://acme.example/ocpi/2.2.1')).toMatchObject({ ok: true, hint: 'details' });
    expect(pastedUrl('https://acme.example/ocpi/2.2/')).toMatchObject({ ok: true, hint: 'details' });
  });

  it('is refused with the reason', () => {
    expect(pastedUrl(' \n')).toEqual({ ok: false, problem: 'empty' });
    expect(pastedUrl('acme.example/ocpi')).toEqual({ ok: false, problem: 'scheme' });
    expect(pastedUrl('ftp://acme.example')).toEqual({ ok: false, problem: 'scheme' });
    expect(pastedUrl('https://')).toEqual({ ok: false, problem: 'unusable' });
  });

  it('never brings blanks through', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const read = pastedUrl(`https://a.example/${text}`);
        return !read.ok || !/\s/.test(read.url);
      }),
    );
  });
});

describe('a pasted token', () => {
  it('loses the header around it', () => {
    expect(pastedToken(' Authorization: Token abc=\n')).toEqual({ ok: true, token: 'abc=' });
    expect(pastedToken('Token abc')).toEqual({ ok: true, token: 'abc' });
    expect(pastedToken('Token')).toEqual({ ok: true, token: 'Token' });
  });

  it('is refused with the reason, without being quoted', () => {
    expect(pastedToken('  ')).toEqual({ ok: false, problem: 'empty' });
    expect(pastedToken('two words')).toEqual({ ok: false, problem: 'characters' });
    expect(pastedToken('größe')).toEqual({ ok: false, problem: 'characters' });
    expect(pastedToken('x'.repeat(257))).toEqual({ ok: false, problem: 'long' });
  });
});

describe('a name for a link', () => {
  it('comes from the address', () => {
    expect(suggestedName('https://ocpi.acme.example/ocpi/versions', [])).toBe('acme');
    expect(suggestedName('https://api.roaming.volta-power.co.uk/x', [])).toBe('volta-power');
    expect(suggestedName('http://127.0.0.1:4000/ocpi/versions', [])).toBe('partner');
    expect(suggestedName('nonsense', [])).toBe('partner');
  });

  it('is never one that is taken', () => {
    expect(suggestedName('https://ocpi.acme.example', ['acme', 'acme 2'])).toBe('acme 3');
  });
});

describe('an address that only this machine reaches', () => {
  it('is told from others', () => {
    for (const url of ['http://127.0.0.1:80/x', 'http://localhost/x', 'http://[::1]:9/x'])
      expect(isLoopbackUrl(url)).toBe(true);
    for (const url of ['https://acme.example', 'http://192.168.1.4/x', 'x']) expect(isLoopbackUrl(url)).toBe(false);
  });
});
