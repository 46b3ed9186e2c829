import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
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
export function listOf({ kind, party, begins }: Narrowing) {
  return { ...ofKind(kind), ...(party !== undefined && { party }), ...(begins !== undefined && { begins }) };
}

/** How many objects a table lists, and a number that changes whenever they may have changed. */
export function useListed(narrowing: Narrowing) {
  const client = useClient();
  const input = listOf(narrowing);
  return useQuery({
    queryKey: [...keys.own, 'listed', input],
    queryFn: async ({ signal }) => (await client.own.list({ ...input, limit: 1 }, { signal })).total,
  });
}
