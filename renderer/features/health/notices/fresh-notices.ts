import type { Notice } from '../../../../core/contract/health.ts';

/** What the operator is being told just now. */
export interface News {
  /** The newest number met; undefined before the first look. */
  readonly newest: number | undefined;
  /** The newest first, and no more than can be read. */
  readonly shown: readonly Notice[];
  /** How many came besides: where there are any, all of them are only counted. */
  readonly more: number;
}

export const NO_NEWS: News = { newest: undefined, shown: [], more: 0 };

/** As many stand in the corner of the window. */
export const MOST_SHOWN = 3;

/**
 * News after another look at what goes on, and what of it came since the last one. What was there at the first look is
 * none: it is in the list. What the operator has acknowledged elsewhere, or what is well again, is no longer shown.
 */
export function newsOf(open: readonly Notice[], before: News): { readonly news: News; readonly fresh: Notice[] } {
  const newest = open.reduce((most, { id }) => Math.max(most, id), before.newest ?? 0);
  const going = new Map(
    open.filter(({ acknowledged, until }) => !acknowledged && until === null).map(one => [one.id, one]),
  );
  const since = before.newest ?? newest;
  const fresh = [...going.values()].filter(({ id }) => id > since).sort((left, right) => right.id - left.id);
  const all = [...fresh, ...before.shown.flatMap(({ id }) => going.get(id) ?? [])];
  const shown = all.slice(0, MOST_SHOWN);
  return { news: { newest, shown, more: shown.length === 0 ? 0 : before.more + all.length - shown.length }, fresh };
}

/** Put away by the operator, or by time; with the last one goes the count of the others. */
export function withoutNews(news: News, id?: number): News {
  const shown = id === undefined ? [] : news.shown.filter(one => one.id !== id);
  return { ...news, shown, more: shown.length === 0 ? 0 : news.more };
}
