import { describe, expect, it } from 'vitest';
import { handedOver } from '../../../core/workbench/session-logs/importing/import-bodies.ts';
import type { IncomingRecord } from '../../../core/workbench/session-logs/importing/import-messages.ts';
import { recordOf } from '../../../core/workbench/session-logs/importing/import-records.ts';
import { exchangeLine, ruleLine } from '../../session-log/support/lines.ts';

const incoming = (id: number, changes: Parameters<typeof exchangeLine>[1] = {}): IncomingRecord => ({
  kind: 'exchange',
  was: id,
  record: recordOf(exchangeLine(id, changes), Date.now()),
});

describe('a group of exchanges on its way to another thread', () => {
  it('has all of its bodies in one piece of memory, with nothing else in it', () => {
    const given = [incoming(1), { kind: 'rule', line: ruleLine() } as const, incoming(2, { response: undefined })];
    const { records, buffers } = handedOver(given);
    expect(structuredClone(records)).toEqual(structuredClone(given));
    const bodies = records.flatMap(one =>
      one.kind === 'exchange' ? [one.record.request.body, one.record.response?.body ?? new Uint8Array()] : [],
    );
    expect(buffers).toHaveLength(1);
    expect(buffers[0]?.byteLength).toBe(bodies.reduce((sum, { length }) => sum + length, 0));
    const filled = bodies.filter(({ length }) => length > 0);
    expect(filled).toHaveLength(3);
    for (const { buffer } of filled) expect(buffer).toBe(buffers[0]);
  });

  it('has none where there are no bodies', () => {
    const request = { method: 'GET', url: '/', headers: [] };
    const given = [incoming(1, { request, response: undefined })];
    expect(handedOver(given)).toEqual({ records: given, buffers: [] });
  });
});
