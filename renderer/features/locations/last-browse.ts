import type { BrowseSearch } from './search.ts';

/** The list as it was left, for the way back from one location. */
let last: BrowseSearch = {};

export function leaveBrowse(search: BrowseSearch): void {
  last = search;
}

export function lastBrowse(): BrowseSearch {
  return last;
}
