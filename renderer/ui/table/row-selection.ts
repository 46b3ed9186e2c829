export type RowKey = string | number;

export interface SelectionChange {
  readonly selected: readonly RowKey[];
  /** `one`: only this row; `toggle`: this row too, or no longer; `range`: all from the anchor to this row. */
  readonly manner: 'one' | 'toggle' | 'range';
  readonly index: number;
  /** Where a range begins; below 0 where nothing was selected before. */
  readonly anchor: number;
  /** Undefined for rows that are not at hand: a range leaves them out. */
  readonly keyAt: (index: number) => RowKey | undefined;
}

/** Ranges are at most so long: beyond that the rows between are not at hand anyway. */
const LONGEST_RANGE = 1000;

export function nextSelection({ selected, manner, index, anchor, keyAt }: SelectionChange): readonly RowKey[] {
  const key = keyAt(index);
  if (key === undefined) return selected;
  if (manner === 'toggle') return selected.includes(key) ? selected.filter(other => other !== key) : [...selected, key];
  if (manner === 'one' || anchor < 0) return [key];
  const [from, to] = anchor < index ? [anchor, index] : [index, anchor];
  const keys: RowKey[] = [];
  for (let at = from; at <= Math.min(to, from + LONGEST_RANGE); at += 1) {
    const between = keyAt(at);
    if (between !== undefined) keys.push(between);
  }
  return keys;
}
