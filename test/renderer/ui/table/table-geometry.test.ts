import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  rowsShown,
  scrollToRow,
  spacerHeight,
  TALLEST,
  windowAt,
} from '../../../../renderer/ui/table/table-geometry.ts';

const sizes = fc.record({
  count: fc.integer({ min: 1, max: 200_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 40 }),
  body: fc.integer({ min: 100, max: 2000 }),
});

/** As a browser keeps it. */
function clamped(size: { count: number; rowHeight: number; body: number }, scrollTop: number): number {
  return Math.max(0, Math.min(scrollTop, spacerHeight(size) - size.body));
}

describe('a table of any length', () => {
  it('is never taller than a browser can scroll', () => {
    expect(spacerHeight({ count: 1_000_000, rowHeight: 28, body: 700 })).toBe(28_000_000);
    expect(spacerHeight({ count: 50_000_000, rowHeight: 28, body: 700 })).toBe(TALLEST);
  });

  it('lets every row be reached and seen whole', () => {
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
        const row = Math.floor(share * (size.count - 1));
        const from = clamped(size, (1 - share) * spacerHeight(size));
        const scrollTop = clamped(size, scrollToRow(size, row, from));
        const { first, hidden } = windowAt(size, scrollTop);
        const top = (row - first) * size.rowHeight - hidden;
        // A pixel of rounding: positions of the layer are whole pixels.
        expect(top).toBeGreaterThanOrEqual(-1);
        expect(top + size.rowHeight).toBeLessThanOrEqual(Math.max(size.body, size.rowHeight) + 1);
        expect(row).toBeLessThan(first + rowsShown(size));
      }),
    );
  });

  it('shows the first row at the top and the last one at the bottom', () => {
    fc.assert(
      fc.property(sizes, size => {
        expect(windowAt(size, 0)).toEqual({ first: 0, hidden: 0 });
        const { first, hidden } = windowAt(size, clamped(size, Number.POSITIVE_INFINITY));
        const bottom = (size.count - first) * size.rowHeight - hidden;
        expect(Math.abs(bottom - Math.min(size.body, size.count * size.rowHeight))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('goes on downwards when it is scrolled downwards', () => {
    fc.assert(
      fc.property(sizes, fc.nat(TALLEST), fc.nat(5000), (size, scrollTop, further) => {
        const before = windowAt(size, clamped(size, scrollTop));
        const after = windowAt(size, clamped(size, scrollTop + further));
        const place = ({ first, hidden }: typeof before) => first * size.rowHeight + hidden;
        expect(place(after)).toBeGreaterThanOrEqual(place(before));
      }),
    );
  });

  it('stays where it is when the row shows already', () => {
    expect(scrollToRow({ count: 1000, rowHeight: 28, body: 280 }, 12, 280)).toBe(280);
  });
});
