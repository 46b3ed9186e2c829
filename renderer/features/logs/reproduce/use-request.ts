import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ReproducedRequest } from '../../../../core/contract/reproduction.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';

/** Others may come while it is looked for: each moves it on by one. */
const AROUND = 50;

/**
 * The request with this number; null where it is not among those that are remembered. They are listed newest first, and their
 * numbers have no gaps. `know`: it stood in a row, and need not be asked for.
 */
export function useRequest(reproduction: string, no: number | undefined) {
  const client = useClient();
  const queries = useQueryClient();
  const keyOf = useCallback(
    (of: number | undefined) => [...keys.logs, 'request', reproduction, of ?? null],
    [reproduction],
  );
  const { data, error, refetch } = useQuery({
    queryKey: keyOf(no),
    queryFn: async ({ signal }): Promise<ReproducedRequest | null> => {
      const { requests } = client.logs.reproductions;
      const [newest] = (await requests({ id: reproduction, limit: 1 }, { signal })).requests;
      if (newest === undefined || no === undefined || newest.no < no) return null;
      const place = { id: reproduction, offset: newest.no - no, limit: AROUND };
      return (await requests(place, { signal })).requests.find(one => one.no === no) ?? null;
    },
    enabled: no !== undefined,
    // What was asked once does not change any more.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const know = useCallback(
    (request: ReproducedRequest) => queries.setQueryData(keyOf(request.no), request),
    [queries, keyOf],
  );
  return { request: data ?? undefined, error, refetch, know };
}
