import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ExchangeSummary } from '../../../core/contract/exchange.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { useExchangeCount } from '../../bridge/queries.ts';
import { conditionsOf, type ErrorFilter } from './filter.ts';
import { exampleConditions, isOf, trafficConditions } from './group-traffic.ts';
import { type FailureGroup, mergeVersions } from './groups.ts';
import { printGroup } from './search.ts';

type Narrowed = Pick<ErrorFilter, 'since' | 'words'>;

/** What failed, by what it failed with; asked for anew when exchanges come. */
export function useGroups({ since, words }: Narrowed) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.exchanges, 'failed', since, words],
    queryFn: async ({ signal }) =>
      mergeVersions(await client.exchanges.errorGroups(conditionsOf({ since, words }, Date.now()), { signal })),
    placeholderData: keepPreviousData,
  });
}

/** As many are looked at, to find `EXAMPLES` of the group among others that failed. */
const LOOKED_AT = 100;
const EXAMPLES = 8;

export interface Examples {
  /** Newest first. */
  readonly rows: readonly ExchangeSummary[];
  /** How many the traffic's filter shows: more than the group has, where it cannot tell it from others. */
  readonly inTraffic: number;
}

/**
 * The newest of a group. They change with the group alone, so they are not asked for again with everything that is
 * recorded.
 */
export function useExamples(group: FailureGroup, { since, words }: Narrowed) {
  const client = useClient();
  const name = printGroup(group);
  return useQuery<Examples>({
    queryKey: ['failed-examples', name, since, words, group.newestId, group.count],
    queryFn: async ({ signal }) => {
      const [now, filter] = [Date.now(), { since, words }];
      const [{ rows }, { count }] = await Promise.all([
        client.exchanges.page({ ...exampleConditions(group, filter, now), limit: LOOKED_AT }, { signal }),
        client.exchanges.count(trafficConditions(group, filter, now), { signal }),
      ]);
      return { rows: rows.filter(row => isOf(row, group)).slice(0, EXAMPLES), inTraffic: count };
    },
    placeholderData: (before, query) => (query?.queryKey[1] === name ? before : undefined),
  });
}

export interface Recorded {
  readonly count: number;
  /** When the oldest was, RFC 3339. */
  readonly since: string | undefined;
}

/** How much there is that did not fail. */
export function useRecorded(): Recorded | undefined {
  const client = useClient();
  const counted = useExchangeCount({}).data;
  const oldest = useQuery({
    queryKey: ['oldest-exchange'],
    enabled: counted !== undefined && counted.count > 0,
    queryFn: async ({ signal }) => {
      const offset = Math.max(0, (counted?.count ?? 0) - 1);
      const { rows } = await client.exchanges.page({ offset, limit: 1 }, { signal });
      return rows.at(-1)?.at ?? null;
    },
  });
  if (counted === undefined || (counted.count > 0 && oldest.data === undefined && oldest.error === null)) {
    return undefined;
  }
  return { count: counted.count, since: oldest.data ?? undefined };
}
