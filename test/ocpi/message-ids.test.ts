import { describe, expect, it } from 'vitest';
import { echoFindings, readMessageIds, writeMessageIds } from '../../core/ocpi/message-ids.ts';
import type { RawHeaders } from '../../core/ocpi/raw-headers.ts';

const both: RawHeaders = [
  ['x-request-id', 'r1'],
  ['X-CORRELATION-ID', 'c1'],
];

describe('message ids', () => {
  it('are read in any case of the header names, and need not be UUIDs', () => {
    expect(readMessageIds(both, '2.2.1')).toEqual({ requestId: 'r1', correlationId: 'c1', findings: [] });
  });

  it('are missed on 2.2 and later only', () => {
    expect(readMessageIds([], '2.3.0').findings.map(({ pointer }) => pointer)).toEqual([
      'header:X-Request-ID',
      'header:X-Correlation-ID',
    ]);
    expect(readMessageIds([], '2.1.1')).toEqual({ findings: [] });
    expect(readMessageIds([], undefined)).toEqual({ findings: [] });
  });

  it('an empty header is as good as none', () => {
    expect(readMessageIds([['X-Request-ID', ' ']], '2.2.1').requestId).toBeUndefined();
  });

  it('the first of several different values is used, with a warning', () => {
    const read = readMessageIds([...both, ['X-Request-ID', 'r2']], '2.2.1');
    expect(read.requestId).toBe('r1');
    expect(read.findings.map(({ code }) => code)).toEqual(['message-id.repeated']);
    expect(readMessageIds([...both, ['X-Request-ID', 'r1']], '2.2.1').findings).toEqual([]);
  });

  it('what is written is what is read', () => {
    const ids = { requestId: 'r1', correlationId: 'c1' };
    expect(readMessageIds(writeMessageIds(ids), '2.2.1')).toEqual({ ...ids, findings: [] });
    expect(writeMessageIds({})).toEqual([]);
  });

  it('an answer has to repeat both', () => {
    const sent = { requestId: 'r1', correlationId: 'c1' };
    expect(echoFindings(sent, both, '2.2.1')).toEqual([]);
    expect(
      echoFindings(
        sent,
        [
          ['X-Request-ID', 'other'],
          ['X-Correlation-ID', 'c1'],
        ],
        '2.2.1',
      ),
    ).toMatchObject([{ code: 'message-id.changed', met: 'other', expected: 'r1' }]);
    expect(echoFindings(sent, [], '2.2.1').map(({ code }) => code)).toEqual([
      'message-id.missing',
      'message-id.missing',
    ]);
    expect(echoFindings(sent, [], '2.1.1')).toEqual([]);
  });
});
