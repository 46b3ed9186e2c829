import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReportInput } from '../../../../core/contract/reports.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';

/** While objects are still being counted. */
const BEHIND_MS = 1000;
/** Rows that are at hand at once: what bars are drawn of. */
export const ROWS_AT_HAND = 1000;

/** Charges counted; asked for anew when there may be others. */
export function useReport(input: ReportInput, { enabled = true }: { readonly enabled?: boolean } = {}) {
  const client = useClient();
  return useQuery({
    queryKey: [...keys.figured, 'report', input],
    queryFn: ({ signal }) => client.reports.get({ ...input, limit: ROWS_AT_HAND }, { signal }),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: query => ((query.state.data?.behind ?? 0) > 0 ? BEHIND_MS : false),
  });
}
