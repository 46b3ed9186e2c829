import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Judged, ofLink } from '../../../core/insight/health/judged.ts';
import { MOST_AT_ONCE, type OpenNotice, reconcile } from '../../../core/insight/health/reconciling.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const evse = (number: number, sentence = 'is out'): Judged => ({
  overSince: NOW - 1000,
  ...{ kind: 'evse-out-of-order', party: 'NL-TNM', location: 'L1', evse: String(number) },
  ...{ subject: `NL-TNM L1 ${number}`, sentence, isOver: true },
});
const open = (id: number, { kind, subject, sentence }: Judged): OpenNotice => ({
  ...{ id, kind, subject, sentence },
  since: NOW,
});

describe('what is over its threshold', () => {
  it('is one notice from its first look to the one at which it is well', () => {
    const silent = ofLink('silent', 'Nothing.');
    expect(reconcile([], [silent])).toEqual({ opened: [silent], reworded: [], ended: [] });
    expect(reconcile([open(1, silent)], [silent])).toEqual({ opened: [], reworded: [], ended: [] });
    expect(reconcile([open(1, silent)], [])).toEqual({ opened: [], reworded: [], ended: [1] });
  });

  it('keeps its notice and gets another sentence where the figure is another', () => {
    const before = ofLink('error-rate', '3 of 10');
    const { reworded, opened, ended } = reconcile([open(5, before)], [ofLink('error-rate', '4 of 11')]);
    expect({ reworded, opened, ended }).toEqual({ reworded: [{ id: 5, sentence: '4 of 11' }], opened: [], ended: [] });
  });

  it('opens nothing while it is only nearly over, and ends nothing either', () => {
    const nearly = ofLink('slow', 'nearly', { isOver: false });
    expect(reconcile([], [nearly]).opened).toEqual([]);
    expect(reconcile([open(1, nearly)], [nearly]).ended).toEqual([]);
  });

  it('is told apart by its subject, without regard to case', () => {
    const cdrs = ofLink('pull-failed', 'x', { subject: 'cdrs' });
    const shouted = ofLink('pull-failed', 'x', { subject: 'CDRS' });
    const tariffs = ofLink('pull-failed', 'x', { subject: 'tariffs' });
    const { opened, ended } = reconcile([open(1, cdrs)], [shouted, tariffs]);
    expect({ opened, ended }).toEqual({ opened: [tariffs], ended: [] });
  });

  it('is one notice with its number where many go over at one look; what was open stays, what goes over later is told', () => {
    const many = Array.from({ length: MOST_AT_ONCE + 5 }, (_, at) => evse(at));
    const first = reconcile([open(1, evse(0))], many);
    expect(first.opened).toMatchObject([
      {
        subject: '',
        evse: null,
        sentence: '24 EVSEs say OUTOFORDER: so many at once that they are not told one by one.',
      },
    ]);
    const standing = [open(1, evse(0)), ...first.opened.map(one => open(2, one))];
    expect(reconcile(standing, many)).toEqual({ opened: [], reworded: [], ended: [] });
    const later = { ...evse(99), overSince: NOW + 1 };
    expect(reconcile(standing, [...many.slice(2), later])).toEqual({
      opened: [later],
      reworded: [{ id: 2, sentence: '23 EVSEs say OUTOFORDER: so many at once that they are not told one by one.' }],
      ended: [1],
    });
    const next = Array.from({ length: MOST_AT_ONCE + 1 }, (_, at) => ({ ...evse(100 + at), overSince: NOW + 1 }));
    expect(reconcile(standing, [...many, ...next])).toMatchObject({
      opened: [{ sentence: '45 EVSEs say OUTOFORDER: so many at once that they are not told one by one.' }],
      ended: [2],
    });
    expect(reconcile(standing, []).ended).toEqual([1, 2]);
  });

  it('leaves exactly those open that are over, whatever was open before', () => {
    const some = fc.uniqueArray(fc.integer({ min: 0, max: MOST_AT_ONCE - 1 }));
    fc.assert(
      fc.property(some, some, (before, now) => {
        const notices = before.map(number => open(number, evse(number)));
        const { opened, ended } = reconcile(
          notices,
          now.map(number => evse(number)),
        );
        const left = [...before.filter(id => !ended.includes(id)), ...opened.map(one => Number(one.evse))];
        expect(left.sort()).toEqual([...now].sort());
      }),
    );
  });
});
