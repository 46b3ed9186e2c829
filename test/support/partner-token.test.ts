import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highestCommon } from './partner/dialect.ts';
import { hasRoles } from './partner/options.ts';
import { authorization, readAuthorization, type TokenForm } from './partner/token.ts';

const printable = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map(code => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 64,
});
const form = fc.constantFrom<TokenForm>('raw', 'base64', 'base64+lf');

test('a token is read back in the form it was written, whatever its characters', () => {
  fc.assert(
    fc.property(printable, form, (token, written) => {
      expect(readAuthorization(authorization(token, written), [token])).toEqual({ token, form: written });
    }),
  );
});

test('a token that looks like the Base64 of another one is taken for itself when it is asked for first', () => {
  const value = 'Token dG9rZW4=';
  expect(readAuthorization(value, ['dG9rZW4='])).toEqual({ token: 'dG9rZW4=', form: 'raw' });
  expect(readAuthorization(value, ['token'])).toEqual({ token: 'token', form: 'base64' });
});

test.each(['', 'token abc', 'Token  abc', 'Bearer abc', 'Token ABC', 'Token YWJj\n', 'abc', undefined])(
  'the Authorization value %j carries no token abc',
  value => {
    expect(readAuthorization(value, ['abc'])).toBeUndefined();
  },
);

test("the specification's own sample is recognised as Base64 with a line feed", () => {
  expect(authorization('example-token', 'base64+lf')).toBe('Token ZXhhbXBsZS10b2tlbgo=');
  expect(authorization('example-token', 'base64')).toBe('Token ZXhhbXBsZS10b2tlbg==');
});

test('versions compare by number, and only the same text is the same version', () => {
  expect(highestCommon(['2.1.1', '2.9', '2.10'], ['2.10', '2.9', '3.0'])).toBe('2.10');
  expect(highestCommon(['2.1.1'], ['2.1'])).toBeUndefined();
  expect(['1.9', '2.0', '2.1', '2.1.1', '2.2', '2.2.1', '2.3.0', '3.0'].map(hasRoles)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
  ]);
});
