import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { usePages } from '../../../bridge/use-pages.ts';
import { conditionsAt, type TransactionFilter } from './filter.ts';

/** While exchanges are still being looked at. */
const BEHIND_MS = 1000;

/** How many fit, and their lines by position; asked for anew when one of them grows. */
export function useTransactions(filter: TransactionFilter) {
  const client = useClient();
  return usePages({
    key: [...keys.transactions, 'count'],
    conditions: filter,
    ask: (place, signal) => client.transactions.page({ ...conditionsAt(filter, Date.now()), ...place }, { signal }),
    refetchInterval: last => ((last?.behind ?? 0) > 0 ? BEHIND_MS : false),
  });
}
