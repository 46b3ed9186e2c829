import type { ExchangeFilter, ExchangeSummary } from '../contract/exchange.ts';
import type { Exchanges } from './exchanges.ts';
import type { FoundExchanges } from './history.ts';
import type { Background } from './worker/background.ts';

export interface FinderOptions {
  readonly exchanges: Exchanges;
  readonly idsNamed: (name: string) => readonly number[];
  /** Absent where nothing may be written: the index belongs to the owner. */
  readonly background?: Background;
}

/** Lists by any filter: words are looked up by the worker, everything else stands in an index of the database. */
export function createFinder(options: FinderOptions): (filter: ExchangeFilter) => Promise<FoundExchanges> {
  const { exchanges, idsNamed, background } = options;
  return async filter => {
    const { search, ...rest } = filter;
    if (search === undefined || search.trim() === '') return { ok: true, exchanges: exchanges.list(rest), behind: 0 };
    if (!background) return { ok: false, reason: 'searching needs the workbench that owns the database' };
    const linkIds = filter.link === undefined ? undefined : idsNamed(filter.link);
    if (linkIds?.length === 0) return { ok: true, exchanges: [], behind: 0 };
    const from = filter.since === undefined ? undefined : exchanges.firstSince(filter.since);
    const found: ExchangeSummary[] = [];
    let { before } = filter;
    for (;;) {
      const page = await background.search({
        text: search,
        limit: filter.limit,
        ...(linkIds === undefined ? {} : { linkIds }),
        ...(filter.errors === undefined ? {} : { errors: filter.errors }),
        ...(filter.runId === undefined ? {} : { runId: filter.runId }),
        ...(from === undefined ? {} : { from }),
        ...(before === undefined ? {} : { before }),
      });
      if (!page.ok) return page;
      // The index knows ids, not times: those that only began before are left out here, and made up for below.
      const lines = exchanges.listIds(page.ids);
      found.push(...lines.filter(({ at }) => filter.since === undefined || Date.parse(at) >= filter.since));
      const last = page.ids.at(-1);
      if (found.length >= filter.limit || page.ids.length < filter.limit || last === undefined) {
        return { ok: true, exchanges: found.slice(0, filter.limit), behind: page.behind };
      }
      before = last;
    }
  };
}
