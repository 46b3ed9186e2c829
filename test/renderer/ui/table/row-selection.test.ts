import { describe, expect, it } from 'vitest';
import { nextSelection } from '../../../../renderer/ui/table/row-selection.ts';

const keyAt = (index: number) => (index < 100 ? `row ${index}` : undefined);

describe('a selection of rows', () => {
  it('is the row that was clicked', () => {
    expect(nextSelection({ selected: ['row 1', 'row 2'], manner: 'one', index: 5, anchor: 1, keyAt })).toEqual([
      'row 5',
    ]);
  });

  it('grows and shrinks by single rows', () => {
    const more = nextSelection({ selected: ['row 1'], manner: 'toggle', index: 5, anchor: 1, keyAt });
    expect(more).toEqual(['row 1', 'row 5']);
    expect(nextSelection({ selected: more, manner: 'toggle', index: 1, anchor: 5, keyAt })).toEqual(['row 5']);
  });

  it('reaches from the row where it began, upwards and downwards', () => {
    expect(nextSelection({ selected: [], manner: 'range', index: 2, anchor: 4, keyAt })).toEqual([
      'row 2',
      'row 3',
      'row 4',
    ]);
    expect(nextSelection({ selected: [], manner: 'range', index: 3, anchor: -1, keyAt })).toEqual(['row 3']);
  });

  it('leaves out rows that are not at hand, and stays where the row itself is not', () => {
    expect(nextSelection({ selected: [], manner: 'range', index: 98, anchor: 97, keyAt })).toHaveLength(2);
    expect(nextSelection({ selected: ['row 1'], manner: 'one', index: 200, anchor: 1, keyAt })).toEqual(['row 1']);
  });
});
