/** One line of one of two texts. */
export interface DiffLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** The part that differs from the line beside it: places in `text`. */
  readonly changed?: readonly [from: number, to: number];
}

/** Lines that stand beside each other: the same in both, or changed; one side is absent where a line came or went. */
export type DiffRow =
  | { readonly kind: 'same'; readonly left: DiffLine; readonly right: DiffLine }
  | { readonly kind: 'changed'; readonly left?: DiffLine; readonly right?: DiffLine };

/** Rows to be drawn: a run of lines that are the same may be folded. */
export type ShownRow = DiffRow | { readonly kind: 'fold'; readonly count: number; readonly at: number };

/** More changes than this are not looked for: all that stands between the first and the last of them counts as changed. */
const MOST_CHANGES = 800;

/** Two texts line by line, with as few changes as there are. */
export function diffLines(left: string, right: string): readonly DiffRow[] {
  const [before, after] = [left.split('\n'), right.split('\n')];
  const head = commonStart(before, after);
  const tail = commonEnd(before, after, head);
  const rows: DiffRow[] = [];
  const same = (leftAt: number, rightAt: number) => {
    rows.push({ kind: 'same', left: lineAt(before, leftAt), right: lineAt(after, rightAt) });
  };
  for (let at = 0; at < head; at += 1) same(at, at);
  const [leftEnd, rightEnd] = [before.length - tail, after.length - tail];
  let [leftAt, rightAt] = [head, head];
  const change = (leftTo: number, rightTo: number) => {
    for (; leftAt < leftTo || rightAt < rightTo; ) {
      rows.push(
        pair(
          leftAt < leftTo ? lineAt(before, leftAt++) : undefined,
          rightAt < rightTo ? lineAt(after, rightAt++) : undefined,
        ),
      );
    }
  };
  for (const [leftSame, rightSame] of matches(before.slice(head, leftEnd), after.slice(head, rightEnd))) {
    change(leftSame + head, rightSame + head);
    same(leftAt++, rightAt++);
  }
  change(leftEnd, rightEnd);
  for (let at = 0; at < tail; at += 1) same(leftEnd + at, rightEnd + at);
  return rows;
}

/** Long runs of lines that are the same become one row that says how many there are. */
export function folded(rows: readonly DiffRow[], context: number): readonly ShownRow[] {
  const near = new Uint8Array(rows.length);
  rows.forEach((row, at) => {
    if (row.kind === 'changed') near.fill(1, Math.max(0, at - context), at + context + 1);
  });
  const shown: ShownRow[] = [];
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (end < rows.length && near[end] === 0) end += 1;
    // What would take a line anyway may as well show.
    if (end - at > 1) {
      shown.push({ kind: 'fold', count: end - at, at });
      at = end;
    } else {
      const row = rows[at];
      if (row !== undefined) shown.push(row);
      at += 1;
    }
  }
  return shown;
}

function lineAt(lines: readonly string[], at: number): DiffLine {
  return { text: lines[at] ?? '', number: at + 1 };
}

function pair(left: DiffLine | undefined, right: DiffLine | undefined): DiffRow {
  if (left === undefined || right === undefined) {
    return { kind: 'changed', ...(left && { left }), ...(right && { right }) };
  }
  const start = commonStart(left.text, right.text);
  const end = commonEnd(left.text, right.text, start);
  const common = `${left.text.slice(0, start)}${left.text.slice(left.text.length - end)}`;
  // Lines that have nothing much in common but blanks are wholly others.
  if (inked(common) < Math.min(inked(left.text), inked(right.text)) / 3) return { kind: 'changed', left, right };
  return {
    kind: 'changed',
    left: { ...left, changed: [start, left.text.length - end] },
    right: { ...right, changed: [start, right.text.length - end] },
  };
}

/** Characters one sees. */
function inked(text: string): number {
  return text.replaceAll(/\s/g, '').length;
}

type Sequence = { readonly length: number; readonly [at: number]: string };

function commonStart(left: Sequence, right: Sequence): number {
  const most = Math.min(left.length, right.length);
  let at = 0;
  while (at < most && left[at] === right[at]) at += 1;
  return at;
}

function commonEnd(left: Sequence, right: Sequence, start: number): number {
  const most = Math.min(left.length, right.length) - start;
  let at = 0;
  while (at < most && left[left.length - 1 - at] === right[right.length - 1 - at]) at += 1;
  return at;
}

/** Places of lines that stay, in order (Myers' algorithm: the fewest changes). */
function matches(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const most = Math.min(MOST_CHANGES, left.length + right.length);
  const offset = most + 1;
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(furthest.slice());
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let at = furthest[offset + from(furthest, offset, diagonal, changes)] ?? 0;
      if (isRight(furthest, offset, diagonal, changes)) at += 1;
      while (at < left.length && at - diagonal < right.length && left[at] === right[at - diagonal]) at += 1;
      furthest[offset + diagonal] = at;
      if (at >= left.length && at - diagonal >= right.length) return walkBack(trace, offset, left.length, right.length);
    }
  }
  return [];
}

/** Whether the furthest way onto a diagonal leaves a line of the left text out (else one of the right text comes in). */
function isRight(furthest: Int32Array, offset: number, diagonal: number, changes: number): boolean {
  if (diagonal === -changes) return false;
  if (diagonal === changes) return true;
  return (furthest[offset + diagonal - 1] ?? 0) >= (furthest[offset + diagonal + 1] ?? 0);
}

function from(furthest: Int32Array, offset: number, diagonal: number, changes: number): number {
  return isRight(furthest, offset, diagonal, changes) ? diagonal - 1 : diagonal + 1;
}

function walkBack(trace: readonly Int32Array[], offset: number, leftLength: number, rightLength: number) {
  const found: (readonly [number, number])[] = [];
  let [x, y] = [leftLength, rightLength];
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const furthest = trace[changes];
    if (furthest === undefined) break;
    const diagonal = x - y;
    const before = from(furthest, offset, diagonal, changes);
    const startX = changes === 0 ? 0 : (furthest[offset + before] ?? 0);
    const startY = changes === 0 ? 0 : startX - before;
    while (x > startX && y > startY) {
      x -= 1;
      y -= 1;
      found.push([x, y]);
    }
    [x, y] = [startX, startY];
  }
  return found.reverse();
}
