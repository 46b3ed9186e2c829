import { describe, expect, it } from 'vitest';
import { meaningsFor } from '../../../../renderer/features/errors/meanings.ts';

const byVersion = {
  meanings: [
    { versions: ['2.1.1'], meaning: 'not defined' },
    { versions: ['2.2.1', '2.3.0'], meaning: 'unknown token' },
  ],
};
const told = (explained: Parameters<typeof meaningsFor>[0], direction: 'in' | 'out', ...versions: (string | null)[]) =>
  meaningsFor(explained, { direction, versions }).map(({ text }) => text);

describe('what a code means where it was met', () => {
  it('is read in the versions that were spoken, the newest first', () => {
    expect(told(byVersion, 'out', '2.1.1')).toEqual(['not defined']);
    expect(told(byVersion, 'out', '2.3.0', null)).toEqual(['unknown token']);
    expect(told(byVersion, 'out', '2.3.0', '2.1.1')).toEqual(['unknown token', 'not defined']);
    expect(told(byVersion, 'out', null)).toEqual(['unknown token', 'not defined']);
  });

  it('is read by who asked, where that makes a difference', () => {
    const bySide = {
      meanings: [
        { versions: [], meaning: 'no answer in time' },
        { versions: [], meaning: 'the request did not come whole' },
      ],
    };
    expect(told(bySide, 'out', '2.2.1')).toEqual(['no answer in time']);
    expect(told(bySide, 'in', null)).toEqual(['the request did not come whole']);
    expect(told({ meanings: [] }, 'in')).toEqual([]);
  });
});
