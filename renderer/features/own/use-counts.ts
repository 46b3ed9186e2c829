import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { usePages } from '../../bridge/use-pages.ts';
import { type KindId, type OwnKind, ofKind } from './kinds.ts';

/** How many objects we have of each kind; follows what changes. */
export function useCounts(kinds: readonly OwnKind[]) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.own, 'counts', kinds.map(({ id }) => id)],
    queryFn: async ({ signal }) => {
      const counted = await Promise.all(
        kinds.map(async kind => {
          const { total } = await client.own.list({ ...ofKind(kind), limit: 1 }, { signal });
          return [kind.id, total] as const;
        }),
      );
      return new Map<KindId, number>(counted);
    },
    placeholderData: keepPreviousData,
  });
}

export interface Narrowing {
  readonly kind: OwnKind;
  readonly party: string | undefined;
  readonly begins: string | undefined;
}

/** What a list is asked for by. */
function listOf({ kind, party, begins }: Narrowing) {
  return { ...ofKind(kind), ...(party !== undefined && { party }), ...(begins !== undefined && { begins }) };
}

/** How many objects a table lists, and they by position. */
export function useListed(narrowing: Narrowing) {
  const client = useClient();
  const conditions = listOf(narrowing);
  return usePages({
    key: [...keys.own, 'listed'],
    conditions,
    ask: async (place, signal) => {
      const { total, objects } = await client.own.list({ ...conditions, ...place }, { signal });
      return { count: total, rows: objects };
    },
  });
}
export type Listed = ReturnType<typeof useListed>;
