import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../core/contract/run.ts';
import { createExchangeIds } from '../../../core/workbench/session-logs/importing/import-ids.ts';
import { exchangesOf, withExchanges } from '../../../core/workbench/session-logs/importing/import-runs.ts';
import { runLine } from '../../session-log/support/lines.ts';

describe('which exchange was which', () => {
  it('is known of every one, whatever the order of the file; of two with one id the first counts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3000), { maxLength: 3000 }), numbers => {
        const ids = createExchangeIds();
        const first = new Map<number, number>();
        numbers.forEach((was, at) => {
          ids.add(was, at + 1);
          if (!first.has(was)) first.set(was, at + 1);
        });
        for (const [was, now] of first) expect(ids.now(was)).toBe(now);
        expect(ids.now(-1)).toBeUndefined();
        expect(ids.now(5000)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('is known of those that follow each other, with gaps in the file and others recorded in between', () => {
    const stretches = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 9 })), { maxLength: 40 });
    fc.assert(
      fc.property(stretches, given => {
        const ids = createExchangeIds();
        const expected = new Map<number, number>();
        let [was, now] = [0, 100];
        for (const [gap, between, length] of given) {
          was += gap;
          now += between;
          for (let at = 0; at < length; at++) {
            ids.add(++was, ++now);
            expected.set(was, now);
          }
        }
        for (let id = 0; id <= was + 1; id++) expect(ids.now(id)).toBe(expected.get(id));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a run that names exchanges', () => {
  const failure = { id: 'S1', ok: false, method: 'PUT', exchangeIds: [3, 4], reason: 'refused' };
  const run: Run = {
    ...runLine().run,
    steps: [
      { step: 'one', ok: true, exchangeIds: [1], reason: '', findings: [] },
      { step: 'none', ok: true, exchangeIds: [], reason: '', findings: [] },
      { step: 'two', ok: true, exchangeIds: [2, 3], reason: '', findings: [] },
    ],
    result: {
      summary: '',
      push: { sent: 1, ok: 0, failed: 1, left: 0, failures: [failure], putMayHelp: false, locations: [] },
      asked: { operation: 'commands.post', results: [{ result: 'ACCEPTED', exchangeId: 9, afterMs: 3 }] },
    },
  };

  it('names the same ones by other ids', () => {
    const groups = exchangesOf(run);
    expect(groups).toEqual([[1], [], [2, 3], [3, 4], [9]]);
    const moved = withExchanges(
      run,
      groups.map(group => group.map(id => id + 100)),
    );
    expect(exchangesOf(moved)).toEqual([[101], [], [102, 103], [103, 104], [109]]);
    expect(withExchanges(moved, groups)).toEqual(run);
  });

  it('names none before they are known', () => {
    expect(exchangesOf(withExchanges(run, []))).toEqual([[], [], [], [], [0]]);
  });
});
