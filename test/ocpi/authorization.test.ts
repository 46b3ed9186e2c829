import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultForm,
  formFindings,
  readAuthorization,
  type SentForm,
  type WrittenForm,
  writeAuthorization,
} from '../../core/ocpi/authorization.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const token = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map(code => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 64,
});

function formOf(header: string, wanted: string): WrittenForm | undefined {
  const read = readAuthorization([header]);
  return read.kind === 'candidates' ? read.candidates.find(candidate => candidate.token === wanted)?.form : undefined;
}

describe('writing an Authorization header', () => {
  it('a token goes out raw on 2.1.1 and as Base64 from 2.2 on', () => {
    expect(writeAuthorization('example-token', defaultForm('2.1.1'))).toBe('Token example-token');
    expect(writeAuthorization('example-token', defaultForm('2.2.1'))).toBe('Token ZXhhbXBsZS10b2tlbg==');
    expect(defaultForm('2.3.0')).toBe('base64');
  });

  it('letters outside ASCII are encoded as UTF-8', () => {
    expect(writeAuthorization('tökèn', 'base64')).toBe(`Token ${base64('tökèn')}`);
  });

  it('any token written in either form is among the candidates read, in that form', () => {
    fc.assert(
      fc.property(token, fc.constantFrom<SentForm>('raw', 'base64'), (secret, form) => {
        expect(formOf(writeAuthorization(secret, form), secret)).toBe(form);
      }),
    );
  });
});

describe('reading an Authorization header', () => {
  it.each<[string, string, WrittenForm]>([
    ['the raw token', 'example-token', 'raw'],
    ['Base64', 'ZXhhbXBsZS10b2tlbg==', 'base64'],
    ['the Base64 of the specification samples, with its line feed', 'ZXhhbXBsZS10b2tlbgo=', 'base64+lf'],
    ['Base64 with CR and LF', base64('example-token\r\n'), 'base64+lf'],
    ['Base64 with a blank in front', base64(' example-token'), 'base64+lf'],
    ['Base64 without padding', 'ZXhhbXBsZS10b2tlbg', 'base64-unpadded'],
    ['Base64 twice', base64(base64('example-token')), 'double-base64'],
    ['Base64 twice, each with a line feed', base64(`${base64('example-token\n')}\n`), 'double-base64'],
  ])('%s leads to the token', (_, parameter, form) => {
    expect(formOf(`Token ${parameter}`, 'example-token')).toBe(form);
  });

  it('URL-safe Base64 leads to the token', () => {
    const secret = 'a~~~?>>>z';
    const parameter = Buffer.from(secret).toString('base64url');
    expect(parameter).toMatch(/[-_]/);
    expect(formOf(`Token ${parameter}`, secret)).toBe('base64url');
  });

  it('a raw token that looks like Base64 is tried raw first', () => {
    const read = readAuthorization(['Token ZXhhbXBsZS10b2tlbg==']);
    expect(read.kind === 'candidates' && read.candidates.map(({ form }) => form)).toEqual(['raw', 'base64']);
  });

  it('a reading with a line feed or another control character in it is no candidate', () => {
    const read = readAuthorization(['Token ZXhhbXBsZS10b2tlbgo=']);
    expect(read.kind === 'candidates' && read.candidates).toEqual([
      { token: 'ZXhhbXBsZS10b2tlbgo=', form: 'raw' },
      { token: 'example-token', form: 'base64+lf' },
    ]);
    const broken = readAuthorization([`Token ${base64('exam\u0000ple')}`]);
    expect(broken.kind === 'candidates' && broken.candidates.map(({ form }) => form)).toEqual(['raw']);
  });

  it('a token that is no Base64 of text has only its raw reading', () => {
    const read = readAuthorization(['Token ebf3b399-779f-4497-9b9d-ac6ad3cc44d2']);
    expect(read.kind === 'candidates' && read.candidates).toHaveLength(1);
  });

  it.each([
    ['token abc', ['authorization.scheme-case']],
    ['TOKEN  abc', ['authorization.scheme-case', 'authorization.spacing']],
    ['Token\tabc', ['authorization.spacing']],
    ['Token abc', []],
  ])('%j is read, with findings about its spelling', (header, codes) => {
    const read = readAuthorization([header]);
    expect(read.kind).toBe('candidates');
    expect(formOf(header, 'abc')).toBe('raw');
    expect(read.findings.map(({ code }) => code)).toEqual(codes);
  });

  it.each([
    ['Bearer abc', 'authorization.scheme'],
    ['Basic YTpi', 'authorization.scheme'],
    ['abcdef', 'authorization.scheme'],
    ['', 'authorization.scheme'],
    ['Tokenabc', 'authorization.scheme'],
    ['Token', 'authorization.no-token'],
    ['Token   ', 'authorization.no-token'],
  ])('%j holds no usable token, and the finding says why', (header, code) => {
    const read = readAuthorization([header]);
    expect(read.kind).toBe('unusable');
    expect(read.findings.map(found => found.code)).toEqual([code]);
  });

  it('no header at all is told apart from an unusable one', () => {
    const read = readAuthorization([]);
    expect(read.kind).toBe('none');
    expect(read.findings[0]?.code).toBe('authorization.missing');
  });

  it('the same header twice is read with a warning, two different ones are refused', () => {
    expect(readAuthorization(['Token a', 'Token a']).kind).toBe('candidates');
    const different = readAuthorization(['Token a', 'Token b']);
    expect(different.kind).toBe('unusable');
    expect(different.findings[0]?.code).toBe('authorization.repeated');
  });

  it('never throws, whatever a header holds, and no finding quotes the parameter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('Token ', 'token  ', 'Bearer ', ''),
        (text, scheme) => {
          const { findings } = readAuthorization([scheme + text]);
          const parameter = text.trim();
          if (scheme !== '' && parameter.length > 6) expect(JSON.stringify(findings)).not.toContain(parameter);
        },
      ),
    );
  });
});

describe('judging the form of a token that matched', () => {
  it('the form of the version is worth no finding', () => {
    expect(formFindings('raw', '2.1.1')).toEqual([]);
    expect(formFindings('base64', '2.2.1')).toEqual([]);
  });

  it('raw on 2.2 and later, Base64 on 2.1.1 and odd spellings are warnings', () => {
    expect(formFindings('raw', '2.3.0')[0]).toMatchObject({ code: 'authorization.form', severity: 'warning' });
    expect(formFindings('base64', '2.1.1')[0]?.code).toBe('authorization.form');
    expect(formFindings('double-base64', '2.2.1')[0]?.code).toBe('authorization.form');
  });

  it('a line feed inside the Base64 is named as such', () => {
    expect(formFindings('base64+lf', '2.2.1')[0]).toMatchObject({ code: 'authorization.line-feed', section: 'T1' });
  });
});
