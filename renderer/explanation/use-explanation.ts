import { useQuery } from '@tanstack/react-query';
import { useClient } from '../bridge/client.ts';
import { keys } from '../bridge/keys.ts';

/** What was wrong with an exchange, and whose fault it is. Goes stale with the exchange. */
export function useExplanation(id: number) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.exchange(id), 'explanation'],
    queryFn: ({ signal }) => client.errors.explain({ id }, { signal }),
    staleTime: 0,
  });
}
