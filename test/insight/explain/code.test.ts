import { describe, expect, it } from 'vitest';
import { CASES } from '../../../core/insight/cases.ts';
import { clauseWords } from '../../../core/insight/explain/clauses.ts';
import { explainCode } from '../../../core/insight/explain/code.ts';
import { FINDING_CODES } from '../../../core/ocpi/finding-codes.ts';

describe('a code', () => {
  it('of OCPI is told by version where it is not the same in all', () => {
    expect(explainCode('2001')).toMatchObject({ layer: 'ocpi', section: '2', meanings: [{ versions: [] }] });
    expect(explainCode('2004')?.meanings.map(({ versions }) => versions)).toEqual([['2.1.1'], ['2.2.1', '2.3.0']]);
  });

  it('of HTTP is told for both directions', () => {
    const explained = explainCode(' 401 ');
    expect(explained).toMatchObject({
      code: '401',
      layer: 'http',
      meanings: [{ meaning: 'the token was not accepted' }],
    });
    expect(explained?.next.some(step => step.startsWith('Where we asked: '))).toBe(true);
    expect(explained?.next.some(step => step.startsWith('Where we were asked: '))).toBe(true);
    expect(explained?.cases.map(({ number }) => number)).toContain(2);
  });

  it.each(['timeout', 'TLS', 'refused', 'broken-off', '418', '599', '302', '1000', '2999', '4001', 'case 17', '#35'])(
    '%s is explained',
    code => {
      const explained = explainCode(code);
      expect(explained?.meanings.length).toBeGreaterThan(0);
      expect(explained?.meanings.every(({ meaning }) => meaning !== '')).toBe(true);
    },
  );

  it('of every finding and of every case is explained', () => {
    for (const code of Object.keys(FINDING_CODES)) expect(explainCode(code)?.meanings, code).toHaveLength(1);
    for (const { number, title } of CASES) {
      expect(explainCode(`case ${number}`)).toMatchObject({
        cases: [{ number, title }],
        meanings: [{ meaning: title }],
      });
    }
  });

  it.each(['', '7', 'case 36', 'case 0', 'no.such.finding', 'constructor', '__proto__', '99999'])(
    'nobody knows, as "%s", is not explained',
    code => {
      expect(explainCode(code)).toBeUndefined();
    },
  );
});

describe('the sections the workbench refers to', () => {
  it('are named for those who have only the documents of OCPI', () => {
    expect(clauseWords('1.5, T9')).toEqual([
      'Errors and HTTP status codes (chapter Transport and format)',
      'a known ambiguity of the documents: when an HTTP error is due, and when an OCPI status code',
    ]);
    const sections = [...Object.values(FINDING_CODES), ...CASES].map(({ section }) => section);
    expect(sections.filter(section => clauseWords(section).length === 0)).toEqual([]);
  });
});
