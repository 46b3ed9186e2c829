/**
 * Chromium clamps elements near 33.5 million pixels. Beyond this height the scroll bar stands for more rows than it has
 * pixels: positions are scaled.
 */
export const TALLEST = 30_000_000;

export interface TableSize {
  readonly count: number;
  readonly rowHeight: number;
  /** Height in which rows show, in pixels. */
  readonly body: number;
  readonly tallest?: number;
}

export interface RowWindow {
  /** The first row of which something shows. */
  readonly first: number;
  /** How many pixels of it are above the edge. */
  readonly hidden: number;
}

/** Height of what is scrolled. */
export function spacerHeight({ count, rowHeight, tallest = TALLEST }: TableSize): number {
  return Math.min(count * rowHeight, tallest);
}

/** What shows when it is scrolled so far. */
export function windowAt(size: TableSize, scrollTop: number): RowWindow {
  const offset = Math.max(0, Math.min(scrollTop * scaleOf(size), lastOffset(size)));
  const first = Math.min(Math.floor(offset / size.rowHeight), Math.max(0, size.count - 1));
  return { first, hidden: Math.round(offset - first * size.rowHeight) };
}

/** How far to scroll so that a row shows whole; the position it has when it does already. */
export function scrollToRow(size: TableSize, row: number, scrollTop: number): number {
  const { rowHeight, body } = size;
  const scale = scaleOf(size);
  const offset = Math.min(scrollTop * scale, lastOffset(size));
  const top = row * rowHeight;
  if (top < offset) return top / scale;
  if (top + rowHeight > offset + body) return Math.max(0, top + rowHeight - body) / scale;
  return scrollTop;
}

/** How many rows can show at once, parts of rows included. */
export function rowsShown({ rowHeight, body }: TableSize): number {
  return Math.ceil(body / rowHeight) + 1;
}

function lastOffset({ count, rowHeight, body }: TableSize): number {
  return Math.max(0, count * rowHeight - body);
}

/** Pixels of rows for one pixel of scrolling. */
function scaleOf(size: TableSize): number {
  const scrolled = spacerHeight(size) - size.body;
  return scrolled <= 0 ? 1 : Math.max(1, lastOffset(size) / scrolled);
}
