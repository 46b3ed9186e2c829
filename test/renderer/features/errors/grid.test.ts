import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../../renderer/features/errors/grid-layout.ts';
import { moved } from '../../../../renderer/features/errors/grid-moves.ts';
import { heatOf } from '../../../../renderer/features/errors/heat.ts';

const LINES = [[0, 3], [1], [], [0, 1, 2, 3]] as const;
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey });
const at = (row: number, column: number, aimed = column) => ({ row, column, aimed });

describe('the keys of the grid', () => {
  it.each([
    ['to the next cell that holds something', at(0, 0), key('ArrowRight'), at(0, 3)],
    ['from the name of the line into it', at(0, -1), key('ArrowRight'), at(0, 0)],
    ['no further than the last one', at(0, 3), key('ArrowRight'), at(0, 3)],
    ['back to the name of the line', at(0, 0), key('ArrowLeft'), at(0, -1)],
    ['down to the nearest one', at(0, 3), key('ArrowDown'), at(1, 1, 3)],
    ['down a line that has none, to its name', at(1, 1, 3), key('ArrowDown'), at(2, -1, 3)],
    ['and on to the column that was aimed at', at(2, -1, 3), key('ArrowDown'), at(3, 3, 3)],
    ['no further than the last line', at(3, 3), key('ArrowDown'), at(3, 3)],
    ['from name to name', at(0, -1), key('ArrowDown'), at(1, -1)],
    ['to the end of a line', at(3, 0), key('End'), at(3, 3)],
    ['to its name', at(3, 2), key('Home'), at(3, -1)],
    ['to the last line', at(0, 0), key('End', true), at(3, 0)],
    ['to the first line', at(3, 3), key('Home', true), at(0, 3)],
    ['by leaps', at(0, 0), key('PageDown'), at(3, 0)],
  ])('%s', (_title, from, move, to) => {
    expect(moved(LINES, from, move)).toEqual(to);
  });

  it('others move nothing, nor does any where there is nothing', () => {
    expect(moved(LINES, at(0, 0), key('a'))).toBeUndefined();
    expect(moved([], at(0, 0), key('ArrowDown'))).toBeUndefined();
  });
});

describe('the room of the grid', () => {
  const room = (width: number, columns: number, by: 'link' | 'time' = 'link') =>
    layoutOf({ width, columns, by, dated: false });

  it('shows everything of few links in a wide window, and names lie level', () => {
    expect(room(1200, 3)).toMatchObject({ meaning: true, overTime: true, last: true, upright: false });
  });

  it('keeps the cells of many links and drops the rest; their names stand upright', () => {
    expect(room(1200, 30)).toMatchObject({ meaning: false, overTime: false, last: false, upright: true });
    expect(room(700, 4)).toMatchObject({ meaning: false, overTime: true, upright: true });
  });

  it('draws no picture of time beside columns of time', () => {
    expect(room(1600, 24, 'time').overTime).toBe(false);
  });

  it('never makes a cell narrower than its number, nor wider than it needs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 3000 }), fc.integer({ min: 0, max: 60 }), (width, columns) => {
        const { cell } = room(width, columns);
        expect(cell).toBeGreaterThanOrEqual(62);
        expect(cell).toBeLessThanOrEqual(132);
      }),
    );
  });
});

describe('the shade of a cell', () => {
  it('goes by orders of magnitude, from one to the most there is', () => {
    expect([1, 3, 30, 300, 10_000].map(count => heatOf(count, 10_000))).toEqual([1, 1, 2, 4, 5]);
    expect(heatOf(1, 1)).toBe(1);
    expect(heatOf(2, 2)).toBe(5);
  });
});
