import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { conditionsAt, type TransactionFilter } from './filter.ts';

/** While exchanges are still being looked at. */
const BEHIND_MS = 1000;

/** How many fit, and their lines by position; asked for anew when one of them grows. */
export function useTransactions(filter: TransactionFilter) {
  const client = useClient();
  const counted = useQuery({
    queryKey: [...keys.transactions, 'count', filter],
    queryFn: ({ signal }) =>
      client.transactions.page({ ...conditionsAt(filter, Date.now()), offset: 0, limit: 1 }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: query => ((query.state.data?.behind ?? 0) > 0 ? BEHIND_MS : false),
  });
  const resetKey = JSON.stringify(filter);
  return {
    counted,
    resetKey,
    pageKey: `${resetKey} ${counted.dataUpdatedAt}`,
    page: async (offset: number, limit: number, signal: AbortSignal) =>
      (await client.transactions.page({ ...conditionsAt(filter, Date.now()), offset, limit }, { signal })).rows,
  };
}
