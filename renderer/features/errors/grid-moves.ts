/** A place in the grid: -1 is the name of the line itself. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridMove {
  readonly key: string;
  readonly ctrlKey: boolean;
}

const LEAP = 10;

/**
 * Where a key leads to. Each line has its columns that hold something, in order: an empty cell is no place to be. Up and
 * down keep to the column that was aimed at. Undefined: the key moves nothing.
 */
export function moved(
  lines: readonly (readonly number[])[],
  from: GridPlace & { readonly aimed: number },
  { key, ctrlKey }: GridMove,
): (GridPlace & { readonly aimed: number }) | undefined {
  if (lines.length === 0) return undefined;
  const last = lines.length - 1;
  const rows: Readonly<Record<string, number>> = {
    ArrowDown: from.row + 1,
    ArrowUp: from.row - 1,
    PageDown: from.row + LEAP,
    PageUp: from.row - LEAP,
    ...(ctrlKey && { Home: 0, End: last }),
  };
  const to = rows[key];
  if (to !== undefined) {
    const row = Math.max(0, Math.min(to, last));
    return { row, column: nearest(lines[row] ?? [], from.aimed), aimed: from.aimed };
  }
  const row = Math.max(0, Math.min(from.row, last));
  const places = [-1, ...(lines[row] ?? [])];
  const at = places.indexOf(from.column);
  const columns: Readonly<Record<string, number | undefined>> = {
    ArrowRight: places[at + 1] ?? places.at(-1),
    ArrowLeft: places[Math.max(0, at - 1)],
    Home: -1,
    End: places.at(-1),
  };
  const column = columns[key];
  return column === undefined ? undefined : { row, column, aimed: column };
}

/** The line's own name is near to nothing but itself. */
function nearest(columns: readonly number[], aimed: number): number {
  if (aimed < 0) return -1;
  return columns.reduce(
    (best, column) => (best < 0 || Math.abs(column - aimed) < Math.abs(best - aimed) ? column : best),
    -1,
  );
}
