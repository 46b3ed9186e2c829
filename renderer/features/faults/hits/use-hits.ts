import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { FaultHit } from '../../../../core/contract/fault.ts';
import type { FaultDesk } from '../fault-desk.ts';

/** Exchanges of one piece of the whole list. */
const PIECE = 100;

/** The newest firings as they happen, of all rules or of one. */
export function useNewestHits({ calls, queryKey, refetchInterval }: FaultDesk, limit: number, ruleId?: number) {
  return useQuery({
    queryKey: [...queryKey, 'hits', limit, ruleId],
    queryFn: ({ signal }) => calls.hits({ limit, ...(ruleId !== undefined && { ruleId }) }, { signal }),
    placeholderData: previous => previous,
    refetchInterval,
  });
}

/** All firings, piece by piece. */
export function useAllHits({ calls, queryKey, refetchInterval }: FaultDesk) {
  return useInfiniteQuery({
    queryKey: [...queryKey, 'hits', 'all'],
    queryFn: ({ pageParam, signal }) =>
      calls.hits({ limit: PIECE, ...(pageParam !== undefined && { before: pageParam }) }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: page => olderThan(page, PIECE),
    refetchInterval,
  });
}

/** Where the next piece begins; undefined where there is none. */
export function olderThan(page: readonly FaultHit[], piece: number): number | undefined {
  const exchanges = new Set(page.map(({ exchangeId }) => exchangeId));
  return exchanges.size < piece ? undefined : Math.min(...exchanges);
}
