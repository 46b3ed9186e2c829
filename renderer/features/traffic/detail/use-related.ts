import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';

/** What else belongs to an exchange. Goes stale with it, not with every other exchange that is recorded. */
export function useRelated(id: number) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.exchange(id), 'related'],
    queryFn: ({ signal }) => client.exchanges.related({ id }, { signal }),
    staleTime: 0,
  });
}

/** Ids of the transactions it belongs to. Goes stale as they grow. */
export function useTransactionsOf(exchangeId: number) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.transactions, 'of', exchangeId],
    queryFn: ({ signal }) => client.transactions.of({ exchangeId }, { signal }),
  });
}

/** The first one of those it was sent again from; undefined where it is that one itself, or was never sent again. */
export function originalOf(id: number, resent: readonly { readonly id: number }[] | undefined): number | undefined {
  const first = resent?.[0]?.id;
  return first !== undefined && first < id ? first : undefined;
}
