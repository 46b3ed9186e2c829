import type { ExchangeFilter } from '../contract/exchange.ts';
import type { Exchanges } from './exchanges.ts';
import type { FoundExchanges } from './history.ts';
import type { Traffic } from './traffic/traffic.ts';

export interface FinderOptions {
  readonly exchanges: Exchanges;
  readonly traffic: Traffic;
  /** Some of the newest are shown to nobody: those in front of them may be many to look through. */
  readonly hidesSome: () => boolean;
}

/** What an index of the database answers at once. */
const AT_ONCE: ReadonlySet<string> = new Set(['link', 'errors', 'runId', 'since', 'before', 'limit']);

/** More than so many rows are not read by the thread that answers partners. */
const MOST_AT_ONCE = 500;

/** Lists by any filter: what stands in an index of the database at once, everything else by the thread that reads. */
export function createFinder({
  exchanges,
  traffic,
  hidesSome,
}: FinderOptions): (filter: ExchangeFilter) => Promise<FoundExchanges> {
  return async filter => {
    const { search, ...rest } = filter;
    const narrowing = Object.entries(rest).filter(([, value]) => value !== undefined && value !== false);
    const words = search?.trim() ?? '';
    const few = (filter.limit ?? 0) <= MOST_AT_ONCE && !hidesSome();
    if (words === '' && few && narrowing.every(([name]) => AT_ONCE.has(name))) {
      return { ok: true, exchanges: exchanges.list(rest), behind: 0 };
    }
    const { before, ...query } = filter;
    const page = await traffic.page({
      ...query,
      offset: 0,
      ...(before === undefined ? {} : { newest: before - 1 }),
    });
    return page.ok ? { ok: true, exchanges: page.found.rows, behind: page.found.behind } : page;
  };
}
