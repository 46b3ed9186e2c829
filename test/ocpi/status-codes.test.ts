import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSuccess, statusCode } from '../../core/ocpi/status-codes.ts';
import { VERSIONS } from '../../core/ocpi/versions.ts';

describe('explaining a status code', () => {
  it('2004 and the hub codes exist from 2.2 on only', () => {
    for (const code of [2004, 4000, 4001, 4002, 4003]) {
      expect(statusCode(code, '2.2.1').known).toBe(true);
      expect(statusCode(code, '2.1.1')).toMatchObject({ known: false, meaning: expect.stringContaining('2.2') });
    }
  });

  it('the custom ranges are known from 2.2 on', () => {
    expect(statusCode(2942, '2.2.1')).toMatchObject({ known: true, family: 'client', meaning: 'custom client error' });
    expect(statusCode(2942, '2.1.1').known).toBe(false);
    expect(statusCode(2942, '2.3.0').advice).toContain('2900');
  });

  it('an unknown code is read by its first digit', () => {
    expect(statusCode(3777, '2.2.1')).toMatchObject({
      known: false,
      family: 'server',
      meaning: 'unknown server error',
    });
    expect(statusCode(1001, '2.2.1')).toMatchObject({ known: false, family: 'success' });
  });

  it('an HTTP status in the envelope is no OCPI code', () => {
    expect(statusCode(200, '2.2.1')).toMatchObject({ known: false, family: 'unknown', meaning: 'no OCPI status code' });
    expect(isSuccess(200)).toBe(false);
    expect(isSuccess(1999)).toBe(true);
  });

  it('every number is explained with a meaning and an advice in whole sentences', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.integer({ min: 900, max: 5100 }), fc.double()),
        fc.constantFrom(...VERSIONS),
        (code, version) => {
          const { meaning, advice } = statusCode(code, version);
          expect(meaning).not.toBe('');
          expect(advice).toMatch(/^[A-Z].*\.$/s);
        },
      ),
    );
  });
});
