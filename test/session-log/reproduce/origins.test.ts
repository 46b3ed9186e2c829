import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMoving, plainPath } from '../../../core/session-log/reproduce/origins.ts';

const HERE = 'http://127.0.0.1:7000';
const move = createMoving(
  [
    { base: 'https://acme.example', prefix: '' },
    { base: 'https://api.acme.example:8443', prefix: '/~2' },
    { base: 'https://wbx.example/front', prefix: '' },
  ],
  HERE,
);

describe('what named the recorded side', () => {
  it.each([
    ['https://acme.example/ocpi/versions', `${HERE}/ocpi/versions`],
    ['HTTPS://ACME.example:443/x', `${HERE}/x`],
    ['https://acme.example', HERE],
    ['"https:\\/\\/acme.example\\/ocpi"', `"${HERE.replaceAll('/', '\\/')}\\/ocpi"`],
    ['<https://api.acme.example:8443/l?offset=2>; rel="next"', `<${HERE}/~2/l?offset=2>; rel="next"`],
    ['{"a":"https://wbx.example/front/ocpi', `{"a":"${HERE}/ocpi`],
  ])('%s is named at this server', (text, moved) => {
    expect(move(text)).toBe(moved);
  });

  it.each([
    'https://acme.example.org/ocpi',
    'http://acme.example/ocpi',
    'https://acme.example:8443/ocpi',
    'https://user@acme.example/ocpi',
    'https://wbx.example/frontier/ocpi',
    'https://wbx.example/ocpi',
    'not https://at all',
  ])('%s names somebody else', text => {
    expect(move(text)).toBe(text);
  });

  it('is moved wherever it stands, and nothing else is touched', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('https://acme.example/a', ' ', '"', '€', '{', 'https:', '//', 'x')),
        parts => {
          const text = parts.join(' ');
          expect(move(text)).toBe(text.replaceAll('https://acme.example', HERE));
        },
      ),
    );
  });
});

describe('paths that mean the same', () => {
  it.each([
    ['/ocpi/locations/', '/ocpi/locations'],
    ['/ocpi/a%2Fb', '/ocpi/a%2Fb'],
    ['/ocpi/%41%20b', '/ocpi/A%20b'],
    ['/ocpi/%zz', '/ocpi/%zz'],
    ['/', '/'],
  ])('%s is %s', (path, plain) => {
    expect(plainPath(path)).toBe(plain);
    expect(plainPath(plain)).toBe(plain);
  });
});
