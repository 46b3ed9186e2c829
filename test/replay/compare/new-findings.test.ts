import { expect, it } from 'vitest';
import { FINDING_CODES } from '../../../core/ocpi/finding-codes.ts';
import { LEFT_OUT, newFindings } from '../../../core/replay/compare/new-findings.ts';

it('findings that were there before are no news, however many there are; new ones are told once by their meaning', () => {
  const now = ['field.missing', 'envelope.missing', 'envelope.missing', 'field.missing'];
  expect(newFindings({ before: ['field.missing'], now })).toEqual([
    {
      layer: 'finding',
      where: '',
      expected: 'no such finding',
      met: 'envelope.missing',
      meaning: 'The answer is JSON, but not the OCPI envelope.',
    },
  ]);
});

it('a finding of a newer workbench is told by its code', () => {
  expect(newFindings({ before: [], now: ['brand.new'] })[0]?.meaning).toContain('brand.new');
});

it('findings that say nothing of the partner are left out, each by a code there is', () => {
  expect(newFindings({ before: [], now: Object.keys(LEFT_OUT) })).toEqual([]);
  expect(Object.keys(LEFT_OUT).filter(code => !(code in FINDING_CODES))).toEqual([]);
});
