import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransactionPoint } from '../../../../core/contract/transaction.ts';
import { courseRows, rowWith } from '../../../../renderer/features/transactions/course/fold.ts';
import { pointOf } from './point.ts';

const NONE: ReadonlySet<string> = new Set();
const patches = (from: number, count: number, change: Partial<TransactionPoint> = {}) =>
  Array.from({ length: count }, (_, at) => pointOf(from + at, change));
const command = pointOf(1, { kind: 'command', operation: 'commands.start-session', direction: 'out' });
const finding = { severity: 'warning', code: 'a.b', pointer: '', met: '', expected: '', section: '7.2' } as const;

/** `1 fold(2-6) 7`. */
function told(points: readonly TransactionPoint[], unfolded = NONE): string {
  return courseRows(points, unfolded)
    .map(row =>
      row.kind === 'fold'
        ? `fold(${row.fold.first.exchangeId}-${row.fold.last.exchangeId})`
        : `${row.inside ? '.' : ''}${row.point.exchangeId}`,
    )
    .join(' ');
}

describe('the course of a charge', () => {
  it('folds equal exchanges one after the other into a line, and leaves few of them alone', () => {
    expect(told([command, ...patches(2, 5), pointOf(7, { operation: 'cdrs.post', kind: 'cdr' })])).toBe(
      '1 fold(2-6) 7',
    );
    expect(told([command, ...patches(2, 3)])).toBe('1 2 3 4');
  });

  it('shows the lines of a run below it once it is unfolded, and goes on with the same run as it grows', () => {
    const unfolded = new Set(['fold 2']);
    expect(told([command, ...patches(2, 4)], unfolded)).toBe('1 fold(2-5) .2 .3 .4 .5');
    expect(told([command, ...patches(2, 6)], unfolded)).toBe('1 fold(2-7) .2 .3 .4 .5 .6 .7');
  });

  it.each([
    ['failed', { ok: false, httpStatus: 500 }],
    ['has a finding of weight', { findings: [finding] }],
    ['had a fault of ours at work', { faults: ['timing.late'] }],
    ['is open still', { ended: 'open' }],
    ['goes the other way', { direction: 'out' as const }],
    ['is another operation', { operation: 'sessions.put' }],
  ])('never folds away an exchange that %s', (_, change) => {
    expect(told([...patches(1, 4), pointOf(5, change), ...patches(6, 4)])).toBe('fold(1-4) 5 fold(6-9)');
  });

  it('begins another run where the status changes, not where it is not said', () => {
    const points = [
      ...patches(1, 4, { status: 'PENDING' }),
      ...patches(5, 2, { status: 'ACTIVE' }),
      ...patches(7, 3),
      ...patches(10, 4, { status: 'COMPLETED' }),
    ];
    expect(told(points)).toBe('fold(1-4) fold(5-9) fold(10-13)');
    const put = pointOf(1, { operation: 'sessions.put', status: 'ACTIVE' });
    const end = pointOf(6, { status: 'COMPLETED' });
    expect(told([put, ...patches(2, 4), end])).toBe('1 fold(2-5) 6');
  });

  it('folds what has notes at most', () => {
    expect(told(patches(1, 4, { findings: [{ ...finding, severity: 'note' }] }))).toBe('fold(1-4)');
  });

  it('finds an exchange on its own line, or in the run it is folded into', () => {
    const points = [command, ...patches(2, 4), pointOf(6, { operation: 'cdrs.post' })];
    expect(rowWith(courseRows(points, NONE), 4)).toBe(1);
    expect(rowWith(courseRows(points, new Set(['fold 2'])), 4)).toBe(4);
    expect(rowWith(courseRows(points, NONE), 99)).toBe(-1);
  });

  it('loses no exchange and none of their order, and counts the lines of each level', () => {
    const any = fc.record({
      direction: fc.constantFrom<'in' | 'out'>('in', 'out'),
      ok: fc.boolean(),
      operation: fc.constantFrom('sessions.patch', 'sessions.put'),
      status: fc.constantFrom(null, 'ACTIVE', 'COMPLETED'),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), changes => {
        const points = changes.map((change, at) => pointOf(at + 1, change));
        const folded = courseRows(points, NONE);
        const unfolded = courseRows(points, new Set(folded.map(({ key }) => key)));
        const shown = unfolded.flatMap(row => (row.kind === 'point' ? [row.point.exchangeId] : []));
        expect(shown).toEqual(points.map(({ exchangeId }) => exchangeId));
        expect(folded.map(({ place }) => place)).toEqual(folded.map((_, at) => at + 1));
        expect(folded.every(({ places }) => places === folded.length)).toBe(true);
        expect(new Set(unfolded.map(({ key }) => key)).size).toBe(unfolded.length);
      }),
    );
  });
});
