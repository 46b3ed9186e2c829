import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ExchangeConditions } from '../../core/contract/exchange.ts';
import type { ContractClient } from './bridge.ts';
import { useClient } from './client.ts';
import { useConnectionState } from './connection.ts';
import { keys } from './keys.ts';

/** Bodies may be large: an exchange that is no longer shown is not kept long. */
const EXCHANGE_KEPT_MS = 15_000;

export function usePlatform() {
  const client = useClient();
  return useQuery({ queryKey: keys.platform, queryFn: ({ signal }) => client.platform.get(undefined, { signal }) });
}

/** The built-in partner, whether it runs or not. */
export function useSandbox() {
  const client = useClient();
  return useQuery({ queryKey: keys.sandbox, queryFn: ({ signal }) => client.sandbox.get(undefined, { signal }) });
}

export function useLinks() {
  const client = useClient();
  return useQuery({ queryKey: keys.links, queryFn: ({ signal }) => client.links.list(undefined, { signal }) });
}

export function useLink(name: string) {
  const client = useClient();
  return useQuery({
    queryKey: keys.link(name),
    queryFn: ({ signal }) => client.links.get({ name }, { signal }),
  });
}

export function exchangeQuery(client: ContractClient, id: number) {
  return queryOptions({
    queryKey: keys.exchange(id),
    queryFn: ({ signal }) => client.exchanges.get({ id }, { signal }),
    gcTime: EXCHANGE_KEPT_MS,
  });
}

export function useExchange(id: number) {
  return useQuery(exchangeQuery(useClient(), id));
}

/** How many fit and how many of them failed; follows what is recorded. */
export function useExchangeCount(conditions: ExchangeConditions) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.exchanges, 'count', conditions],
    queryFn: ({ signal }) => client.exchanges.count(conditions, { signal }),
    placeholderData: previous => previous,
  });
}

/** A run as it goes: each step as it is made, until it has ended. */
export function useRun(runId: number) {
  const client = useClient();
  const queries = useQueryClient();
  const { generation } = useConnectionState();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stream lasts as long as its connection.
  useEffect(() => {
    const left = new AbortController();
    const follow = async () => {
      try {
        for await (const run of await client.runs.watch({ runId }, { signal: left.signal })) {
          queries.setQueryData(keys.run(runId), run);
        }
      } catch {
        // Left, or the connection is lost; a run that does not exist is told by the query below.
      }
    };
    void follow();
    return () => left.abort();
  }, [client, queries, runId, generation]);
  return useQuery({
    queryKey: keys.run(runId),
    queryFn: ({ signal }) => client.runs.get({ runId }, { signal }),
  });
}
