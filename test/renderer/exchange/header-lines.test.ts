import { describe, expect, it } from 'vitest';
import { sentHeaders, withHeader, withNewHeader, withoutHeader } from '../../../renderer/exchange/header-lines.ts';

describe('header lines that are written', () => {
  it('are added, changed and taken away each on its own', () => {
    const two = withNewHeader(withNewHeader([]));
    const [first, second] = two;
    const changed = withHeader(two, second?.id ?? -1, { name: 'X-Two' });
    expect(changed.map(({ name }) => name)).toEqual(['', 'X-Two']);
    const left = withoutHeader(changed, first?.id ?? -1);
    expect(left.map(({ name }) => name)).toEqual(['X-Two']);
    expect(new Set(withNewHeader(left).map(({ id }) => id)).size).toBe(2);
  });

  it('are sent in their order, as often as they stand there, those without a name not at all', () => {
    const lines = [' X-A ', '', 'X-A', ' '].map((name, id) => ({ id, name, value: ` ${id} ` }));
    expect(sentHeaders(lines)).toEqual([
      ['X-A', ' 0 '],
      ['X-A', ' 2 '],
    ]);
  });
});
