import type { TransactionsSearch } from '../search.ts';

/** The list as it was left, for the way back from one transaction. */
let last: TransactionsSearch = {};

export function leaveList(search: TransactionsSearch): void {
  last = search;
}

export function lastList(): TransactionsSearch {
  return last;
}
