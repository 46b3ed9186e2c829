/** As far apart as things of one kind may have moved; more would be looked at for too long. */
const WINDOW = 600;

/**
 * Lays two sequences beside each other so that as many equal elements as possible stand together without changing the order
 * (longest common subsequence): for each element of `a` its like in `b`, or -1. Exact for sequences up to 600 elements that differ;
 * longer ones are laid window by window, in time that grows with their length.
 */
export function laySequences(a: readonly number[], b: readonly number[]): number[] {
  const laid = new Array<number>(a.length).fill(-1);
  const table = new Uint16Array((WINDOW + 1) * (WINDOW + 1));
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      laid[i++] = j++;
      continue;
    }
    const height = Math.min(WINDOW, a.length - i);
    const width = Math.min(WINDOW, b.length - j);
    fill(table, { a, b, i, j, height, width });
    const row = WINDOW + 1;
    // What the end of the window knows nothing of is looked at again, but where the window ends with the sequence.
    const until = {
      x: i + height < a.length ? Math.ceil(height / 2) : height,
      y: j + width < b.length ? Math.ceil(width / 2) : width,
    };
    let [x, y] = [0, 0];
    while (x < until.x && y < until.y) {
      if (a[i + x] === b[j + y]) laid[i + x++] = j + y++;
      else if ((table[(x + 1) * row + y] ?? 0) >= (table[x * row + y + 1] ?? 0)) x++;
      else y++;
    }
    i += x;
    j += y;
  }
  return laid;
}

interface Piece {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly i: number;
  readonly j: number;
  readonly height: number;
  readonly width: number;
}

/** How many elements of the rest of the piece can stand together, from each place on. */
function fill(table: Uint16Array, { a, b, i, j, height, width }: Piece): void {
  const row = WINDOW + 1;
  for (let x = height; x >= 0; x--) {
    for (let y = width; y >= 0; y--) {
      const at = x * row + y;
      if (x === height || y === width) table[at] = 0;
      else if (a[i + x] === b[j + y]) table[at] = (table[at + row + 1] ?? 0) + 1;
      else table[at] = Math.max(table[at + row] ?? 0, table[at + 1] ?? 0);
    }
  }
}
