import { describe, expect, it } from 'vitest';
import { CASES, caseByNumber, casesOf } from '../../core/insight/cases.ts';
import { FINDING_CODES } from '../../core/ocpi/finding-codes.ts';

describe('the failure cases', () => {
  it('are numbered from 1 to 35', () => {
    expect(CASES.map(({ number }) => number)).toEqual(Array.from({ length: 35 }, (_, at) => at + 1));
    expect(caseByNumber(17)?.title).toBe('HTTP status and OCPI status disagree');
    expect([0, 36, 1.5].map(caseByNumber)).toEqual([undefined, undefined, undefined]);
  });

  it.each(CASES)('case $number is shown by findings that exist, each once', ({ findings }) => {
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings).size).toBe(findings.length);
    expect(findings.filter(code => !(code in FINDING_CODES))).toEqual([]);
  });

  it('are found by the code of a finding', () => {
    expect(casesOf('registration.token-a-again').map(({ number }) => number)).toEqual([4, 5]);
    expect(casesOf('field.unknown')).toEqual([]);
  });
});
