import { describe, expect, it } from 'vitest';
import { FINDING_CODES, type FindingCode } from '../../core/ocpi/finding-codes.ts';
import { DETECTOR_VERSION, finding, shorten, worstOf } from '../../core/ocpi/findings.ts';

const codes = Object.keys(FINDING_CODES) as FindingCode[];

describe('the list of findings', () => {
  it.each(codes)('%s is dotted lower case and explained in whole sentences', code => {
    const { section, meaning, advice } = FINDING_CODES[code];
    expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/);
    expect(section).not.toBe('');
    expect(meaning).toMatch(/^\S.*[.]$/);
    expect(advice).toMatch(/^\S.*[.]$/);
  });

  it('a finding carries severity and section of its code, unless the case overrides them', () => {
    expect(finding('field.missing', { pointer: '/id', met: 'no field', expected: 'an id' })).toEqual({
      severity: 'error',
      code: 'field.missing',
      pointer: '/id',
      met: 'no field',
      expected: 'an id',
      section: '0.2',
      detector: DETECTOR_VERSION,
    });
    expect(finding('field.missing', { met: '', expected: '', severity: 'note' }).severity).toBe('note');
  });

  it('long values are quoted by their beginning and length', () => {
    expect(shorten('x'.repeat(500))).toBe(`${'x'.repeat(120)}… (500 characters)`);
    expect(shorten('short')).toBe('short');
  });

  it('the worst of several findings decides', () => {
    const note = finding('field.unknown', { met: '', expected: '' });
    const warning = finding('text.too-long', { met: '', expected: '' });
    const error = finding('field.null', { met: '', expected: '' });
    expect(worstOf([])).toBeUndefined();
    expect(worstOf([note])).toBe('note');
    expect(worstOf([note, warning])).toBe('warning');
    expect(worstOf([note, error, warning])).toBe('error');
  });
});
