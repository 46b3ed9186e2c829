import { describe, expect, it } from 'vitest';
import { type Entry, grouped, matching } from '../../../renderer/app/palette/entries.ts';

function entry(group: Entry['group'], label: string, hint?: string): Entry {
  return { id: `${group} ${label}`, group, label, ...(hint !== undefined && { hint }), go: () => {} };
}

const entries = [
  entry('objects', 'Hamngatan 1', 'LOC1 · volta-test'),
  entry('partners', 'volta-test', 'Volta AB · test · registered'),
  entry('areas', 'Traffic'),
];

describe('the palette', () => {
  it('finds what has every word, in name or hint, without regard to case', () => {
    expect(matching(entries, 'VOLTA registered').map(({ label }) => label)).toEqual(['volta-test']);
    expect(matching(entries, '')).toEqual(entries);
    expect(matching(entries, 'volta nothing')).toEqual([]);
  });

  it('puts areas and partners before what was found in the data, and no empty group', () => {
    expect(grouped(entries).map(({ id }) => id)).toEqual(['areas', 'partners', 'objects']);
  });
});
