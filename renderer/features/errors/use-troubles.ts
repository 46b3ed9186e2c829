import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { CodeExplanation } from '../../../core/contract/explanation.ts';
import type { ContractClient } from '../../bridge/bridge.ts';
import { useClient } from '../../bridge/client.ts';
import { keys } from '../../bridge/keys.ts';
import { useExchangeCount } from '../../bridge/queries.ts';
import { type Chosen, exchangeConditions } from './chosen.ts';
import { type AskedFilter, conditionsOf } from './filter.ts';

const STRETCHES = 24;
/** While exchanges are still being looked through. */
const BEHIND_MS = 1000;

/** What went wrong, in groups; asked for anew when exchanges come, or what was found in them changes. */
export function useTroubles({ since, until, words }: AskedFilter, withFindings: boolean) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.exchanges, 'troubles', since, until, words, withFindings],
    queryFn: ({ signal }) =>
      client.errors.groups(
        {
          ...conditionsOf({ since, until, words }, Date.now()),
          findings: withFindings ? 'warning' : 'none',
          stretches: STRETCHES,
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: query => ((query.state.data?.behind ?? 0) > 0 ? BEHIND_MS : false),
  });
}

function codeQuery(client: ContractClient, code: string) {
  return {
    queryKey: ['code', code],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.errors.explainCode({ code }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  };
}

/** What a code means, in every version. */
export function useCode(code: string) {
  return useQuery(codeQuery(useClient(), code));
}

/** Codes, explained, as far as that is known yet. */
export function useCodes(codes: readonly string[]): ReadonlyMap<string, CodeExplanation> {
  const client = useClient();
  return useQueries({ queries: codes.map(code => codeQuery(client, code)), combine: byCode });
}

/** The same function every time: the map stays the same one for as long as the answers do. */
function byCode(
  answers: readonly { readonly data: CodeExplanation | undefined }[],
): ReadonlyMap<string, CodeExplanation> {
  return new Map(answers.flatMap(({ data }) => (data === undefined ? [] : [[data.code, data] as const])));
}

/** The exchanges of what is looked at, by position, and how many there are. They are asked for again with it alone. */
export function useGroupExchanges(chosen: Chosen, filter: AskedFilter) {
  const client = useClient();
  const { since, until, words } = filter;
  const name = [chosen.row.key, chosen.link, chosen.module, chosen.span, since, until, words];
  const version = JSON.stringify([...name, chosen.newestId, chosen.count]);
  const counted = useQuery({
    queryKey: ['trouble-exchanges', version],
    queryFn: ({ signal }) => client.exchanges.count(exchangeConditions(chosen, filter, Date.now()), { signal }),
    placeholderData: keepPreviousData,
  });
  return {
    counted,
    pageKey: `${version} ${counted.dataUpdatedAt}`,
    resetKey: JSON.stringify(name),
    page: async (offset: number, limit: number, signal: AbortSignal) => {
      const { rows } = await client.exchanges.page(
        { ...exchangeConditions(chosen, filter, Date.now()), offset, limit },
        { signal },
      );
      return rows;
    },
  };
}

export interface Recorded {
  readonly count: number;
  /** When the oldest was, RFC 3339. */
  readonly since: string | undefined;
}

/** How much there is that went well. */
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
