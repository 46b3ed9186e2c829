import { useQueries, useQuery } from '@tanstack/react-query';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { Run, RunKind } from '../../../../core/contract/run.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { exchangeQuery } from '../../../bridge/queries.ts';

/** What changes the registration of a link, or reads what it rests on; pulls may be there by the thousand. */
const OF_REGISTRATION: RunKind[] = ['registration', 'update', 'rotation', 'unregistration', 'adoption', 'look'];

const MOST_RUNS = 300;
const MOST_EXCHANGES = 500;

/** Registrations and their like, newest first: of one link, or of all. Those that partners begin appear as they come. */
export function useRegistrations(name?: string) {
  return useRunsOf(OF_REGISTRATION, name);
}

/** When a link, or all of them, were last examined. */
export function useExaminations(name?: string) {
  return useRunsOf(['doctor'], name);
}

function useRunsOf(kinds: RunKind[], name: string | undefined) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.runs, name ?? null, kinds],
    queryFn: ({ signal }) =>
      client.runs.list({ kinds, limit: MOST_RUNS, ...(name === undefined ? {} : { name }) }, { signal }),
  });
}

export interface RunExchanges {
  readonly exchanges: readonly ExchangeSummary[];
  /** False while some that the run's steps name have not been read yet. */
  readonly settled: boolean;
}

/** The exchanges of a run: those filed under it, and those its steps name before they are. Read anew at each step. */
export function useRunExchanges(run: Run | undefined): RunExchanges {
  const client = useClient();
  const filed = useQuery({
    queryKey: [...keys.exchanges, 'run', run?.id ?? 0, run?.steps.length ?? 0, run?.state],
    queryFn: ({ signal }) => client.exchanges.list({ runId: run?.id ?? 0, limit: MOST_EXCHANGES }, { signal }),
    enabled: run !== undefined,
    placeholderData: (previous, query) => (query?.queryKey[2] === run?.id ? previous : undefined),
  });
  const known = new Set(filed.data?.map(({ id }) => id));
  const named = [...new Set(run?.steps.flatMap(({ exchangeIds }) => exchangeIds))];
  const missing = filed.data === undefined ? [] : named.filter(id => !known.has(id));
  const fetched = useQueries({ queries: missing.map(id => exchangeQuery(client, id)) });
  return {
    exchanges: [...(filed.data ?? []), ...fetched.flatMap(({ data }) => data ?? [])],
    settled: filed.isFetched && fetched.every(({ isPending }) => !isPending),
  };
}
