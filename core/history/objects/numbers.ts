/**
 * Numbers of objects, blocks and changes begin with the number of the list they belong to: everything of a list is one
 * range of row ids, in the order in which it came, without an index for it.
 */
const PER_LIST = 2 ** 32;

/** The numbers from `from` up to, not including, `before`. */
export interface NumberRange {
  readonly from: number;
  readonly before: number;
}

export function numbersOf(listId: number): NumberRange {
  return { from: listId * PER_LIST, before: (listId + 1) * PER_LIST };
}

export function listOf(number: number): number {
  return Math.floor(number / PER_LIST);
}
