import { describe, expect, it } from 'vitest';
import { LogExport } from '../../../../core/contract/session-log.ts';
import {
  exportOf,
  hasTables,
  isNothing,
  isReasonMissing,
  NEW_DRAFT,
  previewOf,
  withGroup,
} from '../../../../renderer/features/logs/export/draft.ts';

const kept = withGroup(NEW_DRAFT, 'personal', false);

const NONE = { links: 0, rules: 0, runs: 0, exchanges: 0, findings: 0, notes: 0, objects: 0, revisions: 0 };

describe('an export that would hold nothing', () => {
  it('is one without exchanges, runs and objects, or a table of links without a link', () => {
    expect(isNothing(NONE, NEW_DRAFT)).toBe(true);
    expect(isNothing({ ...NONE, objects: 1 }, NEW_DRAFT)).toBe(false);
    expect(isNothing({ ...NONE, runs: 1 }, { format: 'csv', table: 'runs' })).toBe(false);
    expect(isNothing({ ...NONE, links: 2 }, NEW_DRAFT)).toBe(true);
    expect(isNothing({ ...NONE, links: 2 }, { format: 'csv', table: 'links' })).toBe(false);
    expect(isNothing({ ...NONE, exchanges: 1 }, { format: 'jsonl', table: 'links' })).toBe(true);
    // What charges there are is found out by the export itself.
    expect(isNothing(NONE, { format: 'csv', table: 'transactions' })).toBe(false);
  });
});

describe('an export before it is made', () => {
  it('replaces personal data unless told otherwise', () => {
    expect(exportOf({}, NEW_DRAFT)).toEqual({
      scope: {},
      title: '',
      format: 'ocpilog',
      table: 'exchanges',
      redaction: { groups: ['personal'] },
    });
    expect(isReasonMissing(NEW_DRAFT)).toBe(false);
  });

  it('keeps personal data only with a reason, which blanks are not', () => {
    expect(isReasonMissing(kept)).toBe(true);
    expect(isReasonMissing({ ...kept, reason: '  a  ' })).toBe(true);
    expect(LogExport.safeParse(exportOf({}, kept)).success).toBe(false);
    const reasoned = { ...kept, reason: ' agreed with them ' };
    expect(isReasonMissing(reasoned)).toBe(false);
    expect(exportOf({}, reasoned).redaction).toEqual({ groups: [], keepPersonal: 'agreed with them' });
    // Typed, but personal data is replaced after all: no reason goes along.
    expect(exportOf({}, { ...reasoned, groups: ['personal'] }).redaction).toEqual({ groups: ['personal'] });
  });

  it('can be previewed before the reason is typed, and is not previewed anew at every letter of it or of the title', () => {
    expect(LogExport.safeParse(previewOf({}, kept)).success).toBe(true);
    expect(previewOf({}, { ...kept, reason: 'because', title: 'A title' })).toEqual(previewOf({}, kept));
  });

  it('has the groups in one order, however they were switched', () => {
    const groups = withGroup(withGroup(withGroup(NEW_DRAFT, 'hosts', true), 'parties', true), 'hosts', true).groups;
    expect(groups).toEqual(['personal', 'parties', 'hosts']);
  });

  it('is of one table in the formats that hold one', () => {
    expect(['ocpilog', 'har', 'postman', 'curl', 'jsonl', 'csv'].filter(format => hasTables(format as 'csv'))).toEqual([
      'jsonl',
      'csv',
    ]);
  });
});
